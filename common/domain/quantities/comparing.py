"""Two texts, one claim? What a rewrite counts, dates or measures must be backed by the original, and nothing may get lost."""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from common.domain.quantities.quantity import Quantity
from common.domain.quantities.reading import quantities

_AROUND = 10  # characters on either side that say what is counted
_COUNTED = 4  # characters behind the unit that say what is counted
_HAN = re.compile("[\u4e00-\u9fff]")
_PERIODS = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        ("day", r"每[天日]|日均|平均一天|一天(?=[^，,。;]{0,4}\d)|\bdaily\b|(?:per|each|every|a) day"),
        ("week", r"每周|每星期|周均|一周(?=[^，,。;]{0,4}\d)|\bweekly\b|(?:per|each|every|a) week"),
        ("month", r"每个?月|月均|按月|月度|月报|一个?月(?=[^，,。;]{0,4}\d)|\bmonthly\b|(?:per|each|every|a) month"),
        ("quarter", r"每个?季度|季均|按季|\bquarterly\b|(?:per|each|every|a) quarter"),
        (
            "year",
            r"每年|年均|年度|全年|一年(?=[^，,。;]{0,4}\d)|\b(?:annual|yearly)\b|\bannually\b|(?:per|each|every|a) year",
        ),
        ("hour", r"每小时|(?:per|each|every|an) hour"),
        ("minute", r"每分钟?|(?:per|each|every|a) minute"),
        ("second", r"每秒|\bQPS\b|\bTPS\b|(?:per|each|every|a) second"),
    )
}
#: 病人, but not 病人家属 or 用户需求, which are other things.
_PERSON = re.compile(
    r"\s*(?:病人|患者|客人|乘客|旅客|游客|村民|农户|商户|司机|工人|选手|演员|嘉宾|家长|老师|实习生|宝宝|婴儿|小孩|小朋友|用户|客户|顾客|会员|学生|学员|孩子|儿童|老人|员工|同事|新人|志愿者|居民|粉丝)(?=[，,。;；的]|$)"
)
_WORDS = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")


def invented_quantities(original: str, rewritten: str) -> list[str]:
    """As printed in the rewrite: what no quantity of the original says, and two that changed places. Both texts NFKC."""
    known, new = quantities(original, articles=True), quantities(rewritten)
    unbacked = [
        one.printed
        for one in new
        if not any(one.is_backed_by(other) or _counts_the_same(one, rewritten, other, original) for other in known)
    ]
    periods = [printed for name, printed in periods_in(rewritten).items() if name not in periods_in(original)]
    return list(dict.fromkeys([*unbacked, *_swapped(original, known, rewritten, new), *periods]))


def lost_quantities(original: str, rewritten: str) -> list[str]:
    """As printed in the original: what the rewrite no longer says. Numbers that belong to a word (K8s) are the word's."""
    known, new = quantities(original), quantities(rewritten)
    free = [one for one in known if not one.attached and (one.kind != "version" or "." in one.digits)]
    lost = [
        one.printed
        for one in free
        if not any(one.is_kept_in(other) or _counts_the_same(other, rewritten, one, original) for other in new)
    ]
    periods = [printed for name, printed in _rates_in(original).items() if name not in periods_in(rewritten)]
    return list(dict.fromkeys([*lost, *periods]))


def periods_in(text: str) -> dict[str, str]:
    """How often, as a unit of time → as it is printed: 每周, weekly and 周均 are the same."""
    found = ((name, pattern.search(text)) for name, pattern in _PERIODS.items())
    return {name: match[0] for name, match in found if match}


def _rates_in(text: str) -> dict[str, str]:
    """Only those that belong to a number: 每周3次."""
    found = (
        (name, re.search(rf"(?:{pattern.pattern})[^，,。；;]{{0,6}}\d", text, re.I))
        for name, pattern in _PERIODS.items()
    )
    return {name: periods_in(match[0])[name] for name, match in found if match}


def _counts_the_same(new: Quantity, rewritten: str, known: Quantity, original: str) -> bool:
    """30个孩子 and 30名孩子: 个 counts anything, so what is counted decides; 12个病人 are 12 人 wherever the patients stand."""
    if {new.kind, known.kind} != {"items", "people"} or new.low != known.low or new.bound != known.bound:
        return False
    items, around = (new, rewritten) if new.kind == "items" else (known, original)
    if items.printed.endswith("个") and _PERSON.match(around, items.end):
        return True
    counted, before = (
        (_HAN.findall(text[end : end + _COUNTED])) for text, end in ((rewritten, new.end), (original, known.end))
    )
    return bool(_pairs(counted) & _pairs(before))


def _pairs(characters: Sequence[str]) -> set[str]:
    return {one + other for one, other in pairwise(characters)}


def _swapped(original: str, known: Sequence[Quantity], rewritten: str, new: Sequence[Quantity]) -> list[str]:
    """A 30%, B 50% → A 50%, B 30%: each number now stands among the words of the other."""
    places = [(one, _place(original, one)) for one in known]
    swapped: list[str] = []
    for (first, at_first), (second, at_second) in combinations(places, 2):
        if first.kind != second.kind or first.low == second.low:
            continue
        now_first, now_second = (_same(one, new) for one in (first, second))
        if now_first is None or now_second is None:
            continue
        there_first, there_second = _place(rewritten, now_first), _place(rewritten, now_second)
        kept = len(there_first & at_first) + len(there_second & at_second)
        crossed = len(there_first & at_second) + len(there_second & at_first)
        if crossed > kept:
            swapped += [now_first.printed, now_second.printed]
    return swapped


def _same(one: Quantity, new: Sequence[Quantity]) -> Quantity | None:
    found = [other for other in new if other.is_backed_by(one)]
    return found[0] if len(found) == 1 else None


def _place(text: str, one: Quantity) -> set[str]:
    """The words around it, up to the end of its clause."""
    before = re.split(r"[，,。；;、]", text[max(0, one.at - _AROUND) : one.at])[-1]
    after = re.split(r"[，,。；;、]", text[one.end : one.end + _AROUND])[0]
    return set(_WORDS.findall(before.lower())) | {f"{word}>" for word in _WORDS.findall(after.lower())}
