"""A form that nobody filled in: labels without values, which are no entries and no content."""

import re
from collections.abc import Sequence

from common.domain.parsing.pieces import close_letter_spacing
from common.domain.parsing.rows import Row
from common.domain.resume.sections import heading_kind

_NOTHING = re.compile(r"(?:[^:：]{1,10}[:：])?[\s年月日至到\-—–~_/.、,，()（）\d]*")
_INSTRUCTION = re.compile(r"[（(][^（()）]*(?:填|另附|倒序|由近[至到]远|从高中|如实)[^（()）]*[)）]")
_LABEL = re.compile(r"[:：]")


def without_blank_labels(rows: Sequence[Row]) -> list[Row]:
    """The rows without runs of empty labels; one alone may stand over its text (工作内容：)."""
    rows = [row for row in rows if not _INSTRUCTION.fullmatch(row.text)]
    blank = [_is_blank(row) for row in rows]
    return [row for place, row in enumerate(rows) if not (blank[place] and _is_followed_by_nothing(rows, blank, place))]


def _is_blank(row: Row) -> bool:
    text = close_letter_spacing(row.plain)
    return bool(_LABEL.search(text)) and all(_NOTHING.fullmatch(part) for part in re.split(r"\s{2,}|\s*\|\s*", text))


def _is_followed_by_nothing(rows: Sequence[Row], blank: Sequence[bool], place: int) -> bool:
    if place + 1 == len(rows) or heading_kind(rows[place].plain):
        return False
    return blank[place + 1] or (place > 0 and blank[place - 1] and heading_kind(rows[place + 1].plain) is not None)
