"""Dates as resumes print them, Chinese and English → YYYY-MM beside the raw text.

Known forms: 2015.05-2019.06 · 2015年3月 – 至今 · 2017/2 · 2014.06-10 · 17.01-17.12 · 09-2024 · Jan 2018 - Present · Feb-June 2017
· Summer 2022 · 2013 – 2017 · 20xx.xx (a placeholder: kept raw, never a value).
"""

import re
from dataclasses import dataclass

_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_YEAR = r"(?:19[4-9]|20[0-6])\d(?!\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DAY = r"(?:\s*[./\-日号]?\s*(?:3[01]|[12]\d|0?[1-9])(?!\d)\s*[日号]?)"
_NAME = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_POINT = (
    rf"(?:{_YEAR}\s*年\s*(?:{_MONTH}\s*月份?(?:{_DAY}(?=[日号\s\-–—~至]|$))?)?"
    rf"|{_YEAR}\s?[./\-]\s?{_MONTH}(?:[./\-](?:3[01]|[12]\d|0?[1-9])(?!\d))?\s*月?"
    rf"|{_NAME},?\s*(?:\d{{1,2}},\s*)?{_YEAR}"
    rf"|(?:spring|summer|fall|autumn|winter|q[1-4])\s*{_YEAR}"
    rf"|(?<!\d){_MONTH}\s?[./\-]\s?{_YEAR}"
    rf"|{_YEAR}"
    r"|20[xX*]{2}(?:\s?[./\-年]\s?[xX*]{1,2}月?)?)"
)
_NOW = r"(?:至今|迄今|今|现在|目前|在职|present|now|current|ongoing|today)"
_TO = r"(?:\s*(?:-{1,3}|[–—―~～〜－−至到]|——|to|until|through)\s*)"
_SHORT = r"(?<![\d.])\d{2}[./](?:1[0-2]|0[1-9])(?!\d)"
_RANGE = re.compile(
    rf"(?<![\d.])(?P<a>{_POINT}){_TO}(?P<b>{_POINT}|{_NOW})"
    rf"|(?<![\d.])(?P<since>{_POINT})\s*(?:以?来|起)?\s*(?:{_TO})?(?P<now>{_NOW})(?![\u4e00-\u9fff])"
    rf"|(?<![\d.])(?P<c>{_YEAR}\s?[./\-年]\s?{_MONTH}月?){_TO}(?P<m>{_MONTH})\s*月?(?![\d./])"
    rf"|(?P<n1>{_NAME})\s*[-–—]\s*(?P<n2>{_NAME}\s*{_YEAR})"
    rf"|(?P<s1>{_SHORT}){_TO}(?P<s2>{_SHORT}|{_NOW})",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?<![\d.,]){_POINT}(?![\d%]|\.\d)", re.IGNORECASE)
_CURRENT = re.compile(rf"^{_NOW}$", re.IGNORECASE)


@dataclass(frozen=True)
class DateSpan:
    """`start` and `end` are YYYY or YYYY-MM; `raw` is text[begin:stop] as printed."""

    raw: str
    begin: int
    stop: int
    start: str | None = None
    end: str | None = None
    current: bool = False
    is_range: bool = True

    @property
    def has_month(self) -> bool:
        return any(value and len(value) > 4 for value in (self.start, self.end))


def find_span(text: str) -> DateSpan | None:
    """The first range of the line, else its first single date (then `end` only: a lone date is when something was done)."""
    found = _RANGE.search(text)
    if found:
        return _range(found)
    single = _SINGLE.search(text)
    if not single:
        return None
    return DateSpan(single.group(), single.start(), single.end(), end=normal_date(single.group()), is_range=False)


def _range(found: re.Match[str]) -> DateSpan:
    group = found.groupdict()
    start = next(group[key] for key in ("a", "since", "c", "n1", "s1") if group[key])
    end = next(group[key] for key in ("b", "now", "m", "n2", "s2") if group[key])
    if group["m"]:
        end = f"{start[:4]}.{end}"
    if group["n1"]:
        start = f"{start} {end[-4:]}"
    current = bool(_CURRENT.match(end.strip()))
    first, last = normal_date(start), None if current else normal_date(end)
    if first and last and first[:7] > last[:7]:
        first, last = last, first  # two stacked cells, the later one above
    raw = found.group().rstrip()
    return DateSpan(raw, found.start(), found.start() + len(raw), start=first, end=last, current=current)


def normal_date(text: str) -> str | None:
    """YYYY-MM, or YYYY when the text has no month; None for a placeholder such as 20xx.xx."""
    text = text.strip().lower()
    short = re.fullmatch(r"(\d{2})[./](\d{2})", text)
    if short:
        return f"{'20' if int(short[1]) < 50 else '19'}{short[1]}-{short[2]}"
    year = re.search(r"(?:19|20)\d{2}", text)
    if not year:
        return None
    named = re.match(r"[a-z]{3}", text)
    if named:
        month = _MONTHS.get(named.group())
    else:
        number = re.search(r"\d{1,2}", text[year.end() :]) or re.match(r"\d{1,2}", text[: year.start()])
        month = int(number.group()) if number else None
    return f"{year.group()}-{month:02d}" if month and 1 <= month <= 12 else year.group()


def without_span(text: str, span: DateSpan) -> str:
    """The line without its date and the brackets around it; what stood left and right stays apart."""
    left, right = text[: span.begin].rstrip(), text[span.stop :].lstrip()
    if left.endswith(("(", "（", "[", "【")) and right.startswith((")", "）", "]", "】")):
        left, right = left[:-1], right[1:]
    return f"{left.strip(' -–—|,，·')}    {right.strip(' -–—|,，·')}".strip()
