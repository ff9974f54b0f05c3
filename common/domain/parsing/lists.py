"""Sections that are plain lists: skills, languages, interests, awards, certificates, publications."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from common.domain.parsing.draft import Draft
from common.domain.parsing.fields.awards import read_awards
from common.domain.parsing.fields.certificates import is_certificate, read_certificates
from common.domain.parsing.fields.languages import read_languages
from common.domain.parsing.fields.publications import read_publications
from common.domain.parsing.fields.skills import read_skills
from common.domain.parsing.rows import Row
from common.domain.parsing.sections import Section
from common.domain.resume.model import Entry, EntryExtension, Interest

_BOTH = re.compile(r"证书|證照|證書|认证|certif", re.IGNORECASE)
_READ: dict[str, Callable[[Sequence[Row]], Sequence[Any]]] = {
    "awards": read_awards,
    "certificates": read_certificates,
    "publications": read_publications,
    "skills": read_skills,
}


def read_list(name: str, section: Section, draft: Draft) -> None:
    """`name` is the resume's own section; every entry remembers the printed heading."""
    _add_all(name, _READ[name](section.rows), section, draft)


def read_skill_section(section: Section, draft: Draft) -> None:
    """技能证书 is two lists in one; a row of certificates goes to them."""
    certificates = (
        [row for row in section.rows if is_certificate(row.plain)]
        if _BOTH.search(re.sub(r"\s", "", section.heading or ""))
        else []
    )
    _add_all("certificates", read_certificates(certificates), section, draft)
    _add_all("skills", read_skills([row for row in section.rows if row not in certificates]), section, draft)


def read_language_section(section: Section, draft: Draft) -> None:
    """What is not a language there (CET-6 580) is a skill."""
    languages, others = read_languages(section.rows)
    _add_all("languages", languages, section, draft)
    _add_all("skills", read_skills(others), section, draft)


def read_interests(section: Section, draft: Draft) -> None:
    for row in section.rows:
        keywords = [word.strip(" 。.") for word in re.split(r"[、,，;；]|\s{2,}", row.plain) if word.strip(" 。.")]
        _add_all("interests", [Interest(keywords=keywords)], section, draft)


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
