"""The other sections on paper: headers with the contacts, skills in their forms, certificates, awards, summary, intention."""

from collections.abc import Callable, Sequence

from scripts.benchmarks.generator import entries
from scripts.benchmarks.generator.person import Person, SkillGroup
from scripts.benchmarks.generator.sheet import Block, Bullets, Cell, Columns, Grid, Photo, Text, cell
from scripts.benchmarks.generator.style import Style


def contacts(person: Person, style: Style) -> list[str]:
    return [
        style.labelled("phone", style.phone_number(person.phone)),
        style.labelled("email", person.email),
        style.labelled("city", person.city),
        *(f"{label}{style.colon}{link}" for label, link in person.links.items()),
    ]


def personal(person: Person, style: Style) -> list[str]:
    return [f"{label}{style.colon}{value}" for label, value in person.personal.items()]


def centred_header(person: Person, style: Style) -> tuple[Block, ...]:
    bare = (style.phone_number(person.phone), person.email, person.city)
    between = style.dice.choice((" | ", " · ", "    ", "  /  "))
    lines = style.dice.choice((bare, contacts(person, style)))
    return Text(person.name, size=20, bold=True, align="center"), Text(between.join(lines), align="center", size=9.5)


def labelled_header(person: Person, style: Style) -> tuple[Block, ...]:
    """Name, then two fields to a line, and the photo beside them."""
    lines = [*contacts(person, style), *personal(person, style)]
    pairs = [lines[at : at + 2] for at in range(0, len(lines), 2)]
    rows = tuple(tuple(cell(text) for text in (*pair, "")[:2]) for pair in pairs)
    name = Text(person.name, size=18, bold=True)
    beside = Cell((Photo(),))
    return (Grid(((Cell((name, Grid(rows, (0.5, 0.5), border=False))), beside),), (0.82, 0.18), border=False),)


def plain_header(person: Person, style: Style) -> tuple[Block, ...]:
    """Name and position, then the contacts one below the other."""
    position = [Text(person.intention.position, size=12, grey=True)] if style.language != "zh-Hant" else []
    return Text(person.name, size=22, bold=True), *position, *(Text(line) for line in contacts(person, style))


def form_header(person: Person, style: Style) -> tuple[Block, ...]:
    """The table form: label and value cells, the photo over four rows at the right."""
    pairs = [
        (style.label("name"), person.name),
        *person.personal.items(),
        (style.label("phone"), style.phone_number(person.phone)),
        (style.label("city"), person.city),
        (style.label("email"), person.email),
    ]
    rows: list[tuple[Cell, ...]] = []
    for at in range(0, len(pairs) - 1, 2):
        two = [part for label, value in pairs[at : at + 2] for part in (cell(label, shaded=True), cell(value))]
        rows.append((*two, *([Cell((Photo(),), rows=4)] if at == 0 else [])))
    label, value = pairs[-1]
    rows.append((cell(label, shaded=True), cell(value, columns=4 if len(rows) >= 4 else 3)))
    return (Grid(tuple(rows), (0.15, 0.24, 0.15, 0.26, 0.2)),)


def intention(person: Person, style: Style) -> tuple[Block, ...]:
    wanted = person.intention
    pairs = (
        ("position", wanted.position),
        ("wanted_city", wanted.city),
        ("salary", wanted.salary),
        ("available", wanted.available),
    )
    return (Text("    ".join(style.labelled(key, value) for key, value in pairs)),)


def skills(person: Person, style: Style) -> tuple[Block, ...]:
    groups = person.skills
    if style.skills == "plain":
        return (Text((" / ", ", ")[style.language == "en"].join(item for group in groups for item in group.items)),)
    if style.skills == "matrix":
        rows = tuple((cell(group.label), cell(style.comma.join(group.items))) for group in groups)
        return (Grid(rows, (0.25, 0.75)),)
    if style.skills == "sentences":
        return tuple(Text(_skill_sentence(group)) for group in groups)
    lines = tuple(_skill_line(group, style) for group in groups)
    return (Bullets(lines, style.bullet),) if style.skills == "bullets" else tuple(Text(line) for line in lines)


def _skill_sentence(group: SkillGroup) -> str:
    first, *others = group.items
    return (
        f"熟练掌握{first}，{group.level}{'、'.join(others)}，能独立完成相关工作；" if others else f"熟练掌握{first}；"
    )


def _skill_line(group: SkillGroup, style: Style) -> str:
    gap = " " if style.language == "en" else ""
    if style.skills == "levels":
        return f"{group.level}{gap}{style.comma.join(group.items)}"
    return f"{group.label}{style.colon}{style.comma.join(group.items)}"


def certificates(person: Person, style: Style) -> tuple[Block, ...]:
    return _list(person.certificates, style)


def awards(person: Person, style: Style) -> tuple[Block, ...]:
    dated = [f"{style.date_form.month(month)}  {title}" for month, title in person.awards]
    return _list(dated, style)


def summary(person: Person, style: Style) -> tuple[Block, ...]:
    if style.paragraphs or style.entry in ("one_line", "two_lines"):
        end = ". " if style.language == "en" else "；"
        return (Text(end.join(person.summary) + end.strip().replace("；", "。")),)
    return _list(person.summary, style)


def _list(items: Sequence[str], style: Style) -> tuple[Block, ...]:
    glyph = "•" if style.bullet == "1." else style.bullet
    return (Bullets(tuple(items), glyph),)


#: Section → what prints it; one without content is left out by `sections_of`.
PRINTERS: dict[str, Callable[[Person, Style], tuple[Block, ...]]] = {
    "intention": intention,
    "education": entries.education,
    "work": entries.work,
    "internship": entries.work,
    "mixed": entries.mixed,
    "projects": entries.projects,
    "campus": entries.campus,
    "skills": skills,
    "certificates": certificates,
    "awards": awards,
    "summary": summary,
}


def section(name: str, person: Person, style: Style) -> tuple[Block, ...]:
    """Heading and content; nothing when the person has nothing to tell there."""
    told = {"campus": person.campus, "projects": person.projects and not style.nested_projects}
    if not told.get(name, True):
        return ()
    return style.title(name), *PRINTERS[name](person, style)


def sections_of(names: Sequence[str], person: Person, style: Style) -> tuple[Block, ...]:
    return tuple(block for name in names for block in section(name, person, style))


def two_columns(left: Sequence[Block], right: Sequence[Block], *, dark: bool, boxes: bool = False) -> Columns:
    return Columns(tuple(left), tuple(right), dark=dark, boxes=boxes)
