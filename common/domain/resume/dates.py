"""Dates as resumes print them, Chinese and English → YYYY-MM beside the raw text.

Known forms: 2015.05-2019.06 · 2015年3月 – 至今 · 2017/2 · 2014.06-10 · 17.01-17.12 · 09-2024 · 201509-201906
· 2015.05 2019.06 (two cells) · 2015.05- (no end) · Jan 2018 - Present · Feb-June 2017 · Sep '19 · Summer 2022 · 2013 – 2017
· 20xx.xx and YYYY.MM (placeholders: kept raw, never a value). Full-width digits and signs are read as plain ones.
An end before its start stays as printed; the user is told.
"""

import re
from typing import NamedTuple

from common.domain.late_pattern import late_pattern

_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_PIVOT = 50  # two-digit years below it are of this century
_SAME_LENGTH = str.maketrans("０１２３４５６７８９．／－～〜", "0123456789./-~~")
_YEAR = r"(?:19[4-9]|20[0-6])\d(?!\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DAY = rf"(?:\s*[./\-日号]?\s*{_DAY_NUMBER}\s*[日号]?)"
_NAME = (
    r"(?<![A-Za-z])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_SEASON = r"(?:spring|summer|fall|autumn|winter|q[1-4])"
_PLACEHOLDER = (
    r"(?:20\d?[xX×*]{1,2}|(?<![A-Za-z])(?:[xX×*]{4}|[yY]{4}))"
    r"(?:\s?[./\-年]\s?(?:[xX×*]{1,2}|[mM]{1,2}|\d{1,2})(?![A-Za-z])\s?月?|\s?年)?"
)
_POINT = (
    rf"(?:{_YEAR}\s*年\s*(?:{_MONTH}\s*月份?(?:{_DAY}(?=[日号\s\-–—~至]|$))?|[春夏秋冬]季?)?"
    rf"|{_YEAR}\s?[./\-]\s?{_MONTH}(?:[./\-]{_DAY_NUMBER})?\s*月?"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_NAME}\s?[,\-]?\s*(?:\d{{1,2}},\s*)?{_YEAR}"
    rf"|{_NAME}\s*['’]\d{{2}}(?!\d)"
    rf"|{_SEASON}\s*{_YEAR}"
    rf"|(?<!\d){_MONTH}\s?[./\-]\s?{_YEAR}"
    rf"|{_YEAR}\s?[春夏秋冬]季?"
    rf"|{_YEAR}[./]\d{{2}}(?![\d.])"  # no such month: the year is still a date
    rf"|{_YEAR}"
    rf"|{_PLACEHOLDER})"
)
_NOW = (
    r"(?:至\s?今|迄\s?今|今|现在|現在|目前|仍?在[职職]中?|在读|"
    r"present|(?:till|to)\s+date|now|current(?:ly)?|ongoing|today)(?![a-z])"
)
_TO = r"(?:\s*(?:-{1,3}|[–—―~−]{1,2}|至|到|to(?![a-z])|until(?![a-z])|through(?![a-z]))\s*)"
_SHORT = r"(?<![\d.])'?\d{2}[./](?:1[0-2]|0?[1-9])(?!\d)"
_SIX = r"(?:19[4-9]|20[0-6])\d(?:0[1-9]|1[0-2])(?!\d)"
_WITH_MONTH = rf"(?:{_YEAR}\s?[./\-年]\s?{_MONTH}月?)"
_RANGE = late_pattern(
    rf"(?<![\d.])(?P<a>{_POINT}){_TO}(?P<b>{_POINT}|{_NOW})"
    rf"|(?<![\d.])(?P<since>{_POINT})\s*(?:以?来|起)?\s*(?:{_TO})?(?P<now>{_NOW})(?![\u4e00-\u9fff])"
    rf"|(?<![\d.])(?P<c>{_YEAR}\s?[./\-年]\s?{_MONTH}月?){_TO}(?P<m>{_MONTH})\s*月?(?![\d./])"
    rf"|(?P<n1>{_NAME})\s*[-–—]\s*(?P<n2>{_NAME}\s*{_YEAR})"
    rf"|(?P<s1>{_SHORT}){_TO}(?P<s2>{_SHORT}|{_NOW})"
    rf"|(?<![\d.])(?P<six>{_SIX}){_TO}(?P<six2>{_SIX}|{_NOW})"
    rf"|(?<![\d.])(?P<late>{_WITH_MONTH})\s+(?P<early>{_WITH_MONTH})(?![\d.])"
    rf"|(?<![\d.])(?P<open>{_WITH_MONTH}|{_NAME}\s*{_YEAR})\s*[-–—~]{{1,2}}(?=\s{{2,}}|\s*$|\s*[|)）])",
    re.IGNORECASE,
)
_SINGLE = late_pattern(rf"(?<![\d.,]){_POINT}(?![\d%]|\.\d)", re.IGNORECASE)
_CURRENT = late_pattern(rf"^{_NOW}$", re.IGNORECASE)
_STARTS = ("a", "since", "c", "n1", "s1", "six", "early", "open")
_ENDS = ("b", "now", "m", "n2", "s2", "six2", "late")
_MAY_BE_DATE = re.compile(r"\d{2}|[xX×*yY]{4}")
_AROUND = " -–—,，:：|·；;（(）)"
_DONE = re.compile(r"(?:取得|获得|通过|颁发|考取|获)?。?")
_LONGEST_LINE = 400  # a date that names an entry stands on a short line; the rest of a long one is text


