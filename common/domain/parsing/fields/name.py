"""The person's name: labelled, else the largest text near the top that looks like a name."""

import re
from collections.abc import Sequence

from common.domain.parsing.fields.company import is_company
from common.domain.parsing.fields.places import is_place, starts_with_city
from common.domain.parsing.fields.position import is_position
from common.domain.parsing.found import LABELLED, POSITION, Found
from common.domain.parsing.pieces import label_name, pieces
from common.domain.parsing.rows import Row
from common.domain.resume.sections import heading_kind

_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}")
_LATIN = re.compile(r"[A-Z][A-Za-z'’.-]*(?: (?:[A-Z]\.|(?:de|van|von|der|bin|al) )?[A-Z][A-Za-z'’.-]*){1,3}")
_TITLE_OF_THE_PAPER = re.compile(
    r"(?:个人|求职|我的|中文|英文|应届生|电子|毕业生)?(?:简历|簡歷|履历)(?:表|模板)?"
    r"|(?:personal |my )?resume|résumé|curriculum vitae|cv|vitae",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"至今|学士|毕业|工学|大学|学院|公司|本科|硕士|博士|党员|团员|男|女$|电话|邮箱|求职|应聘|个人|"
    r"信息|照片|专业|年龄|健康|已婚|未婚|汉族|群众|岁|年|月|届|籍贯|姓名|某某大学|联系|学历|微信"
)
_ROWS_FROM_TOP = 14
_CLEARLY_LARGER = 1.15


def find_name(rows: Sequence[Row], pairs: Sequence[tuple[str, str, str, Row]]) -> Found | None:
    for name, _, value, row in pairs:
        printed = as_name(value.split("（")[0].split("(")[0]) if name == "name" else None
        if printed:
            return Found(printed, row, LABELLED)
    candidates = [(printed, row) for row in _top_rows(rows) for printed in _names_in(row)]
    if not candidates:
        return None
    largest = max(candidates, key=lambda candidate: candidate[1].line.size or 0)
    first = candidates[0]
    larger = (largest[1].line.size or 0) > _CLEARLY_LARGER * (first[1].line.size or 0)
    printed, row = largest if larger else first
    return Found(printed, row, POSITION)


def as_name(text: str) -> str | None:
    """The text as a name (张 三 → 张三), or None."""
    text = re.sub(r"\s+", " ", re.sub(r"^[^\w]+|[^\w.]+$", "", text))
    squashed = text.replace(" ", "")
    if _HAN.fullmatch(squashed) and (squashed == text or len(squashed) <= 4):
        return squashed
    return text if _LATIN.fullmatch(text) and len(text) <= 40 else None


def _top_rows(rows: Sequence[Row]) -> list[Row]:
    """The first rows, and whatever is set largest on the first page (a name may come after a sidebar)."""
    first_page = [row for row in rows if row.line.page == 1]
    sizes = [row.line.size for row in first_page if row.line.size]
    tallest = max(sizes, default=0.0)
    return [
        row
        for place, row in enumerate(first_page)
        if place < _ROWS_FROM_TOP or (tallest and (row.line.size or 0) >= 0.95 * tallest)
    ]


def _names_in(row: Row) -> list[str]:
    if "@" in row.text and len(row.text) > 60:
        return []
    whole = as_name(row.text)
    if whole and _may_be_a_name(whole):
        return [whole]
    parts = (re.split(r"[（(]", piece)[0] for piece in pieces(row.text)) if not row.bulleted else ()
    return [printed for printed in map(as_name, parts) if printed and _may_be_a_name(printed)]


def _may_be_a_name(text: str) -> bool:
    if heading_kind(text) or label_name(text) or _TITLE_OF_THE_PAPER.fullmatch(text) or _NOT_A_NAME.search(text):
        return False
    return not (is_position(text) or is_company(text) or is_place(text) or starts_with_city(text))
