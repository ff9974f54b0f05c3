"""Improvements that need no model: spelling of names, numbers and punctuation, empty openings, the newest first."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from common.domain.optimising.changes import SuggestedChange, Suggestions
from common.domain.resume import Resume
from common.domain.skills import mentions

_HAN = r"\u4e00-\u9fff"
_DEED = (
    "开发|设计|维护|管理|运营|推广|测试|编写|搭建|实施|销售|采购|优化|重构|策划|制定|组织|培训|招聘|翻译|撰写|部署|监控"
)
_OPENING = re.compile(
    rf"^(?:主要)?负责(?:了)?([{_HAN}A-Za-z\d+#./ ]{{2,16}}?)的((?:{_DEED})(?:[和与及、](?:{_DEED}))*)(?:工作)?(?=[，,。；;]|$)"
)
_EMPTY_END = re.compile(r"(?:的?相关(?:的)?工作|等工作|等相关事宜)(?=[。；，]?$)")
_WAN = re.compile(r"(?<![A-Za-z\d.])(\d+(?:\.\d+)?)\s*[wW](?=\+|[^A-Za-z\d]|$)")
_FULL_WIDTH = str.maketrans({",": "，", ";": "；", "!": "！", "?": "？"})
_HALF_AFTER_HAN = re.compile(rf"(?<=[{_HAN}])\s?[,;!?](?=[{_HAN}\s]|$)")
_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
_SPACES = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z\d])|(?<=[A-Za-z\d%+])(?=[{_HAN}])")
_NO_SPACE = re.compile(rf"(?<=[{_HAN}]) +(?=[{_HAN}])")


def basic_suggestions(items: Mapping[str, str], resume: Resume) -> Suggestions:
    """For every piece of prose that a rule improves; and the newest entries first where dates say so."""
    return Suggestions(changes=[*_rewordings(items), *_reorderings(resume)])


def _rewordings(items: Mapping[str, str]) -> Iterator[SuggestedChange]:
    for path, text in items.items():
        better, rules = text, []
        for rule, improve in _IMPROVEMENTS:
            improved = improve(better)
            if improved != better:
                better = improved
                rules.append(rule)
        if rules:
            reason = "；".join(dict.fromkeys(_REASONS[rule] for rule in rules))
            yield SuggestedChange(path=path, text=better, reason=reason, rule=rules[0])


def _without_empty_words(text: str) -> str:
    better = _EMPTY_END.sub("", text)
    return better if len(better) >= 4 else text


def _with_official_names(text: str) -> str:
    """Only the spelling of the same name: mysql → MySQL. js stays js."""
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    parts, end = [], 0
    for mention in mentions(text):
        if any(start <= mention.at < stop for start, stop in addresses) or len(mention.printed) < 2:
            continue
        same = mention.printed.replace(" ", "").casefold() == mention.skill.replace(" ", "").casefold()
        if same and mention.printed.isascii():
            parts += [text[end : mention.at], mention.skill]
            end = mention.end
    return "".join([*parts, text[end:]])


def _with_full_width(text: str) -> str:
    return _HALF_AFTER_HAN.sub(lambda found: found[0].strip().translate(_FULL_WIDTH), text)


def _with_spaces(text: str) -> str:
    return _NO_SPACE.sub("", _SPACES.sub(" ", text)) if re.search(f"[{_HAN}]", text) else text


_IMPROVEMENTS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("concise", _without_empty_words),
    ("verb", lambda text: _OPENING.sub(r"\2\1", text)),
    ("names", _with_official_names),
    ("numbers", lambda text: _WAN.sub(r"\1 万", text)),
    ("format", _with_full_width),
    ("format", _with_spaces),
)
_REASONS = {
    "concise": "去掉没有信息量的词",
    "verb": "动词开头，直接写所做的事",
    "names": "技术名称改为官方写法",
    "numbers": "数字单位统一写法",
    "format": "标点和空格规范",
}


def _reorderings(resume: Resume) -> Iterator[SuggestedChange]:
    starts = [entry.start_date or "" for entry in resume.projects]
    newest_first = _newest_first(starts)
    if newest_first:
        yield SuggestedChange(
            op="reorder", path="/projects", order=newest_first, reason="最近的项目放在前面", rule="order"
        )


def _newest_first(starts: Sequence[str]) -> list[int] | None:
    """The order by date, when every entry has one and the present order is another."""
    if len(starts) < 2 or not all(starts):
        return None
    order = sorted(range(len(starts)), key=lambda index: starts[index], reverse=True)
    return order if [starts[index] for index in order] != list(starts) else None
