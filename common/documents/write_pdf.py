"""A resume as PDF: view, template, engine."""

from dataclasses import replace

from common.documents.template_shelf import theme
from common.documents.typesetting import fonts, photo, templates
from common.documents.typesetting.engine import PdfMetadata, typeset
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.present import present
from common.domain.rendering.view import ResumeView
from common.domain.resume.model import Resume

#: Turns on the repaired line breaking; see typesetting/patches/line_breaking.py.
_WORD_WRAP = "-pdf-word-wrap: CJK;"


def write_pdf(resume: Resume, *, template: str) -> TypesetPdf:
    """An A4 PDF whose text extracts as it was written; the same resume gives the same bytes.

    Raises InvalidField(field="template"), FileHasTooManyPages, DeadlineExceeded.
    """
    view = present(resume)
    html = _html(view, template)
    content, pages, missing = typeset(html, _metadata(view))
    return TypesetPdf(content=content, pages=pages, missing_characters=missing)


def _html(view: ResumeView, template: str) -> str:
    picture = photo.prepare(view.photo)
    engine: dict[str, object] = {"font_family": fonts.FONT_FAMILY, "body_css": _WORD_WRAP}
    if picture:
        engine.update(photo_width_mm=picture.width_mm, photo_height_mm=picture.height_mm)
    shown = replace(view, photo=picture.data_uri if picture else None)
    return templates.fill(template, shown, theme(template), engine=engine)


def _metadata(view: ResumeView) -> PdfMetadata:
    keywords = [row.label for section in view.sections if section.kind == "skills" for row in section.rows if row.label]
    return PdfMetadata(title=view.document_title, author=view.name, subject=view.headline, keywords=",".join(keywords))
