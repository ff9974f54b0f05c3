"""Project entries: in a section of their own, in a mixed section, or nested under an employer."""

import re
from collections.abc import Sequence
from itertools import pairwise

from common.domain.parsing.draft import Draft, dated_extension
from common.domain.parsing.education import add_study, names_study
from common.domain.parsing.entries import EntryRows, split_entries
from common.domain.parsing.fields.company import is_certainly_company
from common.domain.parsing.fields.links import urls_in
from common.domain.parsing.fields.places import is_place
from common.domain.parsing.fields.position import ends_as_position
from common.domain.parsing.pieces import label_name, label_pairs, pieces
from common.domain.parsing.rows import Row, paragraphs
from common.domain.parsing.sections import Section
from common.domain.resume.dates import find_span, without_span
from common.domain.resume.model import Project

_NESTED = re.compile(r"^(?:项目|案例)[一二三四五六七八九十\d]{1,2}\s*[:：、.]\s*(.{2,40})$")
_NUMBERED = re.compile(r"^(?:项目|案例|作品)[一二三四五六七八九十\d]{1,2}\s*[:：、.]?\s*")
_ROLE = re.compile(
    r"(?:项目)?(?:负责人|队长|队员|组长|成员|开发者|独立开发(?:者)?|主要完成人|参与者)|个人项目|个人"
    r"|(?:Solo )?Developer|Creator(?: & Maintainer)?|Owner|Maintainer",
    re.IGNORECASE,
)
_SPACED_ROLE = re.compile(r"(.*[\u4e00-\u9fff）)])\s([A-Za-z]{1,5}(?:设计师?|开发|工程师|负责人|策划|测试))")
_BUILT = re.compile(r"(?:系统|平台|项目|重构|小程序|网站|引擎|框架|App|APP|官网|商城|中台|改造|升级|迁移)$")
_LONGEST_ROLE = 14
_STACK = re.compile(r"^[A-Za-z][\w+#. /-]{0,20}(?:\s*[,，、/]\s*[A-Za-z][\w+#. /-]{0,20})+$")


def read_projects(section: Section, draft: Draft) -> None:
    for entry in split_entries(section.rows, opened_by="project"):
        if names_study(entry):
            add_study(entry, section.heading, draft)
            continue
        add_project(entry, section.heading, draft)


def add_nested_projects(body: Sequence[Row], company: str | None, heading: str | None, draft: Draft) -> list[Row]:
    """项目一：… under an employer becomes a project of that employer; returns the rows before the first one."""
    starts = [place for place, row in enumerate(body) if _NESTED.match(row.plain)] or _bold_names(body)
    for start, stop in zip(starts, [*starts, len(body)][1:], strict=True):
        found = _NESTED.match(body[start].plain)
        rows = body[start:stop]
        project = Project(
            name=found[1] if found else body[start].plain, entity=company, highlights=paragraphs(rows[1:])
        )
        project.x_cn = dated_extension(None, heading)
        draft.add("projects", project, rows)
    return list(body[: starts[0]]) if starts else list(body)


def _bold_names(body: Sequence[Row]) -> list[int]:
    """Sub-headings of a job that name what was built: 会员中心重构, 教育云平台."""
    return [
        place
        for place, (row, below) in enumerate(pairwise(body))
        if row.line.bold
        and not below.line.bold
        and row.is_header_like
        and _BUILT.search(row.plain)
        and not label_name(row.plain)
    ]


def add_project(entry: EntryRows, heading: str | None, draft: Draft, *, entity: str | None = None) -> None:
    """`entity` is the employer or school the project belongs to, where the layout says so."""
    place = next((piece for text in entry.header for piece in pieces(text) if is_place(piece)), None)
    project = Project(x_cn=dated_extension(entry.span, heading, location=place))
    _read_labels(entry, project)
    project.entity = project.entity or entity
    for text in entry.header:
        _read_header(text, project)
    _read_cells(entry, project)
    _read_lines_below(entry, project)
    if entry.span:
        project.start_date = entry.span.start if entry.span.is_range else entry.span.end
        project.end_date = entry.span.end
    project.highlights += paragraphs(entry.body)
    if project.name and re.search(r"\w", project.name):
        draft.add("projects", project, entry.rows)


