"""Rows → sections: a heading opens one, everything before the first heading is the top of the page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from common.domain.parsing.rows import Row
from common.domain.resume.sections import SectionKind, heading_kind, heading_of

_FAR = 0.4
_LIST_MARKS = ("•", "·", "-", "*", "●", "–")
_JOBS = ("work", "internship", "mixed")
_KIND_OF_JOB = re.compile(
    r"(?:Vocational|Miscellaneous|Full[- ]?time|Part[- ]?time|Industrial|Industry|Academic|Professional)(?: experience)?"
    r"|全职|兼职|专业|专职",
    re.IGNORECASE,
)
_ENOUGH_HEADINGS = 4
_CLEARLY_LARGER = 1.1
_SAME_EDGE = 2.0
_LONGEST_HEADING = 60
_MAIN = ("education", "work", "internship", "projects")
_LISTS = ("languages", "skills", "certificates", "awards", "interests")


@dataclass(frozen=True)
class _Look:
    size: float
    bold: bool
    left: float
    capitals: bool


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
    look = _look_of_headings(rows)
    for place, row in enumerate(rows):
        if previous and _is_column_break(previous, row) and sections[-1].kind != "top":
            sections.append(Section("top"))
        previous = row
        listed = _is_listed(rows, place)
        heading = None if listed else heading_of(row.plain, inside=sections[-1].kind, colons=colons)
        kind = sections[-1].kind
        if kind in _JOBS and _KIND_OF_JOB.fullmatch(row.plain):
            sections.append(Section(kind, row.plain))
            continue
        if heading is None and not listed and look and _has_look(row, look) and sections[-1].kind != "top":
            sections.append(Section("other", row.plain))
            continue
        if heading is None:
            sections[-1].rows.append(row)
            continue
        colons = colons or (row.plain.endswith(("：", ":")) and heading.kind in _MAIN)
        sections.append(Section(heading.kind, heading.text.strip(" ：:|")))
        if heading.rest:
            sections[-1].rows.append(replace(row, text=heading.rest))
    return sections


def _look_of_headings(rows: Sequence[Row]) -> _Look | None:
    """Size, weight and edge that all known headings of a document share and that no usual line has."""
    known = [row for row in rows if row.line.size and row.left is not None and heading_kind(row.plain)]
    sizes = sorted(row.line.size or 0.0 for row in rows if row not in known)
    if len(known) < _ENOUGH_HEADINGS or not sizes:
        return None
    first = known[0]
    look = _Look(first.line.size or 0.0, first.line.bold, first.left or 0.0, all(row.text.isupper() for row in known))
    alike = [row for row in known if _has_look(row, look)]
    if len(alike) < len(known) or look.size < _CLEARLY_LARGER * sizes[len(sizes) // 2]:
        return None
    return look


def _has_look(row: Row, look: _Look) -> bool:
    line = row.line
    return bool(
        line.size
        and abs(line.size - look.size) <= 0.02 * look.size
        and line.bold == look.bold
        and abs((row.left or 0.0) - look.left) <= _SAME_EDGE
        and (row.text.isupper() or not look.capitals)
        and not row.span
        and row.is_header_like
        and len(row.text) <= _LONGEST_HEADING
    )


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
