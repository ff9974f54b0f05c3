"""Pages as pictures: a PDF's pages rasterised, and pictures bound into a PDF again as a scanner does."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from scripts.benchmarks.generator.formats.pdf import write_pdf
from scripts.benchmarks.generator.sheet import Sheet


def write_png(sheet: Sheet) -> bytes:
    """All pages below each other at 150 dpi, as a long screenshot."""
    return encoded(_stacked(pages_of(write_pdf(sheet), dpi=150)), "PNG")


def write_jpeg(sheet: Sheet) -> bytes:
    return encoded(_stacked(pages_of(write_pdf(sheet), dpi=150)), "JPEG", quality=85)


def pages_of(pdf: bytes, *, dpi: int) -> list[Any]:
    """Pillow images, RGB."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def bound(pages: Sequence[Any], *, dpi: int, quality: int) -> bytes:
    """A PDF that holds nothing but one JPEG a page."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, invariant=1)
    for page in pages:
        size = (page.width * 72 / dpi, page.height * 72 / dpi)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(io.BytesIO(encoded(page, "JPEG", quality=quality))), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def encoded(image: Any, form: str, **options: int) -> bytes:
    written = io.BytesIO()
    image.save(written, form, **options)
    return written.getvalue()


def _stacked(pages: Sequence[Any]) -> Any:
    from PIL import Image

    whole = Image.new("RGB", (max(page.width for page in pages), sum(page.height for page in pages)), "white")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole
