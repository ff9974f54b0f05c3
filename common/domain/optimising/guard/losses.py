"""Nothing may get lost in a rewrite: numbers, names of technologies, institutions, and whole statements."""

import re

from common.domain.optimising.guard.chinese import lost_chinese
from common.domain.optimising.guard.finding import Finding
from common.domain.optimising.guard.words import coded_words, lost_english
from common.domain.quantities import lost_quantities, quantities
from common.domain.skills import mentions

_HAN = re.compile("[\u4e00-\u9fff]")
_NEGATION = re.compile("未|没有?|无法|无需|不(?!断|仅|同|少|错|足|低于|少于|到|良|过)")
_QUARTER = re.compile("Q[1-4]|[Cc][Ee][Tt]-?[46]")
_NAME = re.compile(r"[A-Z][A-Za-z0-9+#.]*[A-Za-z0-9+#]")
#: What may go without being missed, besides plain words.
_FILLERS = frozenset("活动 服务 本人 自己 然后 同时 作为 一些 进一步 过程 任务".split())


def lost_facts(original: str, rewritten: str) -> list[Finding]:
    """Both texts NFKC; as printed in the original."""
    return [
        *(Finding("lost", printed) for printed in lost_quantities(original, rewritten)),
        *(Finding("lost", name) for name in _lost_names(original, rewritten)),
        *(Finding("lost", word) for word in _lost_words(original, rewritten)),
        *(Finding("lost", word) for word in lost_english(original, rewritten)),
        *(Finding("lost", word) for word in _lost_codes(original, rewritten)),
        *(Finding("lost", word) for word in _NEGATION.findall(original) if not _NEGATION.search(rewritten)),
    ]


def _lost_names(original: str, rewritten: str) -> list[str]:
    """Skills under any of their spellings, and Latin names beyond the table."""
    kept = {mention.skill for mention in mentions(rewritten)}
    known = mentions(original)
    lost = [mention.printed for mention in known if mention.skill not in kept and not _HAN.search(mention.printed)]
    dense = re.sub(r"[^a-z0-9+#]", "", rewritten.lower())
    covered = {mention.printed for mention in known}
    capitals = [name for name in _NAME.findall(original) if _HAN.search(original) and name not in covered]
    return list(
        dict.fromkeys([*lost, *(name for name in capitals if re.sub(r"[^a-z0-9+#]", "", name.lower()) not in dense)])
    )


def _lost_codes(original: str, rewritten: str) -> list[str]:
    """EC2 and COVID-19, but not K8s, which the table of skills knows under its other names."""
    dense = re.sub(r"[^a-z0-9]", "", rewritten.lower())
    named = "".join(mention.printed for mention in mentions(original)) + "".join(_QUARTER.findall(original))
    return [
        printed for folded, printed in coded_words(original).items() if folded not in dense and printed not in named
    ]


def _lost_words(original: str, rewritten: str) -> list[str]:
    """Chinese words; numbers and skills are judged by themselves, whatever their spelling."""
    judged = original
    places = [*((one.at, one.end) for one in quantities(original)), *((one.at, one.end) for one in mentions(original))]
    for start, end in places:
        judged = judged[:start] + " " * (end - start) + judged[end:]
    words = lost_chinese(judged, rewritten) if len(judged) == len(original) else []
    return [word for word in words if word not in _FILLERS]
