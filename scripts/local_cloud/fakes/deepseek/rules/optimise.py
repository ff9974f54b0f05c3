"""The optimise task: better wording of resume bullets without a single new fact.

Each rule changes only form: an opener that says nothing, the spelling of a technology, punctuation, spacing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from scripts.local_cloud.fakes.deepseek.rules.words import technology_names, word_lists

_HAN = r"\u4e00-\u9fff"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_WIDTH_AFTER_HAN = re.compile(rf"(?<=[{_HAN}]) ?([,;:?!]) ?(?!\S*//)")
_FULL_STOP_AFTER_HAN = re.compile(rf"(?<=[{_HAN}])\.(?=\s*$|[{_HAN}])")
_HAN_THEN_LATIN = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z])|(?<=[A-Za-z+#])(?=[{_HAN}])")
_UNFINISHED_END = re.compile(r"[,，;；、]\s*$")
_SHORTEST_REMAINDER = 4


def changes_for(items: Sequence[Any], job_description: str) -> list[dict[str, str]]:
    """Return {path, text, reason} for each item {path, text} that gains from a rule; the others are left out."""
    changes = []
    for item in items:
        if not (isinstance(item, dict) and isinstance(item.get("text"), str) and "path" in item):
            continue
        text, reasons = rewrite(item["text"])
        if reasons:
            shared = _shared_technologies(text, job_description)
            reason = "；".join(reasons) + (f"；与职位要求中的 {'、'.join(shared)} 对应" if shared else "") + "。"
            changes.append({"path": str(item["path"]), "text": text, "reason": reason})
    return changes


def rewrite(text: str) -> tuple[str, list[str]]:
    """Return the better text and why, in Chinese; no reasons mean that nothing changed."""
    reasons = []
    for rule, reason in _RULES:
        better = rule(text)
        if better != text:
            text = better
            reasons.append(reason)
    return text, reasons


def _without_weak_opener(text: str) -> str:
    remainder = _opener_pattern().sub("", text, count=1)
    return remainder if len(remainder) >= _SHORTEST_REMAINDER else text


def _with_canonical_names(text: str) -> str:
    return _technology_pattern().sub(lambda match: technology_names()[match.group().lower()], text)


def _with_full_width_punctuation(text: str) -> str:
    text = _HALF_WIDTH_AFTER_HAN.sub(lambda match: _FULL_WIDTH[match.group(1)], text)
    return _FULL_STOP_AFTER_HAN.sub("。", text)


def _with_spaces(text: str) -> str:
    return _HAN_THEN_LATIN.sub(" ", text)


def _with_end(text: str) -> str:
    """Close a Chinese sentence; a phrase without inner punctuation stays a phrase, and an address stays clickable."""
    if not re.search(rf"[{_HAN}]", text) or not re.search(r"[，；。]", text) or _ADDRESS_END.search(text):
        return text
    bare = _UNFINISHED_END.sub("", text).rstrip()
    return bare if re.search(r"[。！？.!?…：:）)]$", bare) else f"{bare}。"


_ADDRESS_END = re.compile(r"(?:https?://|www\.|[\w-]+\.[a-z]{2,}/)\S*\s*$", re.IGNORECASE)

_RULES: tuple[tuple[Callable[[str], str], str], ...] = (
    (_without_weak_opener, "去掉没有信息量的开头，直接写所做的事"),
    (_with_canonical_names, "技术名称改为官方写法"),
    (_with_full_width_punctuation, "中文句子统一使用全角标点"),
    (_with_spaces, "中英文之间加空格，便于阅读"),
    (_with_end, "补全句末标点"),
)


def _shared_technologies(text: str, job_description: str) -> list[str]:
    wanted = {technology_names()[found.lower()] for found in _technology_pattern().findall(job_description)}
    return sorted(wanted & {technology_names()[found.lower()] for found in _technology_pattern().findall(text)})


@lru_cache(maxsize=1)
def _opener_pattern() -> re.Pattern[str]:
    openers = sorted(word_lists()["weak_openers"], key=len, reverse=True)
    return re.compile(rf"^\s*(?:{'|'.join(openers)})(?![{word_lists()['not_after_opener']}])[了过]?[:：，,\s]*")


@lru_cache(maxsize=1)
def _technology_pattern() -> re.Pattern[str]:
    """Names standing alone: parts of an address, a path or a longer word are left as they are."""
    names = sorted(technology_names(), key=len, reverse=True)
    alternatives = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<![A-Za-z0-9_./@-])(?:{alternatives})(?!\.?[A-Za-z0-9_/@-]|://)", re.IGNORECASE)
