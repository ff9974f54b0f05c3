"""The Typesetter of wiring: PDF through xhtml2pdf, previews through PDFium, Word through python-docx."""

from collections.abc import Callable

from common.documents.preview import previews
from common.documents.template_shelf import BundledShelf
from common.documents.write_docx import write_docx
from common.documents.write_pdf import write_pdf
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.options import RenderOptions
from common.domain.resume.model import Resume
from common.errors import MojianError, VendorReplyInvalid

Report = Callable[[str, MojianError], None]


class XhtmlTypesetter:
    """Implements services.ports.Typesetter. Holds nothing: fonts and templates are cached per process.

    A published layout that cannot be drawn, whatever the reason, is reported and the bundled one drawn instead.
    """

    def __init__(self, shelf: BundledShelf | None = None, report: Report = lambda _name, _error: None) -> None:
        self._shelf, self._report = shelf or BundledShelf(), report

    def pdf(self, resume: Resume, *, template: str, options: RenderOptions) -> TypesetPdf:
        look = self._shelf.look(template)
        if look.layout is None:
            return write_pdf(resume, template=self._shelf.stand_in(template), options=options)
        try:
            return write_pdf(resume, template=template, options=options, look=look)
        except MojianError:  # of the resume, not of the layout
            raise
        except Exception as error:
            self._report(template, VendorReplyInvalid(vendor="oss", reason=type(error).__name__))
            return write_pdf(resume, template=self._shelf.stand_in(template), options=options)

    def previews(self, pdf: bytes, *, width_px: int) -> list[bytes]:
        return previews(pdf, width_px=width_px)

    def docx(self, resume: Resume, *, template: str, options: RenderOptions) -> bytes:
        """Word has no layout of its own: the theme is all it takes from a template."""
        return write_docx(resume, template=template, options=options, look=self._shelf.look(template))
