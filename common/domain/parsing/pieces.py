"""One line → its pieces and its label-value pairs, however the author set them apart."""

import re
from collections.abc import Iterator, Sequence

from common.domain.parsing.fields.places import is_place
from common.domain.parsing.labels import LABELS
from common.domain.parsing.rows import Row
from common.domain.resume.sections import heading_kind, simplified
from common.domain.resume.text import is_han

_TRIM = " \t,，;；:：|·∙•⋅-–—~/、"
_SPLIT = re.compile(
    r"\s{2,}|\s*[|｜；;∙•⋅]\s*|\s+[·•–—\-]{1,2}\s+|\s*·\s*(?=[\u4e00-\u9fff])|"
    r"(?<=[\u4e00-\u9fff])·(?=[A-Za-z])|，|,(?!\s*(?:Inc|Ltd|LLC|Co)\b)(?=\s|[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff）)])\s+(?=[\u4e00-\u9fff（])"
)

_GLUED = re.compile(r"^(求职意向|意向岗位|意向职位|应聘职位|应聘岗位|期望职位)(?![:：\s|]|城市)(.{2,40})$")
_PAIR_GAP = re.compile(r"\s{2,}|\s*[|｜]\s*|\s+[·•∙]\s+|[;；，](?=[^：:]{2,10}[：:])")
_LETTER_SPACED = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=\s*(?:[:：|]|$))"
)  # 姓    名：
_LONGEST_LABEL = 24
_CANONICAL = {printed: name for name, forms in LABELS.items() for printed in forms.split()}


def pieces(text: str) -> list[str]:
    """The parts of a header line: "腾讯科技 | 后端工程师 | 深圳" → three pieces."""
    return [piece for field in re.split(r"\s{4,}|\s\|\s", text) for piece in _pieces_of(field.strip(_TRIM))]


def _pieces_of(field: str) -> list[str]:
    if is_place(field):
        return [field]
    return [piece for piece in (part.strip(_TRIM) for part in _SPLIT.split(field)) if piece]


def label_name(text: str) -> str | None:
    """The canonical name of a printed label, or None: "出 生 年 月：" → "birth"."""
    key = simplified(text).strip(" :：[]【】").replace(" ", "").lower()
    return _CANONICAL.get(key)


def close_letter_spacing(text: str) -> str:
    """姓    名：张三 → 姓名：张三. Only labels of two characters are set like that."""
    return _LETTER_SPACED.sub(r"\1\2", text) if " " in text else text


def label_pairs(rows: Sequence[Row]) -> Iterator[tuple[str, str, str, Row]]:
    """(canonical name, printed label, value, row) for "label：value", "label | value", and a label above its value.

    A label waits for its value no further than the next row: an empty cell of a form takes nothing from below.
    """
    waiting: tuple[str, str, int] | None = None
    for row in rows:
        parts = [part.strip() for part in _PAIR_GAP.split(close_letter_spacing(row.plain)) if part.strip()]
        if waiting and (row.number - waiting[2] > 1 or heading_kind(row.plain)):
            waiting = None
        for part in parts:
            labelled = _labelled(part)
            name = labelled[0] if labelled else label_name(part)
            if labelled and labelled[2]:
                yield *labelled, row
                waiting = None
            elif name:
                waiting = (name, part.strip(" :：").replace(" ", ""), row.number)
            elif waiting:
                yield waiting[0], waiting[1], part, row
                waiting = None


def _labelled(part: str) -> tuple[str, str, str] | None:
    glued = _GLUED.match(part)
    if glued:
        return "position", glued[1], glued[2]
    for found in re.finditer(r"[:：]|\s+", part[:_LONGEST_LABEL]):
        name = label_name(part[: found.start()])
        if name and (found.group() in ":：" or is_han(part[0])):
            value = part[found.end() :].strip(" :：")
            return name, part[: found.start()].replace(" ", ""), value
    return None
