"""Every part of a resume as sections of its view. The one place to add a line for a new part."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from common.domain.rendering import entries, lists
from common.domain.rendering.labels import Labels
from common.domain.rendering.order import is_internship
from common.domain.rendering.paper_text import lines_of, one_line
from common.domain.rendering.view import EntryView, Section
from common.domain.resume.model import Entry, EntryExtension, Resume, Work
from common.domain.resume.text import han_count

AnyEntry = TypeVar("AnyEntry", bound=Entry)

_HEADING_DECORATION = re.compile(r"^[^\w]+|[^\w）)]+$")
_LONGEST_HEADING = 24


def sections_of(resume: Resume, labels: Labels) -> list[Section]:
    """All sections with something in them, in the model's order."""
    made = [
        *_summary(resume, labels),
        *_stories("work", resume.work, entries.work_entry, labels, name=_work_heading),
        *_stories("education", resume.education, entries.education_entry, labels),
        *_stories("projects", resume.projects, entries.project_entry, labels),
        *_stories("volunteer", resume.volunteer, entries.volunteer_entry, labels, name=_volunteer_heading),
        *_lists("skills", resume.skills, lists.skill_section, labels),
        *_lists("languages", resume.languages, lists.language_section, labels),
        *_lists("interests", resume.interests, lists.interest_section, labels),
        *_stories("awards", resume.awards, entries.award_entry, labels, compact=True),
        *_stories("certificates", resume.certificates, entries.certificate_entry, labels, compact=True),
        *_stories("publications", resume.publications, entries.publication_entry, labels, compact=True),
        *_stories("references", resume.references, entries.reference_entry, labels),
        Section("other", labels["other"], paragraphs=_unplaced(resume)),
    ]
    return [section for section in made if _says_something(section)]


def _summary(resume: Resume, labels: Labels) -> list[Section]:
    title = _heading(resume.basics.x_cn, labels) or labels["summary"]
    return [Section("summary", title, paragraphs=lines_of(resume.basics.summary))]


def _stories(
    kind: str,
    items: Sequence[AnyEntry],
    build: Callable[[AnyEntry, Labels], EntryView],
    labels: Labels,
    *,
    name: Callable[[AnyEntry], str] | None = None,
    compact: bool = False,
) -> list[Section]:
    """One section for each heading the source printed, else for each that `name` gives."""
    grouped = _by_heading(items, labels, lambda item: labels[name(item) if name else kind])
    made = []
    for title, members in grouped.items():
        shown = tuple(view for view in (build(item, labels) for item in members) if view != EntryView())
        made.append(Section(kind, title, entries=shown, compact=compact))
    return made


def _lists(
    kind: str,
    items: Sequence[AnyEntry],
    build: Callable[[str, Sequence[AnyEntry], Labels], Section],
    labels: Labels,
) -> list[Section]:
    grouped = _by_heading(items, labels, lambda _: labels[kind])
    return [build(title, members, labels) for title, members in grouped.items()]


def _by_heading(
    items: Sequence[AnyEntry], labels: Labels, fallback: Callable[[AnyEntry], str]
) -> dict[str, list[AnyEntry]]:
    groups: dict[str, list[AnyEntry]] = {}
    for item in items:
        groups.setdefault(_heading(item.x_cn, labels) or fallback(item), []).append(item)
    return groups


def _heading(own: EntryExtension | None, labels: Labels) -> str:
    """The heading as the source printed it, when it is one and in the layout's language."""
    printed = _HEADING_DECORATION.sub("", one_line(own.heading if own else None))
    speaks_chinese = han_count(printed) > 0
    fits = len(printed) <= _LONGEST_HEADING and speaks_chinese == (labels.language == "zh")
    return printed if fits else ""


def _work_heading(job: Work) -> str:
    return "internship" if is_internship(job) else "work"


def _volunteer_heading(role: Entry) -> str:
    return "campus" if role.x_cn and role.x_cn.kind == "campus" else "volunteer"


def _unplaced(resume: Resume) -> tuple[str, ...]:
    return tuple(line for text in resume.meta.x_cn.unplaced for line in lines_of(text))


def _says_something(section: Section) -> bool:
    return bool(section.paragraphs or section.entries or section.rows or section.bullets)
