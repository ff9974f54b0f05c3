"""PNG, JPEG or WebP → one page for OCR: upright, opaque, at most 4000 px a side and under 2 MB."""

import io
from typing import Any

from common.documents.image_header import ImageKind, image_size
from common.documents.limits import MAX_IMAGE_PIXELS, MAX_OCR_IMAGE_BYTES, MAX_OCR_SIDE_PX, SMALL_IMAGE_SIDE_PX
from common.domain.parsing.source import PageImage, SourceDocument
from common.errors import FileDamaged, FileTooLarge, NoTextFound

_ORIENTATION = 0x0112  # EXIF tag
_BLANK_SPREAD = 24


def read_image(content: bytes, kind: ImageKind) -> SourceDocument:
    """Raises FileTooLarge by the header's pixel count before anything is decoded, FileDamaged, NoTextFound (blank)."""
    width, height = image_size(content, kind)
    if width * height > MAX_IMAGE_PIXELS:
        raise FileTooLarge(pixels=width * height, max_pixels=MAX_IMAGE_PIXELS)
    picture = _decoded(content)
    darkest, lightest = _opaque(picture).convert("L").getextrema()
    if lightest - darkest <= _BLANK_SPREAD:
        raise NoTextFound
    warnings = (
        ("图片尺寸太小，文字可能识别不准，建议上传更清晰的图片",) if min(width, height) < SMALL_IMAGE_SIDE_PX else ()
    )
    page = PageImage(page=1, content=content, media_type=f"image/{kind}")
    return SourceDocument(
        kind="image",
        unread=(page if _is_ready(content, kind, picture) else _prepared(picture),),
        warnings=warnings,
    )


def _decoded(content: bytes) -> Any:
    """The whole picture, so that a truncated file is found here and not by the OCR service."""
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
        picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileDamaged(reason="image_unreadable") from error
    return picture


def _is_ready(content: bytes, kind: ImageKind, picture: Any) -> bool:
    """OCR services take plain PNG and JPEG; anything else is made into one."""
    upright = picture.getexif().get(_ORIENTATION, 1) == 1
    small = len(content) <= MAX_OCR_IMAGE_BYTES and max(picture.size) <= MAX_OCR_SIDE_PX
    return kind != "webp" and picture.mode in ("L", "RGB") and upright and small


def _prepared(picture: Any) -> PageImage:
    from PIL import ImageOps

    upright = _opaque(ImageOps.exif_transpose(picture))
    upright.thumbnail((MAX_OCR_SIDE_PX, MAX_OCR_SIDE_PX))
    while True:
        out = io.BytesIO()
        upright.save(out, "JPEG", quality=90)
        if out.tell() <= MAX_OCR_IMAGE_BYTES:
            return PageImage(page=1, content=out.getvalue(), media_type="image/jpeg")
        upright = upright.resize((max(1, upright.width * 4 // 5), max(1, upright.height * 4 // 5)))


def _opaque(picture: Any) -> Any:
    """Transparent pixels become white paper: most OCR engines see them as black."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")
