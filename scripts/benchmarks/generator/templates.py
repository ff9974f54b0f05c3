"""The templates: which header, which order, which forms. Each arranges any person of its languages into a sheet."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scripts.benchmarks.generator import sections as on_paper
from scripts.benchmarks.generator.dates import FORMS, forms_for
from scripts.benchmarks.generator.person import Language, Person
from scripts.benchmarks.generator.sheet import Block, Cell, Columns, Grid, Photo, Sheet, Text, cell
from scripts.benchmarks.generator.style import Style

_COLOURS = ("1F4E79", "2E7D32", "8E2430", "37474F", "5B3A8C", "B35900")
_WITH_DEPARTMENT = 0.2
_EXPERIENCED = ("summary", "work", "projects", "education", "skills", "certificates", "awards")
_GRADUATE = ("education", "work", "projects", "campus", "skills", "certificates", "awards", "summary")

Header = Callable[[Person, Style], tuple[Block, ...]]


@dataclass(frozen=True)
class Template:
    """`forms` fixes choices of the style; what it leaves open is thrown. `kind` limits it to such people."""

    arrange: Callable[[Person, Style, Template], tuple[Block, ...]]
    header: Header = on_paper.centred_header
    forms: tuple[tuple[str, Any], ...] = ()
    languages: tuple[Language, ...] = ("zh",)
    kind: str = ""
    same_company: bool = False
    intention: bool = True


def arrange(name: str, person: Person, seed: int) -> tuple[Sheet, Person, Style]:
    """The sheet, the person as it prints them (two positions may share a company), and the style for the truth."""
    template = TEMPLATES[name]
    dice = random.Random(f"{name} {seed}")
    person = _in_one_company(person) if template.same_company else person
    style = _style(template, person, dice)
    blocks = template.arrange(person, style, template)
    return Sheet(title=f"{person.name} {name}", blocks=blocks, colour=style.colour), person, style


def _style(template: Template, person: Person, dice: random.Random) -> Style:
    dates = [form for form in forms_for(person.language) if person.kind == "experienced" or not FORMS[form].years_only]
    thrown: dict[str, Any] = {
        "dates": dice.choice(dates),
        "look": dice.choice(("rule", "band", "plain")),
        "skills": dice.choice(("lines", "levels", "plain", "bullets")),
        "phone": dice.choice(("plain", "plain", "spaced", "dashed", "country")),
        "separator": dice.choice(("    ", " | ", " · ", "   ")),
        "bullet": dice.choice(("•", "·", "-", "1.", "◆", "●")),
        "colour": dice.choice(_COLOURS),
        "departments": dice.random() < _WITH_DEPARTMENT
        and dict(template.forms).get("entry") not in ("table", "labelled"),
    }
    return Style(language=person.language, dice=dice, **thrown | dict(template.forms))


def _in_one_company(person: Person) -> Person:
    """A career inside one company: the second job's employer is the first one's."""
    if len(person.jobs) < 2:
        return person
    newest, before, *older = person.jobs
    return replace(person, jobs=(newest, replace(before, company=newest.company), *older))


def _order(person: Person, template: Template) -> Sequence[str]:
    graduate = person.kind == "graduate"
    names = [
        ("internship" if graduate and name == "work" else name) for name in (_GRADUATE if graduate else _EXPERIENCED)
    ]
    return ["intention", *names] if template.intention and person.language != "en" else names


def mixed(person: Person, style: Style, template: Template) -> tuple[Block, ...]:
    """Internships and projects under one heading."""
    names = ["mixed" if name == "internship" else name for name in _order(person, template) if name != "projects"]
    return *template.header(person, style), *on_paper.sections_of(names, person, style)


def single(person: Person, style: Style, template: Template) -> tuple[Block, ...]:
    return *template.header(person, style), *on_paper.sections_of(_order(person, template), person, style)


def sidebar(
    person: Person, style: Style, template: Template, *, dark: bool = False, boxes: bool = False
) -> tuple[Block, ...]:
    """Photo, contacts, skills and certificates at the side; the career beside them."""
    order = _order(person, template)
    side = ("skills", "certificates", "awards")
    told = [*on_paper.contacts(person, style), *on_paper.personal(person, style)]
    left = (
        Photo(),
        Text(person.name, size=18, bold=True),
        Text(person.intention.position),
        style.title("personal"),
        *(Text(line, size=9) for line in told),
        *on_paper.sections_of([name for name in order if name in side], person, style),
    )
    right = on_paper.sections_of([name for name in order if name not in (*side, "intention")], person, style)
    return (Columns(left, right, dark=dark, boxes=boxes),)


def dark_sidebar(person: Person, style: Style, template: Template) -> tuple[Block, ...]:
    return sidebar(person, style, template, dark=True)


def text_boxes(person: Person, style: Style, template: Template) -> tuple[Block, ...]:
    return sidebar(person, style, template, boxes=True)


def form(person: Person, style: Style, template: Template) -> tuple[Block, ...]:
    """The whole resume as one printed form: each section's name in a cell at the left, its content merged beside it."""
    rows = []
    for name in _order(person, template):
        printed = on_paper.section(name, person, style)
        if printed:
            title, *content = printed
            rows.append((cell(getattr(title, "text", ""), bold=True, shaded=True), Cell(tuple(content))))
    title = Text("个人简历", size=18, bold=True, align="center")
    return title, *on_paper.form_header(person, style), Grid(tuple(rows), (0.16, 0.84))