class DateSpan(NamedTuple):
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
    plain = text[:_LONGEST_LINE].translate(_SAME_LENGTH)
    if not _MAY_BE_DATE.search(plain):
        return None
    found = _RANGE.search(plain)
    if found:
        return _range(found, text)
    single = _SINGLE.search(plain)
    if not single:
        return None
    raw = text[single.start() : single.end()]
    return DateSpan(raw, single.start(), single.end(), end=normal_date(raw), is_range=False)


def _range(found: re.Match[str], text: str) -> DateSpan:
    group = found.groupdict()
    start = next(group[key] for key in _STARTS if group[key])
    end = next((group[key] for key in _ENDS if group[key]), "")
    if group["m"]:
        end = f"{start[:4]}.{end}"
    if group["n1"]:
        start = f"{start} {end[-4:]}"
    current = bool(_CURRENT.match(end.strip()))
    first, last = normal_date(start), None if current else normal_date(end)
    if group["late"] and first and last and first > last:
        first, last = last, first  # two cells side by side or stacked; which is above says nothing
    raw = text[found.start() : found.end()].rstrip()
    return DateSpan(raw, found.start(), found.start() + len(raw), start=first, end=last, current=current)


def normal_date(text: str) -> str | None:
    """YYYY-MM, or YYYY when the text has no month; None for a placeholder such as 20xx.xx."""
    text = text.translate(_SAME_LENGTH).strip().lower()
    if re.search(r"\d[x×*]|[x×*y]{4}", text):
        return None
    short = re.fullmatch(r"'?(\d{2})[./](\d{1,2})|([a-z]{3})[a-z]*\.?\s*['’](\d{2})", text)
    if short:
        year = short[1] or short[4]
        month = int(short[2]) if short[2] else _MONTHS[short[3]]
        return f"{'20' if int(year) < _PIVOT else '19'}{year}" + (f"-{month:02d}" if 1 <= month <= 12 else "")
    year_found = re.search(r"(?:19|20)\d{2}", text)
    if not year_found:
        return None
    month_number = _month(text, year_found)
    return f"{year_found.group()}-{month_number:02d}" if 1 <= month_number <= 12 else year_found.group()


def _month(text: str, year: re.Match[str]) -> int:
    """0 when none is printed."""
    named = re.search(r"[a-z]{3}", text[: year.start()])
    if named:
        return _MONTHS.get(named.group(), 0)
    number = re.search(r"\d{1,2}", text[year.end() :]) or re.match(r"\d{1,2}", text[: year.start()])
    return int(number.group()) if number else 0


def without_span(text: str, span: DateSpan) -> str:
    """The line without its date and the brackets around it; what stood left and right stays apart."""
    left, right = text[: span.begin].rstrip(), text[span.stop :].lstrip()
    if left.endswith(("(", "（", "[", "【")) and right.startswith((")", "）", "]", "】")):
        left, right = left[:-1], right[1:]
    return f"{left.strip(' -–—|,，·')}    {right.strip(' -–—|,，·')}".strip()


def undated(text: str, span: DateSpan) -> str:
    """The text of a list item without its date; whole when the date stands between two parts that belong together."""
    left, right = (part.strip(_AROUND) for part in (text[: span.begin], text[span.stop :]))
    if left and right and not _DONE.fullmatch(right):
        return text
    return left or right
