"""Dates as a resume prints them: 2020.09 – 至今, or Sep 2020 – Present."""

import re

from common.domain.rendering.labels import Labels
from common.domain.rendering.paper_text import one_line

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_EXPECTED = re.compile(r"预计|预期|将于|拟|expected|anticipated", re.IGNORECASE)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown_date(date: str | None, labels: Labels) -> str:
    """YYYY[-MM[-DD]] in the language's form; anything else as it is."""
    text = one_line(date)
    match = _DATE.fullmatch(text)
    if not match:
        return text
    year, month, day = match.groups()
    if labels.language == "zh" or not month or not 1 <= int(month) <= 12:
        return ".".join(part for part in (year, month, day) if part)
    return " ".join(part for part in (day, _MONTHS[int(month) - 1], year) if part)


def shown_period(start: str | None, end: str | None, *, current: bool, raw: str | None, labels: Labels) -> str:
    """The span of an entry. The printed form wins where it says more: an expected end, or dates we could not read."""
    first, last = shown_date(start, labels), shown_date(end, labels)
    if current and not last:
        last = labels["present"]
    printed = one_line(raw)
    if printed and (not (first or last) or _EXPECTED.search(printed)):
        return printed
    return " – ".join(dict.fromkeys(part for part in (first, last) if part))
