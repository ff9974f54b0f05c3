"""PNG, JPEG or WebP → pictures for OCR: upright, opaque, at most 4000 px a side and under 2 MB, long ones in pieces."""

import io
import struct
from collections.abc import Iterator
from typing import Any

from common.documents.image_header import ImageKind, image_size
from common.documents.image_slices import slices
from common.documents.limits import MAX_IMAGE_PIXELS, MAX_OCR_IMAGE_BYTES, MAX_OCR_SIDE_PX, SMALL_IMAGE_SIDE_PX
from common.domain.parsing.source import PageImage, SourceDocument
from common.errors import FileDamaged, FileTooLarge, NoTextFound

TOO_SMALL = "图片尺寸太小，文字可能识别不准，建议上传更清晰的图片"
_ORIENTATION = 0x0112  # EXIF tag
_BLANK_SPREAD = 24
_LONGEST_SHRUNK = 2  # times as long as wide: a page, not a long screenshot
_QUALITIES = (90, 80, 70, 60)  # below, letters blur sooner than by making the picture smaller


def read_image(content: bytes, kind: ImageKind) -> SourceDocument:
    """Raises FileTooLarge by the header's pixel count before anything is decoded, FileDamaged, NoTextFound (blank).

    Small pictures are not enlarged: measured on one page at 246 to 700 px, that changed nothing in what an engine reads.
    """
    width, height = image_size(content, kind)
    if width * height > MAX_IMAGE_PIXELS:
        raise FileTooLarge(pixels=width * height, max_pixels=MAX_IMAGE_PIXELS)
    picture, as_stored = _decoded(content)
    darkest, lightest = picture.convert("L").getextrema()
    if lightest - darkest <= _BLANK_SPREAD:
        raise NoTextFound
    parts = slices(picture)
    if len(parts) == 1 and as_stored and kind != "webp" and _fits(content, picture):
        unread: tuple[PageImage, ...] = (PageImage(page=1, content=content, media_type=f"image/{kind}"),)
    else:
        unread = tuple(PageImage(page, _encoded(part), "image/jpeg") for page, part in enumerate(parts, 1))
    warnings = (TOO_SMALL,) if min(width, height) < SMALL_IMAGE_SIDE_PX else ()
    return SourceDocument(kind="image", unread=unread, pages=len(parts), warnings=warnings)


def _decoded(content: bytes) -> tuple[Any, bool]:
    """The whole picture (the first of a moving one), upright on white paper; and whether that is how it was stored.

    Decoded in full, so that a truncated file is found here and not by the OCR service.
    """
    from PIL import Image, ImageOps

    try:
        stored = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        as_stored = _is_plain(stored) and max(stored.size) <= MAX_OCR_SIDE_PX
        _shrink(stored)
        stored.load()
        picture = _opaque(ImageOps.exif_transpose(stored))
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError) as error:
        raise FileDamaged(reason="image_unreadable") from error
    return picture, as_stored


def _shrink(stored: Any) -> None:
    """A camera's 50 megapixels at once to what is sent: at full size every copy is 200 MB. Long ones are cut up instead."""
    longest = max(stored.size)
    if longest > MAX_OCR_SIDE_PX and longest <= _LONGEST_SHRUNK * min(stored.size):
        stored.draft(
            None, tuple(side * MAX_OCR_SIDE_PX // longest for side in stored.size)
        )  # JPEG decodes to a fraction
        stored.thumbnail((MAX_OCR_SIDE_PX, MAX_OCR_SIDE_PX))


def _is_plain(stored: Any) -> bool:
    """Grey or colour, opaque and upright as it is: what OCR services take."""
    upright = stored.getexif().get(_ORIENTATION, 1) == 1
    return upright and stored.mode in ("L", "RGB") and not stored.has_transparency_data


def _fits(content: bytes, picture: Any) -> bool:
    return len(content) <= MAX_OCR_IMAGE_BYTES and max(picture.size) <= MAX_OCR_SIDE_PX


def _opaque(picture: Any) -> Any:
    """Transparent pixels become white paper: most OCR engines see them as black. 16 bits become 8."""
    from PIL import Image

    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda level: level / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")


def _encoded(picture: Any) -> bytes:
    """A JPEG that an OCR service takes: first of lower quality, then smaller."""
    picture.thumbnail((MAX_OCR_SIDE_PX, MAX_OCR_SIDE_PX))
    return next(content for content in _tries(picture) if len(content) <= MAX_OCR_IMAGE_BYTES)


def _tries(picture: Any) -> Iterator[bytes]:
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality)
            yield out.getvalue()
        picture = picture.resize((max(1, picture.width * 4 // 5), max(1, picture.height * 4 // 5)))
