"""Entries on paper: the studies, jobs, projects and activities of a person in each form of an entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scripts.benchmarks.generator.career import WRITTEN
from scripts.benchmarks.generator.person import Job, Period, Person, Project, Study
from scripts.benchmarks.generator.sheet import Block, Bullets, Cell, Grid, Split, Text, cell
from scripts.benchmarks.generator.style import Style
from scripts.benchmarks.generator.words import COLUMNS, ENTRY_LABELS


@dataclass(frozen=True)
class Shown:
    """What one entry prints: its fields (the first is what it is), its period, and what stands below.

    `date` prints the period where it is not simply in the resume's form.
    """

    fields: tuple[str, ...]
    period: Period
    below: tuple[Block, ...] = ()
    date: str = ""


def education(person: Person, style: Style) -> tuple[Block, ...]:
    shown = [
        Shown(
            (_school(one), *_degree_and_major(one, style)),
            one.period,
            _study_notes(one, style),
            _study_date(one, style),
        )
        for one in person.education
    ]
    return _entries(shown, style, "education")


def work(person: Person, style: Style) -> tuple[Block, ...]:
    return _entries(_jobs(person, style), style, "work")


def _jobs(person: Person, style: Style) -> list[Shown]:
    return [Shown(_employment(one, style), one.period, _job_notes(one, style)) for one in person.jobs]


def mixed(person: Person, style: Style) -> tuple[Block, ...]:
    """Jobs and projects in one section."""
    return _entries([*_jobs(person, style), *_projects(person, style)], style, "mixed")


def projects(person: Person, style: Style) -> tuple[Block, ...]:
    return _entries(_projects(person, style), style, "projects")


def _projects(person: Person, style: Style) -> list[Shown]:
    return [Shown((one.name, one.role), one.period, _project_notes(one, style)) for one in person.projects]


def campus(person: Person, style: Style) -> tuple[Block, ...]:
    shown = [Shown((one.organisation, one.role), one.period, _listed(one.bullets, style)) for one in person.campus]
    return _entries(shown, style, "campus")


def _employment(job: Job, style: Style) -> tuple[str, ...]:
    return (job.company, job.department, job.title) if style.departments else (job.company, job.title)


def _school(study: Study) -> str:
    return f"{study.school}（{study.tag}）" if study.tag else study.school


def _study_date(study: Study, style: Style) -> str:
    form, end = style.date_form, study.period.end
    if style.end_of_study_only and end:
        return f"{form.month(end)}毕业"
    expected = "（预计）" if style.language != "en" else " (expected)"
    return form.printed(study.period) + (expected if end and end > WRITTEN else "")


def _degree_and_major(study: Study, style: Style) -> tuple[str, ...]:
    if style.language == "en":
        return (f"{study.degree} in {study.major}",)
    if style.entry == "table":
        return study.degree, study.major
    return (f"{study.major}（{study.degree}）",) if style.separator == " | " else (study.major, study.degree)


def _study_notes(study: Study, style: Style) -> tuple[Block, ...]:
    if style.entry == "one_line":
        return ()
    notes = [style.labelled(key, value) for key, value in (("grade", study.grade), ("rank", study.rank)) if value]
    blocks = [Text(("    " if style.language != "en" else "; ").join(notes))] if notes else []
    if study.courses:
        blocks.append(Text(style.labelled("courses", style.comma.join(study.courses))))
    return tuple(blocks)


def _job_notes(job: Job, style: Style) -> tuple[Block, ...]:
    if style.entry == "one_line":
        return ()
    nested = [block for one in job.projects for block in _nested(one, style)] if style.nested_projects else []
    return (*_listed(job.bullets, style), *nested)


def _nested(project: Project, style: Style) -> Iterator[Block]:
    yield Split(style.labelled("project", project.name), style.date_form.printed(project.period), bold=False)
    yield from _project_notes(project, style)


def _project_notes(project: Project, style: Style) -> tuple[Block, ...]:
    if style.entry == "one_line":
        return ()
    stack = [Text(style.labelled("stack", project.stack))] if project.stack else []
    return (*stack, *_listed(project.bullets, style))


def _listed(bullets: Sequence[str], style: Style) -> tuple[Block, ...]:
    if style.paragraphs:
        end = ". " if style.language == "en" else "；"
        return (Text(style.labelled("duty", end.join(bullets) + end.strip().replace("；", "。"))),)
    if style.bullet == "1.":
        return tuple(Text(f"{number}. {text}") for number, text in enumerate(bullets, 1))
    return (Bullets(tuple(bullets), style.bullet),)


def _entries(shown: Sequence[Shown], style: Style, section: str) -> tuple[Block, ...]:
    if style.entry == "table" and section in COLUMNS:
        return (_table(shown, style, section),)
    if style.entry in ("left", "stacked"):
        return (_date_column(shown, style),)
    if style.entry == "labelled":
        return tuple(block for one in shown for block in (*_labelled(one, style, section), *one.below))
    return tuple(block for one in shown for block in (*_head(one, style), *one.below))


def _labelled(one: Shown, style: Style, section: str) -> tuple[Block, ...]:
    """Each field behind its label, as job sites export them."""
    names = ENTRY_LABELS.get(section, ENTRY_LABELS["campus"])
    pairs = zip(names, (_date(one, style), *one.fields), strict=False)
    return tuple(Text(f"{name}{style.colon}{value}") for name, value in pairs)


def _head(one: Shown, style: Style) -> tuple[Block, ...]:
    date, fields = _date(one, style), one.fields
    if style.entry == "front":
        return (Text(style.separator.join((date, *fields)), bold=True),)
    if style.entry == "one_line":
        return (Text(style.separator.join((date, *fields))),)
    if style.entry == "pipe":
        return (Text(" | ".join((*fields, date)), bold=True),)
    if style.entry == "sentence":
        return (Text("，".join((date, *fields))),)
    if style.entry == "role_first":
        return (Split(style.separator.join(reversed(fields)), date),)
    if style.entry == "date_below":
        return Text(fields[0], bold=True), Text(style.separator.join((*fields[1:], date)), grey=True)
    if style.entry == "two_lines":
        return Split(fields[0], date), Text(style.separator.join(fields[1:]), grey=True)
    return (Split(style.separator.join(fields), date),)


def _date(one: Shown, style: Style) -> str:
    return one.date or style.date_form.printed(one.period)


def _date_column(shown: Sequence[Shown], style: Style) -> Grid:
    rows = tuple(
        (
            cell(*_dates_beside(one, style), size=9),
            Cell((Text(style.separator.join(one.fields), bold=True), *one.below)),
        )
        for one in shown
    )
    return Grid(rows, (0.3, 0.7), border=False)


def _dates_beside(one: Shown, style: Style) -> tuple[str, ...]:
    """Stacked: the end above the start, as timelines print them."""
    if style.entry == "stacked":
        form, end = style.date_form, one.period.end
        return form.month(end) if end else form.now, form.month(one.period.start)
    return (_date(one, style),)


def _table(shown: Sequence[Shown], style: Style, section: str) -> Grid:
    """A header row, a row for each entry, and what stands below an entry as one merged row."""
    header = COLUMNS[section]
    rows: list[tuple[Cell, ...]] = [tuple(cell(word, bold=True, shaded=True) for word in header)]
    for one in shown:
        rows.append(tuple(cell(text) for text in (_date(one, style), *one.fields)))
        if one.below:
            rows.append((Cell(one.below, columns=len(header)),))
    first = 0.26
    return Grid(tuple(rows), (first, *((1 - first) / (len(header) - 1),) * (len(header) - 1)))
