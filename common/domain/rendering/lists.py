"""Skills, languages and interests: sections that are lists, not stories."""

from collections.abc import Sequence

from common.domain.rendering.entries import extension
from common.domain.rendering.labels import Labels
from common.domain.rendering.paper_text import lines_of, one_line, without_bullet
from common.domain.rendering.view import Fact, Section
from common.domain.resume.model import Entry, Interest, Language, Skill

#: A skill whose name is longer than this is a sentence, not a label.
LONGEST_LABEL = 16


def skill_section(title: str, skills: Sequence[Skill], labels: Labels) -> Section:
    """Label and list a row; bare short names share one row; sentences become bullets."""
    rows: list[Fact] = []
    bare: list[str] = []
    sentences: list[str] = []
    for skill in skills:
        name = _with_level(one_line(skill.name), [skill.level, *_extras(skill)], labels)
        keywords = labels.comma.join(one_line(keyword) for keyword in skill.keywords)
        if name and keywords and len(name) <= LONGEST_LABEL * 2:
            rows.append(Fact(name, keywords))
        elif keywords or len(name) > LONGEST_LABEL:
            sentences += (without_bullet(line) for line in lines_of(labels.colon.join(filter(None, (name, keywords)))))
        elif name:
            bare.append(name)
    if bare:
        rows.append(Fact("", labels.comma.join(bare)))
    return Section("skills", title, rows=tuple(rows), bullets=tuple(sentences))


def language_section(title: str, languages: Sequence[Language], labels: Labels) -> Section:
    rows = (
        Fact(one_line(entry.language), labels.comma.join(filter(None, map(one_line, [entry.fluency, *_extras(entry)]))))
        for entry in languages
    )
    return Section("languages", title, rows=tuple(row for row in rows if row.label or row.value))


def interest_section(title: str, interests: Sequence[Interest], labels: Labels) -> Section:
    rows: list[Fact] = []
    bare: list[str] = []
    for interest in interests:
        name = _with_level(one_line(interest.name), _extras(interest), labels)
        keywords = labels.comma.join(one_line(keyword) for keyword in interest.keywords)
        if keywords:
            rows.append(Fact(name, keywords))
        elif name:
            bare.append(name)
    if bare:
        rows.append(Fact("", labels.comma.join(bare)))
    return Section("interests", title, rows=tuple(rows))


def _extras(entry: Entry) -> list[str | None]:
    own = extension(entry)
    return [own.score, own.rank, own.department, own.mode, own.location, own.date_raw, *own.tags, *own.highlights]


def _with_level(name: str, levels: Sequence[str | None], labels: Labels) -> str:
    level = labels.comma.join(filter(None, map(one_line, levels)))
    return f"{name}{labels.in_brackets(level)}" if name and level else name or level
