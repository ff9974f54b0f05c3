"""The Typesetter of wiring: PDF and web page through xhtml2pdf, previews through PDFium, Word through python-docx."""

from common.documents.preview import previews
from common.documents.write_docx import write_docx
from common.documents.write_html import write_html
from common.documents.write_pdf import write_pdf
from common.domain.rendering.document import TypesetPdf
from common.domain.rendering.options import RenderOptions
from common.domain.resume.model import Resume


class XhtmlTypesetter:
    """Implements services.ports.Typesetter. Holds nothing: fonts and templates are cached per process."""

    def pdf(self, resume: Resume, *, template: str, options: RenderOptions) -> TypesetPdf:
        return write_pdf(resume, template=template, options=options)

    def previews(self, pdf: bytes, *, width_px: int) -> list[bytes]:
        return previews(pdf, width_px=width_px)

    def html(self, resume: Resume, *, template: str, options: RenderOptions, pdf: TypesetPdf) -> bytes:
        return write_html(resume, template=template, options=options, fit=pdf.fit).encode()

    def docx(self, resume: Resume, *, template: str, options: RenderOptions) -> bytes:
        return write_docx(resume, template=template, options=options)
