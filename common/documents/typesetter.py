"""The Typesetter of wiring: PDF and web page through xhtml2pdf, previews through PDFium, Word through python-docx."""

from collections.abc import Callable
from typing import TypeVar

from common.documents.preview import previews
from common.documents.template_shelf import BundledShelf, Look
from common.documents.write_docx import write_docx
from common.documents.write_html import write_html
from common.documents.write_pdf import write_pdf
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.options import RenderOptions
from common.domain.resume.model import Resume
from common.errors import MojianError, VendorReplyInvalid

Report = Callable[[str, MojianError], None]
Page = TypeVar("Page")


class XhtmlTypesetter:
    """Implements services.ports.Typesetter. Holds nothing: fonts and templates are cached per process.

    A published layout that cannot be drawn, whatever the reason, is reported and the bundled one drawn instead.
    """

    def __init__(self, shelf: BundledShelf | None = None, report: Report = lambda _name, _error: None) -> None:
        self._shelf, self._report = shelf or BundledShelf(), report

    def pdf(self, resume: Resume, *, template: str, options: RenderOptions) -> TypesetPdf:
        return self._drawn(template, lambda name, look: write_pdf(resume, template=name, options=options, look=look))

    def previews(self, pdf: bytes, *, width_px: int) -> list[bytes]:
        return previews(pdf, width_px=width_px)

    def html(self, resume: Resume, *, template: str, options: RenderOptions, pdf: TypesetPdf) -> bytes:
        def draw(name: str, look: Look | None) -> str:
            return write_html(resume, template=name, options=options, fit=pdf.fit, look=look)

        return self._drawn(template, draw).encode()

    def docx(self, resume: Resume, *, template: str, options: RenderOptions) -> bytes:
        """Word has no layout of its own: the theme is all it takes from a template."""
        return write_docx(resume, template=template, options=options, look=self._shelf.look(template))

    def _drawn(self, template: str, draw: Callable[[str, Look | None], Page]) -> Page:
        look, stand_in = self._shelf.look(template), self._shelf.stand_in(template)
        if look.layout is not None:
            try:
                return draw(template, look)
            except MojianError:  # of the resume, not of the layout
                raise
            except Exception as error:
                self._report(template, VendorReplyInvalid(vendor="oss", reason=type(error).__name__))
        return draw(stand_in, None)