def _read_labels(entry: EntryRows, project: Project) -> None:
    project.name = entry.cells.get("project")
    project.roles += [entry.cells[name] for name in ("role", "job") if name in entry.cells]
    project.entity = entry.cells.get("company")
    for name, _, value, row in label_pairs([row for row in entry.rows if len(row.text) <= 80 and not entry.cells]):
        if name in ("project", "name"):
            project.name = project.name or value
        elif name == "role":
            project.roles.append(value)
        elif name == "stack" and row in entry.body:
            project.keywords += [word.strip() for word in re.split(r"[、,，;；+]|\s/\s", value) if word.strip()]
            entry.body = [other for other in entry.body if other is not row]


def _read_cells(entry: EntryRows, project: Project) -> None:
    """In a table without a column for it, the organisation is all there is of a name, and a title may stand under 职责."""
    if entry.cells and not project.name:
        project.name = entry.cells.get("company")
        titles = [row for row in entry.body if len(row.text) <= _LONGEST_ROLE and ends_as_position(row.text)]
        project.roles += [row.text for row in titles]
        entry.body = [row for row in entry.body if row not in titles]


def _read_header(text: str, project: Project) -> None:
    """The name comes first; "名称：说明" in a list is a name with its description."""
    for url in urls_in(text):
        project.url = project.url or url
        text = text.replace(url, "    ")
    text = _NUMBERED.sub("", text)
    described = re.match(r"^([^:：，。]{2,40})\s*[:：]\s*(.+)$", text)
    if described and not project.name and not label_name(described[1]):
        project.name, text = _without_date(described[1].strip(), project), ""
        project.description = described[2].strip()
    parts = [part for whole in pieces(text.replace("    ", "  |  ")) for part in _role_apart(whole)]
    if project.name is None and len(parts) > 1 and _is_english_role(parts[0]) and not ends_as_position(parts[1]):
        project.roles.append(parts.pop(0))
    for piece in parts:
        _read_piece(piece, project)


def _is_english_role(piece: str) -> bool:
    """Project Lead, Digital Homework Platform: in English the part often stands before the name."""
    return piece.isascii() and ends_as_position(piece)


def _without_date(name: str, project: Project) -> str:
    """A date in brackets behind the name: Marsh Mapper (2022)."""
    span = find_span(name)
    if span is None or span.begin == 0 or project.x_cn is None or project.x_cn.date_raw:
        return name
    project.start_date, project.end_date = span.start or span.end, span.end
    project.x_cn.date_raw, project.x_cn.current = span.raw, span.current or None
    return without_span(name, span).strip()


def _role_apart(piece: str) -> list[str]:
    """数据可视化大屏 UI设计: one space, and the part behind it is what the person was."""
    found = _SPACED_ROLE.fullmatch(piece)
    return [found[1], found[2]] if found else [piece]


def _read_piece(piece: str, project: Project) -> None:
    if label_name(re.split(r"[:：]", piece)[0]) or is_place(piece):
        return
    if (
        _ROLE.fullmatch(piece)
        or (project.name and re.fullmatch(r"[A-Za-z]{0,5}(?:设计|开发|策划|测试)", piece))
        or (project.name and ends_as_position(piece))
    ):
        project.roles.append(piece)
    elif project.name is None:
        project.name = piece
    elif is_certainly_company(piece) and not project.entity:
        project.entity = piece
    elif piece != project.name:
        project.highlights.append(piece)


def _read_lines_below(entry: EntryRows, project: Project) -> None:
    """The name when the date stood alone, then a line of roles or of technologies."""
    if project.name is None and entry.body and entry.body[0].is_header_like:
        _read_header(entry.body[0].plain, project)
        entry.body = entry.body[1:]
    while entry.body and _is_detail(entry.body[0]):
        line = entry.body[0].plain
        if _STACK.match(line):
            project.keywords += [word.strip() for word in re.split(r"[,，、/]", line) if word.strip()]
        else:
            project.roles += [piece for piece in pieces(line) if not is_place(piece)]
        entry.body = entry.body[1:]


def _is_detail(row: Row) -> bool:
    return not row.bulleted and bool(_STACK.match(row.plain) or _ROLE.fullmatch(row.plain))
