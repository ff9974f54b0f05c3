"""A resume as the view that every layout shows: the PDF's, Word's and the browser's."""

from collections.abc import Mapping
from types import MappingProxyType

from common.domain.rendering import header, order
from common.domain.rendering.labels import Labels
from common.domain.rendering.language import main_language
from common.domain.rendering.paper_text import one_line
from common.domain.rendering.sections import sections_of
from common.domain.rendering.view import LayoutLanguage, ResumeView
from common.domain.resume.model import Resume

#: Fields of the model that no layout prints, and why. A test fails for a field that is neither here nor on paper.
NOT_PRINTED: Mapping[str, str] = MappingProxyType(
    {
        "*.x_cn.degree_raw": "the degree says the same",
        "*.x_cn.date_raw": "the dates say the same; printed when they do not",
        "*.x_cn.kind": "chooses the section an entry stands in",
        "*.x_cn.current": "printed as the end of the period",
        "basics.x_cn.current": "a person has no period",
        "basics.x_cn.department": "only entries have a department",
        "basics.x_cn.score": "only entries have a score",
        "basics.x_cn.rank": "only entries have a rank",
        "basics.x_cn.location": "only entries have a place of their own",
        "basics.x_cn.mode": "only entries have a mode",
        "basics.x_cn.tags": "only entries have tags",
        "basics.x_cn.highlights": "only entries have lines of their own",
        "meta.canonical": "about the file, not about the person",
        "meta.version": "about the file, not about the person",
        "meta.last_modified": "about the file, not about the person",
        "meta.x_cn.provenance": "about the reading of the source",
        "meta.x_cn.warnings": "about the reading of the source",
        "meta.x_cn.photo": "about the file; the photo itself is basics.image",
        "meta.x_cn.review": "about the reading of the source",
        "x_cn.intention.salary.min": "the printed text says the same",
        "x_cn.intention.salary.max": "the printed text says the same",
        "x_cn.intention.salary.unit": "the printed text says the same",
        "x_cn.intention.salary.months": "the printed text says the same",
        "meta.x_cn.headings": "each entry knows the heading it stood under",
    }
)


def present(resume: Resume, *, language: LayoutLanguage | None = None) -> ResumeView:
    """Pure: the same resume gives the same view, and every text of it is in the view once (NOT_PRINTED aside).

    `language` of headings and dates: the resume's own unless given.
    """
    language = language or main_language(resume)
    labels = Labels(language)
    sections = sections_of(resume, labels)
    return ResumeView(
        language=language,
        colon=labels.colon,
        document_title=header.document_title(resume.basics, labels),
        name=one_line(resume.basics.name),
        headline=one_line(resume.basics.label),
        contacts=header.contacts(resume.basics, labels),
        personal=header.personal(resume),
        intention=header.intention(resume, labels),
        photo=header.photo(resume.basics),
        sections=order.in_order(sections, graduate=order.is_graduate(resume), language=language),
    )
