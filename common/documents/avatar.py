"""A picture from somebody's phone → a square JPEG of at most SIDE_PX, upright, without a word about where it was taken."""

import io
import struct

from common.documents.detect import detect
from common.documents.image_header import image_size
from common.documents.limits import MAX_IMAGE_PIXELS
from common.domain.avatars import SIDE_PX
from common.errors import FileDamaged, FileEmpty, FileTooLarge, FileTypeUnsupported, PictureUnsupported

LEAST_SIDE_PX = 32
QUALITY = 88


class AvatarShop:
    """Implements the port Pictures."""

    def avatar(self, content: bytes) -> bytes:
        """PNG, JPEG or WebP by content, never by name; re-encoded from its pixels, so no metadata and no hidden file survives.

        Raises FileEmpty, PictureUnsupported, FileDamaged, FileTooLarge by the header's pixels before anything is decoded.
        """
        if not content:
            raise FileEmpty
        return _square(content, _checked_kind(content))


def _checked_kind(content: bytes) -> str:
    try:
        kind = detect(content)
    except FileTypeUnsupported:
        raise PictureUnsupported from None
    if kind != "png" and kind != "jpeg" and kind != "webp":
        raise PictureUnsupported
    width, height = image_size(content, kind)
    if width * height > MAX_IMAGE_PIXELS:
        raise FileTooLarge(pixels=width * height, max_pixels=MAX_IMAGE_PIXELS)
    if min(width, height) < LEAST_SIDE_PX:
        raise FileDamaged(reason="image_too_small")
    return kind


def _square(content: bytes, kind: str) -> bytes:
    """The middle of it, as phones show avatars."""
    from PIL import Image, ImageOps

    from common.documents.white_paper import on_white

    try:
        stored = Image.open(io.BytesIO(content), formats=(kind.upper(),))
        stored.draft("RGB", (2 * SIDE_PX, 2 * SIDE_PX))  # a camera's JPEG decodes at a fraction of its size
        stored.load()
        upright = ImageOps.exif_transpose(stored)
        side = min(SIDE_PX, *upright.size)
        shown = ImageOps.fit(upright.convert("RGBA" if upright.has_transparency_data else "RGB"), (side, side))
        out = io.BytesIO()
        on_white(shown).convert("RGB").save(out, "JPEG", quality=QUALITY)
    except (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError):
        raise FileDamaged(reason="image_unreadable") from None
    return out.getvalue()
