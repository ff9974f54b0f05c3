"""PDF → lines in reading order, and pictures of the pages that have no usable text layer. Engine: PDFium."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from common.documents.limits import MAX_PDF_PAGES
from common.documents.pdf_glyphs import read_glyphs
from common.documents.pdf_ground import look
from common.documents.pdf_layout import lines_of_page
from common.documents.pdf_raster import page_png
from common.documents.text_gate import has_lost_its_digits, is_garbled, is_sparse
from common.domain.parsing.source import Line, PageImage, SourceDocument
from common.errors import FileDamaged, FileEncrypted, FileHasTooManyPages, NoTextFound

_PDFIUM = threading.Lock()  # PDFium is not thread-safe
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_MANY_REPLACEMENTS = 8  # by chance: once in 16 MB of compressed data
_REPLACEMENT = "\ufffd".encode()
_LARGE_IMAGE = 0.25  # of the page's area


@dataclass(frozen=True)
class _PageText:
    number: int
    lines: list[Line]
    hidden: int
    pictured: bool

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def is_readable(self) -> bool:
        return not is_sparse(self.text) and not is_garbled(self.text)


def read_pdf(content: bytes) -> SourceDocument:
    """Boxes and sizes in points. A document with a healthy text layer never goes to OCR, except for its scanned pages.

    Raises FileEncrypted, FileDamaged, FileHasTooManyPages, NoTextFound.
    """
    with _PDFIUM, _opened(content) as document:
        pages = [_read_page(document, index) for index in range(len(document))]
        unread = _pages_for_ocr(pages)
        images = tuple(_pictures(document, unread))
    lines = tuple(line for page in pages if page.number not in unread for line in page.lines)
    if not lines and not images:
        raise FileDamaged(reason="pdf_decoded_as_text") if _is_mangled(content) else NoTextFound()
    return SourceDocument(kind="pdf", lines=lines, unread=images, pages=len(pages), warnings=_warnings(pages))


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD_ERROR:
            raise FileEncrypted from error
        raise FileDamaged(reason="pdf_decoded_as_text" if _is_mangled(content) else "pdf_unreadable") from error
    with closing(document):
        if len(document) == 0:
            raise FileDamaged(reason="pdf_without_pages")
        if len(document) > MAX_PDF_PAGES:
            raise FileHasTooManyPages(pages=len(document), max_pages=MAX_PDF_PAGES)
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise FileDamaged(reason="pdf_page_unreadable") from error


def _is_mangled(content: bytes) -> bool:
    """Bytes that were decoded as text on their way to us: what forgetting isBase64Encoded behind a gateway does."""
    return content.count(_REPLACEMENT) >= _MANY_REPLACEMENTS


def _read_page(document: Any, index: int) -> _PageText:
    with closing(document[index]) as page, closing(page.get_textpage()) as text_page:
        glyphs = read_glyphs(text_page.raw)
        view = look(page, glyphs)
        return _PageText(
            number=index + 1,
            lines=lines_of_page(glyphs, view.seen, page=index + 1, edges=page.get_bbox()),
            hidden=sum(len(run.places) for run in view.hidden),
            pictured=view.pictured > _LARGE_IMAGE,
        )


def _pages_for_ocr(pages: list[_PageText]) -> set[int]:
    """Numbers of the pages whose text layer is missing or wrong. Pure: decides on text and pictures alone."""
    if has_lost_its_digits("\n".join(page.text for page in pages)):
        return {page.number for page in pages}
    unreadable = {page.number for page in pages if not page.is_readable}
    if len(unreadable) < len(pages):
        unreadable = {page.number for page in pages if page.number in unreadable and _is_lost(page)}
    return unreadable


def _is_lost(page: _PageText) -> bool:
    """Beside healthy pages a short last page is just short: only a scan or garbage is worth OCR there."""
    return page.pictured if is_sparse(page.text) else is_garbled(page.text)


def _pictures(document: Any, numbers: set[int]) -> Iterator[PageImage]:
    for number in sorted(numbers):
        with closing(document[number - 1]) as page:
            png = page_png(page)
        if png:
            yield PageImage(page=number, content=png, media_type="image/png")


def _warnings(pages: list[_PageText]) -> tuple[str, ...]:
    hidden = sum(page.hidden for page in pages)
    return (f"文件里有 {hidden} 个看不见的字符，已忽略",) if hidden else ()
