"""Work, internship and campus entries: organisation, position, place, dates, what was done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from common.domain.parsing.draft import Draft, dated_extension
from common.domain.parsing.education import add_study, names_study
from common.domain.parsing.entries import EntryRows, split_entries
from common.domain.parsing.features import assign, confidence
from common.domain.parsing.fields.company import COMPANY, KNOWN, is_certainly_company, is_company
from common.domain.parsing.fields.links import urls_in
from common.domain.parsing.fields.piece import Piece
from common.domain.parsing.fields.places import find_place, is_place, split_trailing_city
from common.domain.parsing.fields.position import DEPARTMENT, POSITION, ends_as_position, is_position
from common.domain.parsing.found import LABELLED
from common.domain.parsing.pieces import label_name, label_pairs, pieces
from common.domain.parsing.projects import add_nested_projects, add_project
from common.domain.parsing.rows import Row, paragraphs
from common.domain.parsing.sections import Section
from common.domain.resume.model import Award, EntryExtension, Volunteer, Work
from common.domain.resume.text import han_count

_INTERNSHIP = re.compile(r"实习|\bIntern(?:ship)?\b", re.IGNORECASE)
_PROJECT = re.compile(r"^基于|^面向|项目|系统|平台|模板|小游戏|个人项目|毕业设计|课程设计")
_TABLES = {"company": COMPANY, "position": POSITION, "department": DEPARTMENT}
_LABELS = {"company": "company", "job": "position", "department": "department", "city": "location"}
_GLUED = re.compile(
    rf"(.+?(?:有限公司|公司|集团|事务所|银行|研究院)(?:[（(][^（()）]{{1,10}}[)）])?|{KNOWN})\s*([^（()）]{{2,20}}(?:[（(].{{1,10}}[)）])?)"
)
_PART_IN_A_PROJECT = re.compile(r"负责人$|第[一二]作者|组长$|队长$|发起人$|核心成员|独立(?:开发|完成)")
_AS_TITLE = 0.5
_SIZE_OR_TIME = re.compile(
    r"\s*[（(](?:约?\d+\s?年(?:零?\d+\s?个?月)?|\d+\s?个月|[\d\s]+[-–~]\s?\d+\s?人|\d+\s?人(?:以上|以下)?)[）)]$"
)
_NO_JOB = re.compile(r"待业|求职中|无|待就业|备考|gap(?: year)?", re.IGNORECASE)
_WORKED = re.compile(
    r"(?:Currently )?(?:Working|Worked|Work|Employed|Served) as (?:an? |the )?(.{3,40}?) (?:in|at|with|for) "
    r"(.{3,60}?)(?: from| since| during)?",
    re.IGNORECASE,
)
_AWARD = re.compile(r"奖$|奖学金|荣誉称号$|^(?:荣获|获得?|曾获)|(?:一|二|三|特)等奖|优秀(?:学生|毕业生|团员|党员|干部)")
_SPACED_TITLE = re.compile(r"(.*[\u4e00-\u9fff）)])\s([A-Za-z]{1,5}[\u4e00-\u9fff]{1,8}|HRBP|[A-Z]{2,4})")
_SENTENCE = re.compile(r"(?:就职于|任职于|在)(.{2,30}?)(?:担任|从事|任)(.{2,20}?)(?:一职|职务|工作)?")
_PROJECT_LABEL = re.compile(r"(?:主要|代表)?项目(?:名称)?[一二三四五六七八九十\d]{0,2}\s*[:：]")
_WEAK_TITLE = re.compile(
    r"(?:开发|算法|测试|运营|产品|设计|策划|研发|前端|后端|销售|采购|行政|运维|爬虫|审计|财务|翻译|编辑|成员)$"
)
_MOST_HEADER_LINES_BELOW = 2
_LONGEST_FIELD = 80  # in half-width characters


@dataclass
class _Role:
    """`sure`: how sure the features are of company, position and department."""

    company: str | None = None
    position: str | None = None
    department: str | None = None
    location: str | None = None
    url: str | None = None
    notes: list[str] = field(default_factory=list)
    sure: dict[str, float] = field(default_factory=dict)

    def give(self, name: str, value: str, sure: float) -> None:
        setattr(self, name, value)
        self.sure[name] = sure


def read_experience(section: Section, draft: Draft) -> None:
    """A "mixed" section (实习/项目经历) is sorted entry by entry: an employer or a title makes it work."""
    for entry in split_entries(section.rows, opened_by="company"):
        if entry.header and _PROJECT_LABEL.match(entry.header[0]):
            add_project(entry, section.heading, draft, entity=draft.resume.work[-1].name if draft.resume.work else None)
            continue
        if names_study(entry):
            add_study(replace(entry, header=[*entry.header, *_cell_texts(entry)], cells={}), section.heading, draft)
            continue
        role = _role_of(entry)
        if role.company and _NO_JOB.fullmatch(role.company):
            continue
        if section.kind == "mixed" and not _is_job(role, entry):
            add_project(entry, section.heading, draft)
            continue
        _read_lines_below(entry, role)
        if role.company and role.department and not role.position and not role.notes:
            role.give("position", role.department, _AS_TITLE)  # it stands where a title would
            role.department = None
        if role.company or role.position:
            _add_role(entry, role, section, draft)


def _cell_texts(entry: EntryRows) -> list[str]:
    return [value for name, value in entry.cells.items() if name not in ("time", "duties")]


def _role_of(entry: EntryRows) -> _Role:
    role = _Role()
    for name, value in [*entry.cells.items(), *_labelled(entry)]:
        target = _LABELS.get(name)
        if target and not getattr(role, target):
            role.give(target, value, LABELLED)
    parts = [piece for text in entry.header for piece in _header_pieces(text, role)]
    _assign(parts, role, bold=bool(entry.rows and entry.rows[0].line.bold))
    return role


def _labelled(entry: EntryRows) -> Iterator[tuple[str, str]]:
    for name, _, value, _row in label_pairs([row for row in entry.rows if not row.bulleted]):
        yield name, value


def _header_pieces(text: str, role: _Role) -> Iterator[str]:
    """The pieces of a header line that may be an employer or a title; place and address are taken on the way."""
    for url in urls_in(text):
        role.url = role.url or url
        text = text.replace(url, "    ")
    worked = _WORKED.fullmatch(text.strip(" ."))
    if worked:
        text = f"{worked[2]}    {worked[1]}"
    place = find_place(text)
    if place:
        role.location = role.location or place
        text = text.replace(place, "    ")
    sentence = _SENTENCE.fullmatch(text.strip())
    text = f"{sentence[1]}    {sentence[2]}" if sentence else text
    for piece in (part for whole in pieces(text) for part in _around_at(whole)):
        piece, city = split_trailing_city(piece)
        role.location = role.location or city
        if re.search(r"[:：]", piece):
            role.notes += [] if label_name(re.split(r"[:：]", piece)[0]) else [piece]
        elif is_place(piece):
            role.location = role.location or piece
        elif re.search(r"\w", piece) and piece not in (role.company, role.position):
            yield from _unglued(_without_size(piece, role))


def _without_size(piece: str, role: _Role) -> str:
    """某某有限公司（6年5个月）, (1000-5000人): how long and how many are said of the employer, not its name."""
    found = _SIZE_OR_TIME.search(piece)
    if found and found.start():
        role.notes.append(found.group().strip(" （()）"))
        return piece[: found.start()]
    return piece


def _around_at(piece: str) -> list[str]:
    """Product Analyst at Example Ltd → title and employer."""
    left, at, right = re.sub(r"\s+@\s+", " at ", piece).partition(" at ")
    return [left, right] if at and ends_as_position(left) and right[:1].isupper() else [piece]


def _assign(parts: list[str], role: _Role, *, bold: bool = False) -> None:
    """Which piece is the employer, which the title, which the department; what is none of them becomes a note."""
    wide = [part for part in parts if len(part) + han_count(part) > _LONGEST_FIELD]
    parts = [part for part in parts if part not in wide]
    candidates = [Piece(part, place, len(parts), bold) for place, part in enumerate(parts)]
    tables = {name: table for name, table in _TABLES.items() if not getattr(role, name)}
    for name, (piece, score) in assign(candidates, tables).items():
        role.give(name, piece.text, confidence(score))
        parts.remove(piece.text)
    if role.position and not role.company:
        _take_last_resort(parts, len(candidates), role)
    role.notes += parts + wide


def _take_last_resort(parts: list[str], of: int, role: _Role) -> None:
    """With the title known, a leftover piece that nothing speaks against is the employer."""
    scored = [(COMPANY.score(Piece(part, place, of)), part) for place, part in enumerate(parts)]
    best = max(scored, default=(-1.0, ""), key=lambda pair: pair[0])
    if best[0] >= 0:
        role.give("company", best[1], confidence(best[0]))
        parts.remove(best[1])


def _unglued(piece: str) -> list[str]:
    """某某公司软件开发实习, 字节跳动后端开发实习生: the company's own suffix or its known name ends it."""
    found = _GLUED.fullmatch(piece) or _SPACED_TITLE.fullmatch(piece)
    return [found[1], found[2]] if found and ends_as_position(found[2]) else [piece]


