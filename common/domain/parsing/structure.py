"""Lines of a document → resume, by rules alone: no model, no network, nothing that is not in the source."""

from collections.abc import Callable, Sequence
from functools import partial

from common.domain.parsing.basics import read_basics, read_summary
from common.domain.parsing.blank_forms import without_blank_labels
from common.domain.parsing.broken_dates import with_whole_dates
from common.domain.parsing.columns import column_names
from common.domain.parsing.draft import Draft
from common.domain.parsing.education import read_education
from common.domain.parsing.experience import read_experience
from common.domain.parsing.leftover import unplaced_rows
from common.domain.parsing.lists import (
    read_courses,
    read_interests,
    read_language_section,
    read_list,
    read_references,
    read_skill_section,
)
from common.domain.parsing.pasted_json import without_json_marks
from common.domain.parsing.projects import read_projects
from common.domain.parsing.provenance import provenance_of
from common.domain.parsing.review import review_of
from common.domain.parsing.rows import number_rows, without_page_furniture
from common.domain.parsing.sections import Section, labelled_lists, split_sections
from common.domain.parsing.source import Line
from common.domain.parsing.warn import warnings_for
from common.domain.resume.model import Resume
from common.domain.resume.sections import SectionKind

_READERS: dict[SectionKind, Callable[[Section, Draft], None]] = {
    "education": read_education,
    "work": read_experience,
    "internship": read_experience,
    "campus": read_experience,
    "mixed": read_experience,
    "projects": read_projects,
    "skills": read_skill_section,
    "languages": read_language_section,
    "interests": read_interests,
    "courses": read_courses,
    "references": read_references,
    "awards": partial(read_list, "awards"),
    "certificates": partial(read_list, "certificates"),
    "publications": partial(read_list, "publications"),
}


def structure(document_lines: Sequence[Line]) -> Resume:
    """What fits nowhere is in meta.x_cn.unplaced, so every word of the source is in the result."""
    rows = number_rows(document_lines)
    content_rows = without_blank_labels(without_page_furniture(rows))
    sections = split_sections(with_whole_dates(without_json_marks(content_rows)))
    draft = Draft()
    for section in [*sections, *labelled_lists(sections)]:
        if section.kind in _READERS:
            _READERS[section.kind](section, draft)
    read_basics(rows, sections, draft)
    read_summary(sections, draft)
    meta = draft.resume.meta.x_cn
    meta.headings = [{"kind": section.kind, "heading": section.heading} for section in sections if section.heading]
    tables = [row for section in sections for row in section.rows if column_names(row)]
    meta.headings += [{"kind": "columns", "heading": row.text} for row in tables]
    content = draft.resume.as_json_resume()
    name = draft.basics.get("name")
    meta.provenance = provenance_of(draft, content, rows)
    meta.unplaced = [row.text for row in unplaced_rows(rows, content)]
    meta.warnings = warnings_for(draft.resume, rows)
    meta.review = review_of(draft.resume, meta.provenance, rows, rivals=name.rivals if name else ())
    return draft.resume