TEMPLATES: dict[str, Template] = {
    "classic": Template(single),
    "right_dates": Template(single, on_paper.labelled_header, (("entry", "right"), ("separator", "    "))),
    "left_dates": Template(single, on_paper.plain_header, (("entry", "left"),)),
    "stacked_dates": Template(single, on_paper.plain_header, (("entry", "stacked"), ("dates", "dots"))),
    "graduated": Template(single, forms=(("entry", "right"), ("dates", "chinese"), ("end_of_study_only", True))),
    "two_lines": Template(single, on_paper.plain_header, (("entry", "two_lines"),)),
    "date_first": Template(single, on_paper.labelled_header, (("entry", "front"), ("separator", "    "))),
    "pipes": Template(single, on_paper.centred_header, (("entry", "pipe"), ("separator", " | "))),
    "sidebar_dark": Template(dark_sidebar, forms=(("entry", "two_lines"), ("look", "rule")), intention=False),
    "sidebar_light": Template(
        sidebar, forms=(("entry", "right"), ("separator", "  "), ("skills", "lines")), intention=False
    ),
    "form_table": Template(form, forms=(("entry", "front"), ("separator", "  "))),
    "header_tables": Template(single, on_paper.form_header, (("entry", "table"), ("skills", "matrix"))),
    "spaced_headings": Template(single, forms=(("heading", "spaced"), ("look", "band"))),
    "icon_headings": Template(single, on_paper.labelled_header, (("heading", "icon"), ("bullet", "◆"))),
    "numbered_headings": Template(single, forms=(("heading", "numbered"), ("bullet", "1."))),
    "subtitle_headings": Template(single, on_paper.labelled_header, (("heading", "subtitle"),)),
    "bilingual_headings": Template(single, on_paper.plain_header, (("heading", "bilingual"),)),
    "bracket_headings": Template(single, forms=(("heading", "bracket"), ("entry", "front"))),
    "nested_projects": Template(single, forms=(("nested_projects", True),), kind="experienced"),
    "several_positions": Template(single, forms=(("entry", "right"),), kind="experienced", same_company=True),
    "one_line": Template(single, forms=(("entry", "one_line"), ("skills", "plain"))),
    "paragraphs": Template(single, on_paper.labelled_header, (("paragraphs", True), ("heading", "colon"))),
    "date_below": Template(single, on_paper.plain_header, (("entry", "date_below"), ("separator", " | "))),
    "role_first": Template(single, forms=(("entry", "role_first"), ("separator", " | "))),
    "sentences": Template(single, on_paper.labelled_header, (("entry", "sentence"), ("skills", "sentences"))),
    "labelled_entries": Template(single, on_paper.labelled_header, (("entry", "labelled"), ("separator", "    "))),
    "mixed_section": Template(mixed, forms=(("entry", "right"),), kind="graduate"),
    "english": Template(single, forms=(("entry", "right"), ("separator", " - ")), languages=("en",)),
    "english_role_first": Template(single, forms=(("entry", "role_first"), ("separator", ", ")), languages=("en",)),
    "english_two_lines": Template(single, on_paper.plain_header, (("entry", "two_lines"),), languages=("en",)),
    "traditional": Template(single, on_paper.labelled_header, (("entry", "right"),), languages=("zh-Hant",)),
    "text_boxes": Template(text_boxes, forms=(("entry", "two_lines"), ("look", "plain")), intention=False),
}