def _read_lines_below(entry: EntryRows, role: _Role) -> None:
    """Short lines under the date that give the missing employer or title leave the body."""
    for _ in range(_MOST_HEADER_LINES_BELOW):
        if (role.company and role.position) or not entry.body:
            return
        place = next((place for place, row in enumerate(entry.body) if not _is_aside(row)), None)
        if place is None:
            return
        row = entry.body[place]
        if (
            not row.is_header_like
            or len(row.text) + han_count(row.text) > _LONGEST_FIELD
            or not _gives_missing(row, role)
        ):
            return
        _assign(list(_header_pieces(row.plain, role)), role)
        entry.body = [*entry.body[:place], *entry.body[place + 1 :]]


def _is_aside(row: Row) -> bool:
    """所属行业：…, 企业性质：…: said of the employer, between it and the title."""
    return label_name(re.split(r"[:：]|\s\|\s", row.plain)[0]) == "mentor" and not row.bulleted


def _gives_missing(row: Row, role: _Role) -> bool:
    parts = pieces(row.plain)
    if not role.position and any(is_position(part) for part in parts):
        return True
    return not role.company and len(parts) <= 3 and not row.text.endswith("，")


def _is_job(role: _Role, entry: EntryRows) -> bool:
    head = " ".join([*entry.header, *(row.text for row in entry.body[:1] if not row.bulleted and len(row.text) <= 60)])
    if _PROJECT.search(head) and not is_certainly_company(role.company or ""):
        return False
    if role.company and is_company(role.company):
        return True
    if _PART_IN_A_PROJECT.search(role.position or "") or any(_names_stack(row) for row in entry.body):
        return False
    return bool(role.position and ends_as_position(role.position) and not _WEAK_TITLE.search(role.position))


def _names_stack(row: Row) -> bool:
    return label_name(re.split(r"[:：]", row.plain)[0]) == "stack"


def _add_role(entry: EntryRows, role: _Role, section: Section, draft: Draft) -> None:
    if section.kind == "campus" and entry.span is None and _AWARD.search(entry.header[0] if entry.header else ""):
        draft.add("awards", Award(title=entry.header[0], x_cn=EntryExtension(heading=section.heading)), entry.rows)
        return
    if section.kind == "campus":
        draft.add(
            "volunteer", _volunteer(entry, role, section.heading), entry.rows, sure=_sure(role, company="organization")
        )
        return
    previous = draft.resume.work[-1] if draft.resume.work else None
    company = role.company or (previous.name if previous and section.kind != "mixed" else None)
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
    draft.add("work", work, entry.rows, sure=_sure(role, company="name"))


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


def _sure(role: _Role, *, company: str) -> dict[str, float]:
    return {company if name == "company" else name: sure for name, sure in role.sure.items()}


def _period(entry: EntryRows) -> tuple[str | None, str | None]:
    """A lone date ("Summer 2022") is when the work began and when it ended."""
    if entry.span is None:
        return None, None
    return (entry.span.start if entry.span.is_range else entry.span.end), entry.span.end
