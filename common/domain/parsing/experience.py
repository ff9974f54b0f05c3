"""Work, internship and campus entries: organisation, position, place, dates, what was done."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from common.domain.parsing.draft import Draft, dated_extension
from common.domain.parsing.education import add_study, names_study
from common.domain.parsing.entries import EntryRows, split_entries
from common.domain.parsing.fields.company import is_certainly_company, is_company
from common.domain.parsing.fields.links import urls_in
from common.domain.parsing.fields.places import find_place, is_place, split_trailing_city
from common.domain.parsing.fields.position import ends_as_position, is_position
from common.domain.parsing.pieces import label_name, label_pairs, pieces
from common.domain.parsing.projects import add_nested_projects, add_project
from common.domain.parsing.rows import Row, paragraphs
from common.domain.parsing.sections import Section
from common.domain.resume.model import Volunteer, Work
from common.domain.resume.text import han_count

_INTERNSHIP = re.compile(r"实习|\bIntern(?:ship)?\b", re.IGNORECASE)
_PROJECT = re.compile(r"项目|系统|平台|模板|小游戏|个人项目|毕业设计|课程设计")
_MOST_HEADER_LINES_BELOW = 2
_LONGEST_FIELD = 80  # in half-width characters


@dataclass
class _Role:
    company: str | None = None
    position: str | None = None
    department: str | None = None
    location: str | None = None
    url: str | None = None
    notes: list[str] = field(default_factory=list)


def read_experience(section: Section, draft: Draft) -> None:
    """A "mixed" section (实习/项目经历) is sorted entry by entry: an employer or a title makes it work."""
    for entry in split_entries(section.rows, opened_by="company"):
        if names_study(entry):
            add_study(entry, section.heading, draft)
            continue
        role = _role_of(entry)
        if section.kind == "mixed" and not _is_job(role, entry):
            add_project(entry, section.heading, draft)
            continue
        _read_lines_below(entry, role)
        if role.company or role.position:
            _add_role(entry, role, section, draft)


def _role_of(entry: EntryRows) -> _Role:
    role = _Role()
    for name, _, value, _row in label_pairs([row for row in entry.rows if not row.bulleted]):
        target = {"company": "company", "job": "position", "department": "department"}.get(name)
        if target and not getattr(role, target):
            setattr(role, target, value)
    parts = [piece for text in entry.header for piece in _header_pieces(text, role)]
    _assign(parts, role)
    return role


def _header_pieces(text: str, role: _Role) -> Iterator[str]:
    """The pieces of a header line that may be an employer or a title; place and address are taken on the way."""
    for url in urls_in(text):
        role.url = role.url or url
        text = text.replace(url, "    ")
    place = find_place(text)
    if place:
        role.location = role.location or place
        text = text.replace(place, "    ")
    for piece in pieces(text):
        piece, city = split_trailing_city(piece)
        role.location = role.location or city
        if re.search(r"[:：]", piece):
            role.notes += [] if label_name(re.split(r"[:：]", piece)[0]) else [piece]
        elif is_place(piece):
            role.location = role.location or piece
        elif piece not in (role.company, role.position):
            yield piece


def _assign(parts: list[str], role: _Role) -> None:
    """Which piece is the employer and which the title; what is neither becomes a note."""
    parts = [part for part in parts if len(part) + han_count(part) <= _LONGEST_FIELD]
    if not role.company:
        role.company = _take(parts, is_certainly_company)
    if not role.position:
        role.position = _take(parts, lambda part: ends_as_position(part) and not is_certainly_company(part))
    if not role.position:
        role.position = _take(parts, lambda part: is_position(part) and not is_company(part))
    if not role.company:
        role.company = _take(parts, is_company) or _take(parts, bool)
    if not role.position and role.company:
        role.position = _take(parts, lambda part: not is_company(part))
    if role.company and not role.department:
        role.department = _take(parts, lambda part: part.endswith(("部", "组", "中心", "事业部", "Department", "Team")))
    if role.company and not role.position:
        _split_glued(role)
    role.notes += parts


def _take(parts: list[str], wanted: Callable[[str], bool]) -> str | None:
    for part in parts:
        if wanted(part):
            parts.remove(part)
            return part
    return None


def _split_glued(role: _Role) -> None:
    """某某公司软件开发实习 in one piece: the company's own suffix ends it."""
    found = re.fullmatch(r"(.+?(?:有限公司|公司|集团|事务所|银行))\s*([^（()）]{2,20})", role.company or "")
    if found and is_position(found[2]):
        role.company, role.position = found[1], found[2]


def _read_lines_below(entry: EntryRows, role: _Role) -> None:
    """Short lines under the date that give the missing employer or title leave the body."""
    for _ in range(_MOST_HEADER_LINES_BELOW):
        if (role.company and role.position) or not entry.body:
            return
        row = entry.body[0]
        if (
            not row.is_header_like
            or len(row.text) + han_count(row.text) > _LONGEST_FIELD
            or not _gives_missing(row, role)
        ):
            return
        _assign(list(_header_pieces(row.plain, role)), role)
        entry.body = entry.body[1:]


def _gives_missing(row: Row, role: _Role) -> bool:
    parts = pieces(row.plain)
    if not role.position and any(is_position(part) for part in parts):
        return True
    return not role.company and len(parts) <= 3 and not row.text.endswith("，")


def _is_job(role: _Role, entry: EntryRows) -> bool:
    head = " ".join([*entry.header, *(row.text for row in entry.body[:1] if not row.bulleted and len(row.text) <= 60)])
    if _PROJECT.search(head) and not is_certainly_company(role.company or ""):
        return False
    return bool((role.company and is_company(role.company)) or (role.position and ends_as_position(role.position)))


def _add_role(entry: EntryRows, role: _Role, section: Section, draft: Draft) -> None:
    if section.kind == "campus":
        draft.add("volunteer", _volunteer(entry, role, section.heading), entry.rows)
        return
    previous = draft.resume.work[-1] if draft.resume.work else None
    company = role.company or (previous.name if previous else None)
    content = add_nested_projects(entry.body, company, section.heading, draft)
    is_internship = section.kind == "internship" or _INTERNSHIP.search(role.position or "")
    start, end = _period(entry)
    work = Work(
        name=company,
        position=role.position,
        location=role.location,
        url=role.url,
        start_date=start,
        end_date=end,
        highlights=role.notes + paragraphs(content),
        x_cn=dated_extension(
            entry.span, section.heading, department=role.department, kind="internship" if is_internship else None
        ),
    )
    draft.add("work", work, entry.rows)


def _volunteer(entry: EntryRows, role: _Role, heading: str | None) -> Volunteer:
    start, end = _period(entry)
    return Volunteer(
        organization=role.company,
        position=role.position,
        url=role.url,
        start_date=start,
        end_date=end,
        highlights=role.notes + paragraphs(entry.body),
        x_cn=dated_extension(entry.span, heading, department=role.department, kind="campus"),
    )


def _period(entry: EntryRows) -> tuple[str | None, str | None]:
    """A lone date ("Summer 2022") is when the work began and when it ended."""
    if entry.span is None:
        return None, None
    return (entry.span.start if entry.span.is_range else entry.span.end), entry.span.end
