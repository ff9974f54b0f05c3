"""Sections that are plain lists: skills, languages, interests, awards, certificates, publications."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from common.domain.parsing.columns import cells_of, column_names
from common.domain.parsing.draft import Draft
from common.domain.parsing.fields.awards import read_awards
from common.domain.parsing.fields.certificates import is_certificate, read_certificates
from common.domain.parsing.fields.languages import read_languages
from common.domain.parsing.fields.publications import read_publications
from common.domain.parsing.fields.skills import read_skills
from common.domain.parsing.rows import Row, paragraphs
from common.domain.parsing.sections import Section
from common.domain.resume.model import Entry, EntryExtension, Interest, Language, Reference, Skill
from common.domain.resume.sections import heading_kind
from common.domain.resume.text import join_wrapped

_INDENT = 20.0
_PAIR = 2
_LONGEST_LABEL = 16
_BOTH = re.compile(r"证书|證照|證書|认证|certif", re.IGNORECASE)
_READ: dict[str, Callable[[Sequence[Row]], Sequence[Any]]] = {
    "awards": read_awards,
    "certificates": read_certificates,
    "publications": read_publications,
    "skills": read_skills,
}


def read_list(name: str, section: Section, draft: Draft) -> None:
    """`name` is the resume's own section; every entry remembers the printed heading."""
    _add_all(name, _READ[name]([row for row in section.rows if not column_names(row)]), section, draft)


def read_skill_section(section: Section, draft: Draft) -> None:
    """技能证书 is two lists in one; a row of certificates goes to them."""
    if section.rows and len(column_names(section.rows[0]) or ()) == _PAIR:
        _add_all("skills", _described_skills(section.rows[1:]), section, draft)
        return
    if section.rows and len(column_names(section.rows[0]) or ()) > _PAIR:
        _add_all("skills", _graded_skills(section.rows[1:]), section, draft)
        return
    rows = _without_labelled_lists(section, draft)
    certificates = (
        [row for row in rows if is_certificate(row.plain)]
        if _BOTH.search(re.sub(r"\s", "", section.heading or ""))
        else []
    )
    _add_all("certificates", read_certificates(certificates), section, draft)
    _add_all("skills", read_skills([row for row in rows if row not in certificates]), section, draft)


def _without_labelled_lists(section: Section, draft: Draft) -> list[Row]:
    """外语水平：…, 证书：… and 爱好：… among the skills are lists of their own; the rest is returned."""
    rest: list[Row] = []
    for row in section.rows:
        label, _, value = row.plain.replace("：", ":").partition(":")
        kind = heading_kind(label) if value.strip() and len(label) <= _LONGEST_LABEL else None
        small = Section(kind or "other", section.heading, [replace(row, text=value.strip())])
        languages, others = read_languages(small.rows) if kind == "languages" else ([], [])
        if languages and not others:
            _add_all("languages", languages, small, draft)
        elif others and re.match(r"外语|外語|英语|英語", label):
            _add_all("languages", [Language(language=label[:2], fluency=value.strip())], small, draft)
        elif value.strip() and (tongue := read_languages([row])) and tongue[0] and not tongue[1]:
            _add_all("languages", tongue[0], small, draft)
        elif kind == "certificates":
            _add_all("certificates", read_certificates(small.rows), small, draft)
        elif kind == "interests" or label in ("文体特长", "特长爱好"):
            read_interests(small, draft)
        else:
            rest.append(row)
    return rest


def _described_skills(rows: Sequence[Row]) -> list[Skill]:
    """A table of a skill and what is said of it; a row that starts further right goes on with the text above."""
    left = min((row.left for row in rows if row.left is not None), default=0.0)
    skills: list[Skill] = []
    for row in rows:
        name, gap, text = (cell.strip() for cell in re.sub(r"\s*\|\s*|\s{2,}", "\n", row.text).partition("\n"))
        if skills and skills[-1].x_cn and not gap and (row.left or 0) > left + _INDENT:
            said = skills[-1].x_cn.highlights
            said[-1:] = [join_wrapped(said[-1], row.text)] if said else [row.text]
        else:
            skills.append(Skill(name=name, x_cn=EntryExtension(highlights=[text] if text else [])))
    return skills


def _graded_skills(rows: Sequence[Row]) -> list[Skill]:
    """技能名称 | 熟练程度 | 使用时间: the name stands first, its level next, the rest is said of it."""
    cells = [cells_of(row) for row in rows]
    return [
        Skill(name=name, level=more[0] if more else None, x_cn=EntryExtension(highlights=more[1:]))
        for name, *more in cells
        if re.search(r"\w", name)
    ]


def read_language_section(section: Section, draft: Draft) -> None:
    """What is not a language there (CET-6 580) is a skill."""
    languages, others = read_languages(section.rows)
    _add_all("languages", languages, section, draft)
    _add_all("skills", read_skills(others), section, draft)


def read_interests(section: Section, draft: Draft) -> None:
    for row in section.rows:
        keywords = [word.strip(" 。.") for word in re.split(r"[、,，;；]|\s{2,}", row.plain) if word.strip(" 。.")]
        _add_all("interests", [Interest(keywords=keywords)], section, draft)


def read_references(section: Section, draft: Draft) -> None:
    _add_all("references", [Reference(reference=text) for text in paragraphs(section.rows)], section, draft)


def read_courses(section: Section, draft: Draft) -> None:
    """A section of courses belongs to the studies read last; without any it stays unplaced."""
    if draft.resume.education:
        courses = [part.strip(" 。.") for row in section.rows for part in re.split(r"[、,，;；]|\s{2,}", row.plain)]
        draft.resume.education[-1].courses += [course for course in courses if course]


def _add_all(name: str, entries: Sequence[Entry], section: Section, draft: Draft) -> None:
    for entry in entries:
        entry.x_cn = entry.x_cn or EntryExtension()
        entry.x_cn.heading = section.heading
        draft.add(name, entry, section.rows)
