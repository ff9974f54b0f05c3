"""A resume pasted as JSON, read line by line: "school": "…" is a label with its value, the key of a group a heading."""

import re
from collections.abc import Sequence
from dataclasses import replace

from common.domain.parsing.rows import Row
from common.domain.resume.sections import heading_kind

_BRACKETS = re.compile(r"[{}\[\],\s]+")
_VALUE = re.compile(r'"((?:[^"\\]|\\.)*)"\s*,?')
_PAIR = re.compile(r'"([^"]{1,40})"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([\d.]+|true|false|null))\s*,?')
_GROUP = re.compile(r'"([^"]{1,40})"\s*:\s*[{\[]\s*')
_YEAR = re.compile(r"(?:year|date)：(.+)")
_MOSTLY = 0.8
_FEWEST = 8


def without_json_marks(rows: Sequence[Row]) -> list[Row]:
    """The rows as they are, unless nearly all of them are JSON: then without its marks, a list's values as bullets."""
    read = [_read(row.text) for row in rows]
    if len(rows) < _FEWEST or sum(text is not None for text in read) < _MOSTLY * len(rows):
        return list(rows)
    plain = [
        row if text is None else replace(row, text=text) for row, text in zip(rows, read, strict=True) if text != ""
    ]
    return [
        _with_its_year(above, row)
        for above, row in zip([None, *plain], plain, strict=False)
        if not _YEAR.match(row.text)
    ]


def _with_its_year(above: Row | None, row: Row) -> Row:
    """ "year": "2024年" over "name": "…": one award and when it was won."""
    year = _YEAR.match(above.text) if above else None
    named = re.match(r"(?:name|title)：(.+)", row.text)
    return replace(row, text=f"{named[1]}    {year[1]}") if year and named else row


def _read(text: str) -> str | None:
    """None for a line that is no JSON, "" for brackets alone."""
    if _BRACKETS.fullmatch(text):
        return ""
    if pair := _PAIR.fullmatch(text):
        return f"{_words(pair[1])}：{pair[2] or pair[3] or ''}"
    if group := _GROUP.fullmatch(text):
        words = _words(group[1])
        return words if heading_kind(words) else f"{words}："
    if value := _VALUE.fullmatch(text):
        return f"• {value[1]}"
    return None


def _words(key: str) -> str:
    """basic_info → basic info."""
    return key.replace("_", " ")
