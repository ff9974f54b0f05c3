"""The person's photo among the pictures of a document, upright and small, the same way for every format.

Chinese resumes carry a 一寸 (25 x 35 mm) or 二寸 (35 x 49 mm) portrait, some a square avatar. Around it stand icons, school
emblems, QR codes, signatures, page backgrounds and screenshots; showing one of those as the person is worse than no photo.
"""

import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from common.documents.white_paper import on_white
from common.domain.parsing.source import Photo

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage

MAX_PIXELS = 25_000_000
MAX_PHOTO_BYTES = 120_000
PHOTO_SIDES_PX = (360, 480)  # a 二寸 photo at 250 dpi
NO_CROP = (0.0, 0.0, 0.0, 0.0)

_FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF")
_MOST_PICTURES = 40
_SHOWN_PT = ((30.0, 230.0), (30.0, 300.0))  # least and most width, least and most height on paper
_LEAST_SIDE_PX = 60
_LEAST_AVATAR_PX = 100
_ID_PHOTO_ASPECT = 25 / 35
_PORTRAIT_ASPECTS = (0.6, 0.95)
_AVATAR_ASPECTS = (0.95, 1.08)
_SHEET_OF_PAPER = (0.703, 0.711, 900)  # aspects of A4, and from how many pixels of width it is a page and not a photo
_SAMPLE_PX = 64
_BLANK_SPREAD = 24
_MOST_BLACK_AND_WHITE = 0.92
_FLAT_COLOURS = 5
_FLAT_SHARE = 0.9  # logos 0.96 and more, photographs around 0.6


class Picture(NamedTuple):
    """A picture as it stands in a document, PNG, JPEG, WebP, BMP or GIF; anything else is passed over.

    `shown_pt` is its width and height on paper, before `turned`, None when unknown. `crop` are the shares of the width and
    height that are cut off left, top, right and bottom. `turned` are degrees clockwise, a multiple of 90, that the document
    asks for; without them the picture's own EXIF orientation counts.
    """

    content: bytes
    page: int = 1
    shown_pt: tuple[float, float] | None = None
    crop: tuple[float, float, float, float] = NO_CROP
    turned: int = 0


def portrait(pictures: Sequence[Picture]) -> Photo | None:
    """The picture most like a portrait of the first page, as an upright JPEG of at most MAX_PHOTO_BYTES without metadata.

    `pictures` in reading order; of two equally likely ones the first is taken. Never raises for what a picture holds.
    """
    likely = [picture for picture in pictures if may_be_portrait(picture.shown_pt, picture.page)][:_MOST_PICTURES]
    if not likely:
        return None
    opened = [(rank, picture, image) for picture in likely for rank, image in _ranked(picture)]
    for rank, picture, image in sorted(opened, key=lambda one: one[0]):
        upright = _upright(image, picture)
        if upright and _shows_somebody(upright, avatar=rank[0]):
            return Photo(_encoded(upright), page=picture.page)
    return None


def may_be_portrait(shown_pt: tuple[float, float] | None, page: int = 1) -> bool:
    """By place and size on paper alone, before anything is decoded: no icon, no page background, no banner."""
    if page != 1:
        return False
    if shown_pt is None:
        return True
    (least_wide, most_wide), (least_high, most_high) = _SHOWN_PT
    return least_wide <= shown_pt[0] <= most_wide and least_high <= shown_pt[1] <= most_high


def _ranked(picture: Picture) -> Iterator[tuple[tuple[bool, float], "PillowImage"]]:
    """(is it an avatar, distance from the shape of an ID photo) with the undecoded image; nothing for another shape."""
    image = _opened(picture.content)
    if image is None:
        return
    width, height = _size_shown(picture, image)
    aspect = width / height if width > 0 and height > 0 else 0.0
    side = min(image.size)
    is_page = picture.shown_pt is None and image.width >= _SHEET_OF_PAPER[2] and _within(aspect, _SHEET_OF_PAPER[:2])
    if _within(aspect, _PORTRAIT_ASPECTS) and side >= _LEAST_SIDE_PX and not is_page:
        yield (False, round(abs(math.log(aspect / _ID_PHOTO_ASPECT)), 1)), image
    elif _within(aspect, _AVATAR_ASPECTS) and side >= _LEAST_AVATAR_PX:
        yield (True, 0.0), image


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _opened(content: bytes) -> "PillowImage | None":
    """The header is read, no pixel yet."""
    from PIL import Image

    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return image if image.width * image.height <= MAX_PIXELS else None


