"""A date range that a narrow column broke over two lines: 2019.07– / 2021.02, or 2020年9月至2024 / 年6月."""

import re
from collections.abc import Sequence
from dataclasses import replace

from common.domain.parsing.rows import Row
from common.domain.resume.dates import DateSpan, find_span
from common.domain.resume.text import FIELD_GAP

_FIELD = re.compile(r"^(.*?)((?:\s{2,}|\s*\|\s).*)?$", re.DOTALL)
_GOES_ON = re.compile(r"[\d./年月日\-–—~～至今到现在現在 ０-９．／]{1,16}|(?:present|now)", re.IGNORECASE)
_LONGEST_HEAD = 20


def with_whole_dates(rows: Sequence[Row]) -> list[Row]:
    """The rows, a broken range whole in the first of its two and gone from the second."""
    whole: list[Row] = []
    for row in rows:
        joined = _joined(whole[-1], row) if whole else None
        if joined is None:
            whole.append(row)
            continue
        whole[-1] = replace(whole[-1], text=joined[0])
        if joined[1]:
            whole.append(replace(row, text=joined[1]))
    return whole


def _joined(first: Row, second: Row) -> tuple[str, str] | None:
    """(the first text with the whole range, what is left of the second), or None when they are no broken range."""
    head, rest = _parts(first.text)
    tail, left = _parts(second.text)
    if len(head) > _LONGEST_HEAD or not _GOES_ON.fullmatch(tail) or not re.match(r"(?:19|20)\d\d|[１２]", head):
        return None
    before = find_span(head)
    whole, after = next(
        ((text, span) for text in (head + FIELD_GAP + tail, head + tail) if (span := _whole_range(text))), (head, None)
    )
    if after is None:
        return None
    if before is not None and before.is_range and (before.end or before.current) and before.end == after.end:
        return None
    if not re.search(r"[-–—~～至到年./．／]\s*$|[-–—~～至到]\s*(?:19|20)\d\d\s*$", head):
        return None
    return whole + rest, left.strip(" |")


def _whole_range(text: str) -> DateSpan | None:
    span = find_span(text)
    return span if span and span.is_range and not span.begin and span.stop == len(text) else None


def _parts(text: str) -> tuple[str, str]:
    found = _FIELD.match(text)
    return (found[1].strip(), found[2] or "") if found else (text, "")
