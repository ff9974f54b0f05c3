"""A resume as PDF: view, template, engine; tightened to one page where that is asked for and can be read."""

from collections.abc import Callable
from dataclasses import replace

from common.documents.pdf_pages_over import lines_over
from common.documents.template_shelf import Look, theme
from common.documents.typesetting import fonts, photo, templates
from common.documents.typesetting.engine import PdfMetadata, typeset
from common.documents.typesetting.length import refuse_a_book
from common.domain.rendering.arrange import arrange, in_columns
from common.domain.rendering.cuts import what_to_cut
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.fit import TIGHTEST, PageFit, tightened
from common.domain.rendering.options import RenderOptions, styled
from common.domain.rendering.present import present
from common.domain.rendering.theme import Theme
from common.domain.rendering.view import ResumeView
from common.domain.resume.model import Resume

#: Turns on the repaired line breaking; see typesetting/patches/line_breaking.py.
_WORD_WRAP = "-pdf-word-wrap: CJK;"


def write_pdf(
    resume: Resume, *, template: str, options: RenderOptions | None = None, look: Look | None = None
) -> TypesetPdf:
    """An A4 PDF whose text extracts as it was written; the same resume and options give the same bytes.

    `look` is that of the template on another shelf than the bundled one.

    Raises InvalidField(field="template"), FileHasTooManyPages, DeadlineExceeded.
    """
    chosen = look or Look(theme(template))
    style = styled(chosen.theme, options or RenderOptions())
    view = arrange(present(resume, language=style.language), style)
    refuse_a_book(view)
    serif, picture = style.typeface == "serif", photo.prepare(view.photo)

    def draw(drawn: Theme) -> TypesetPdf:
        html = page_html(in_columns(view, drawn), template, drawn, picture, chosen.layout)
        content, pages, missing = typeset(html, _metadata(view), serif=serif)
        return TypesetPdf(content, pages, missing, serif_is_absent=serif and not fonts.has_serif())

    return _on_one_page(view, style, draw) if style.fit == "one_page" else draw(style)


def _on_one_page(view: ResumeView, style: Theme, draw: Callable[[Theme], TypesetPdf]) -> TypesetPdf:
    """The loosest step that fits. When even the tightest does not, the page as designed, with what to cut."""
    roomy = draw(style)
    if roomy.pages == 1:
        return replace(roomy, fit=PageFit(fits=True))
    best, best_step = draw(tightened(style, TIGHTEST)), TIGHTEST
    if best.pages > 1:
        over = lines_over(best.content)
        return replace(roomy, fit=PageFit(fits=False, lines_over=over, cuts=what_to_cut(view, over)))
    too_loose = 0
    while best_step - too_loose > 1:
        step = (best_step + too_loose) // 2
        tried = draw(tightened(style, step))
        if tried.pages == 1:
            best, best_step = tried, step
        else:
            too_loose = step
    return replace(best, fit=PageFit(fits=True, step=best_step))


def page_html(
    view: ResumeView, template: str, style: Theme, picture: photo.Photo | None, layout: str | None = None
) -> str:
    """The page that the engine, or a browser, sets; `picture` is the view's photo. Raises InvalidField(field="template")."""
    engine: dict[str, object] = {
        "font_family": fonts.font_family(serif=style.typeface == "serif"),
        "body_css": _WORD_WRAP,
    }
    if picture:
        engine.update(photo_width_mm=picture.width_mm, photo_height_mm=picture.height_mm)
    shown = replace(view, photo=picture.data_uri if picture else None)
    return templates.fill(template, shown, style, engine=engine, layout=layout)


def _metadata(view: ResumeView) -> PdfMetadata:
    keywords = [row.label for section in view.sections if section.kind == "skills" for row in section.rows if row.label]
    return PdfMetadata(title=view.document_title, author=view.name, subject=view.headline, keywords=",".join(keywords))