def _size_shown(picture: Picture, image: "PillowImage") -> tuple[float, float]:
    left, top, right, bottom = picture.crop
    width, height = picture.shown_pt or (image.width * (1 - left - right), image.height * (1 - top - bottom))
    lies = picture.turned % 180 == 90 or (picture.shown_pt is None and not picture.turned and _exif_turns(image))
    return (height, width) if lies else (width, height)


def _exif_turns(image: "PillowImage") -> bool:
    orientation_tag = 0x0112
    try:
        return image.getexif().get(orientation_tag, 1) in (5, 6, 7, 8)
    except (OSError, ValueError, SyntaxError):
        return False


def _upright(image: "PillowImage", picture: Picture) -> "PillowImage | None":
    """Decoded, cropped, turned, on white, no larger than print needs; None when its content is damaged."""
    from PIL import Image, ImageOps

    try:
        if picture.crop == NO_CROP:
            image.draft(
                "RGB", (2 * PHOTO_SIDES_PX[0], 2 * PHOTO_SIDES_PX[1])
            )  # a camera's JPEG decodes at half its size
        if not picture.turned:
            ImageOps.exif_transpose(image, in_place=True)
        shown = _cropped(image, picture.crop) if picture.crop != NO_CROP else image
        shown = shown.convert("RGBA" if shown.has_transparency_data else "RGB")
        if picture.turned:
            shown = shown.rotate(-picture.turned, expand=True)
        shown.thumbnail(PHOTO_SIDES_PX)
        shown = on_white(shown)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return shown


def _cropped(image: "PillowImage", crop: tuple[float, float, float, float]) -> "PillowImage":
    left, top, right, bottom = crop
    width, height = image.size
    return image.crop(
        (round(width * left), round(height * top), round(width * (1 - right)), round(height * (1 - bottom)))
    )


def _shows_somebody(image: "PillowImage", *, avatar: bool) -> bool:
    """No blank frame, and nothing in black and white alone: QR codes, signatures, line art.

    A square picture must also be a photograph: most squares are emblems and logos.
    """
    from PIL import Image

    sample = image.resize(
        (_SAMPLE_PX, _SAMPLE_PX), Image.Resampling.NEAREST
    )  # a mean would make greys of black and white
    darkest, lightest = sample.convert("L").getextrema()
    grey = sample.convert("L").histogram()
    pixels = _SAMPLE_PX * _SAMPLE_PX
    if (
        int(lightest) - int(darkest) <= _BLANK_SPREAD
        or sum(grey[:48]) + sum(grey[232:]) > _MOST_BLACK_AND_WHITE * pixels
    ):
        return False
    return not (avatar and _is_flat(sample))


def _is_flat(sample: "PillowImage") -> bool:
    """A few colours cover nearly all of it, as in logos and drawings; in photographs light makes many of each."""
    coarse = sample.point([channel & 0xF0 for channel in range(256)] * 3)
    counts = sorted((count for count, _ in coarse.getcolors(_SAMPLE_PX * _SAMPLE_PX) or ()), reverse=True)
    covered: int = sum(counts[:_FLAT_COLOURS])
    return covered > _FLAT_SHARE * _SAMPLE_PX * _SAMPLE_PX


def _encoded(image: "PillowImage") -> bytes:
    while True:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=88)
        if out.tell() <= MAX_PHOTO_BYTES:
            return out.getvalue()
        image = image.resize((max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)))
