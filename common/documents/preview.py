"""The pages of a PDF as PNG images, for the preview a mini-program shows before it downloads anything."""

import io
from typing import Any

MAX_PREVIEWS = 20


def previews(pdf: bytes, *, width_px: int) -> list[bytes]:
    """One RGB PNG a page, `width_px` wide, at most MAX_PREVIEWS pages. The same PDF gives the same bytes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_image(document[index], width_px) for index in range(min(len(document), MAX_PREVIEWS))]
    finally:
        document.close()


def _page_image(page: Any, width_px: int) -> bytes:
    image = page.render(scale=width_px / page.get_width()).to_pil().convert("RGB")
    buffer = io.BytesIO()
    image.resize((width_px, round(page.get_height() * width_px / page.get_width()))).save(buffer, "PNG")
    return buffer.getvalue()
