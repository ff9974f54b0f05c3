"""Rows → sections: a heading opens one, everything before the first heading is the top of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from common.domain.parsing.rows import Row
from common.domain.resume.sections import SectionKind, heading_kind, heading_of

_FAR = 0.4
_LIST_MARKS = ("•", "·", "-", "*", "●", "–")
_MAIN = ("education", "work", "internship", "projects")
_LISTS = ("languages", "skills", "certificates", "awards", "interests")


@dataclass
class Section:
    """`heading` is the heading as printed, None for the top."""

    kind: SectionKind
    heading: str | None = None
    rows: list[Row] = field(default_factory=list)


def split_sections(rows: Iterable[Row]) -> list[Section]:
    sections = [Section("top")]
    previous: Row | None = None
    colons = False
    rows = list(rows)
    for place, row in enumerate(rows):
        if previous and _is_column_break(previous, row) and sections[-1].kind != "top":
            sections.append(Section("top"))
        previous = row
        listed = _is_listed(rows, place)
        heading = None if listed else heading_of(row.plain, inside=sections[-1].kind, colons=colons)
        if heading is None:
            sections[-1].rows.append(row)
            continue
        colons = colons or (row.plain.endswith(("：", ":")) and heading.kind in _MAIN)
        sections.append(Section(heading.kind, heading.text.strip(" ：:|")))
        if heading.rest:
            sections[-1].rows.append(replace(row, text=heading.rest))
    return sections


def _is_listed(rows: Sequence[Row], place: int) -> bool:
    """One bullet among others of its kind: "• 项目" in a list of links opens no section."""
    mark = rows[place].text[:1]
    beside = [*rows[max(0, place - 1) : place], *rows[place + 1 : place + 2]]
    return mark in _LIST_MARKS and any(row.text.startswith(mark) for row in beside)


def labelled_lists(sections: Sequence[Section]) -> list[Section]:
    """ "语言：英语" or "证书：CET-6" in the head or under 其他 is a small section of its own."""
    found: list[Section] = []
    for row in rows_of(sections, "top", "personal", "other"):
        label, _, rest = row.plain.replace("：", ":").partition(":")
        kind = heading_kind(label) if rest.strip() and len(label) <= 8 else None
        if kind in _LISTS:
            found.append(Section(kind, label.strip(), [replace(row, text=rest.strip())]))
    return found


def _is_column_break(previous: Row, row: Row) -> bool:
    """Reading jumped far up the same page: a sidebar ended, and its last section with it."""
    before, after = previous.line.box, row.line.box
    return bool(before and after and previous.line.page == row.line.page and before[1] - after[1] > _FAR * before[3])


def rows_of(sections: Sequence[Section], *kinds: SectionKind) -> list[Row]:
    return [row for section in sections if section.kind in kinds for row in section.rows]
