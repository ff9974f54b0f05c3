"""PDF → lines in reading order, and pictures of the pages that have no usable text layer. Engine: PDFium."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

from common.documents.hidden_text import hidden_warnings
from common.documents.limits import MAX_PDF_PAGES
from common.documents.pdf_annotations import drawn_into, has_drawn_annotations, links_of, with_links
from common.documents.pdf_bombs import is_bomb
from common.documents.pdf_glyphs import read_glyphs
from common.documents.pdf_layout import lines_of_page
from common.documents.pdf_pages import PageText, pages_for_ocr, without_running_lines
from common.documents.pdf_pictures import first_page_photo
from common.documents.pdf_raster import page_png
from common.documents.pdf_repair import with_new_index
from common.documents.pdf_visibility import look
from common.domain.parsing.source import PageImage, SourceDocument
from common.errors import FileDamaged, FileEncrypted, FileHasNoPages, FileHasTooManyPages, FileTooLarge, NoTextFound

_PDFIUM = threading.Lock()  # PDFium is not thread-safe
_MANY_REPLACEMENTS = 8  # by chance: once in 16 MB of compressed data
_REPLACEMENT = "\ufffd".encode()
_MOSTLY = 0.8

INCOMPLETE = "文件不完整，只读到了其中一部分，请对照原件核对，或重新导出后上传"
RECOGNISED = "第 {pages} 页是扫描件，文字来自文件自带的识别结果，请仔细核对"


def read_pdf(content: bytes) -> SourceDocument:
    """Boxes and sizes in points. A document with a healthy text layer never goes to OCR, except for its scanned pages.

    Text that nobody can see is left out. A file that lost its end is read as far as its pages are whole, with a warning.
    Raises FileEncrypted, FileDamaged, FileHasNoPages, FileHasTooManyPages, FileTooLarge (unpacked size), NoTextFound.
    """
    with _PDFIUM, _opened(content) as (document, is_repaired):
        pages = [_read_page(document, index) for index in range(len(document))]
        unread = pages_for_ocr(pages)
        if is_repaired and not all(page.is_whole for page in pages):
            raise FileDamaged(reason="pdf_incomplete")  # its fonts may be lost: a picture would show other letters
        images = tuple(_pictures(document, [page.number for page in pages if page.number in unread and page.painted]))
        photo = (
            first_page_photo(document) if pages[0].pictured else None
        )  # loading a page again costs as much as reading it
    read = [page for page in pages if page.number not in unread]
    lines = tuple(without_running_lines(read))
    if not lines and not images:
        raise FileDamaged(reason="pdf_decoded_as_text") if _is_mangled(content) else NoTextFound()
    warnings = _warnings(pages, read, is_repaired=is_repaired)
    return SourceDocument(kind="pdf", lines=lines, unread=images, pages=len(pages), photo=photo, warnings=warnings)


@contextmanager
def _opened(content: bytes) -> Iterator[tuple[Any, bool]]:
    """The document, and whether it had to be repaired."""
    import pypdfium2

    if is_bomb(content):
        raise FileTooLarge(reason="unpacked_size")
    document, is_repaired = _open(content)
    with closing(document):
        if len(document) > MAX_PDF_PAGES:
            raise FileHasTooManyPages(pages=len(document), max_pages=MAX_PDF_PAGES)
        try:
            document.init_forms()
            yield document, is_repaired
        except pypdfium2.PdfiumError as error:
            raise FileDamaged(reason="pdf_page_unreadable") from error


def _open(content: bytes) -> tuple[Any, bool]:
    try:
        return _loaded(content), False
    except FileDamaged as error:
        if _is_mangled(content):
            raise FileDamaged(reason="pdf_decoded_as_text") from error
        repaired = with_new_index(content)
        if repaired is None:
            raise
    return _loaded(repaired), True


def _loaded(content: bytes) -> Any:
    """PDFium keeps the code of an error until the next one, and has none for a document that is whole but has no pages."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    pdfium.FPDF_LoadDocument(b"", None)  # sets the code of a missing file, which a document in memory never gives
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise FileEncrypted from error
        if error.err_code == pdfium.FPDF_ERR_FILE:
            raise FileHasNoPages from error
        raise FileDamaged(reason="pdf_unreadable") from error


def _is_mangled(content: bytes) -> bool:
    """Bytes that were decoded as text on their way to us: what forgetting isBase64Encoded behind a gateway does."""
    return content.count(_REPLACEMENT) >= _MANY_REPLACEMENTS


@contextmanager
def _page(document: Any, index: int) -> Iterator[Any]:
    """The page with its form fields, notes and stamps drawn into it."""
    page = document[index]
    try:
        if has_drawn_annotations(page.raw):
            drawn_into(page.raw)
            page.close()
            page = document[index]
        yield page
    finally:
        page.close()


def _read_page(document: Any, index: int) -> PageText:
    with _page(document, index) as page, closing(page.get_textpage()) as text_page:
        glyphs = read_glyphs(text_page.raw)
        view = look(page, glyphs)
        edges = page.get_bbox()
        layer, whole = (sum(len(run.places) for run in runs) for runs in (view.layer, glyphs.runs))
        is_layer = layer > _MOSTLY * whole
        runs = view.layer if is_layer else view.seen
        lines = lines_of_page(glyphs, runs, view.grounds.dots, page=index + 1, edges=edges)
        return PageText(
            number=index + 1,
            text=glyphs.text(runs),
            lines=with_links(lines, links_of(document.raw, page.raw), edges),
            height=edges[3] - edges[1],
            hidden=sum(len(run.places) for run in view.hidden) - layer,
            pictured=view.grounds.pictured,
            painted=view.grounds.painted,
            shapes=view.grounds.shapes,
            recognised=is_layer,
            silent=1 - glyphs.text_objects / max(len(view.grounds.places), glyphs.text_objects, 1),
        )


def _pictures(document: Any, numbers: Sequence[int]) -> Iterator[PageImage]:
    for number in numbers:
        with closing(document[number - 1]) as page:
            png = page_png(page)
        if png:
            yield PageImage(page=number, content=png, media_type="image/png")


def _warnings(pages: Sequence[PageText], read: Sequence[PageText], *, is_repaired: bool) -> tuple[str, ...]:
    recognised = "、".join(str(page.number) for page in read if page.recognised)
    return (
        *hidden_warnings(sum(page.hidden for page in pages)),
        *((RECOGNISED.format(pages=recognised),) if recognised else ()),
        *((INCOMPLETE,) if is_repaired else ()),
    )
