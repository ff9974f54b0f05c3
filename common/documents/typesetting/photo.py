"""A photo for paper: decoded safely, turned upright, no larger than print needs, with its size on the page."""

import base64
import io
from dataclasses import dataclass

from common.documents.white_paper import on_white

#: The two-inch photo of Chinese resumes is 35 x 49 mm; on an A4 head of five lines a smaller one sits better.
BOX_MM = (24.0, 33.0)
PIXELS_PER_MM = 12
MAX_ENCODED_BYTES = 8_000_000
MAX_PIXELS = 25_000_000


@dataclass(frozen=True)
class Photo:
    jpeg: bytes
    width_mm: float
    height_mm: float

    @property
    def data_uri(self) -> str:
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode("ascii")


def prepare(data_uri: str | None) -> Photo | None:
    """None for no photo and for one that cannot be used: a resume without its photo is still a resume."""
    if not data_uri or len(data_uri) > MAX_ENCODED_BYTES:
        return None
    from PIL import Image, ImageOps

    try:
        image = Image.open(io.BytesIO(base64.b64decode(data_uri.partition(",")[2])), formats=("PNG", "JPEG"))
        if image.width * image.height > MAX_PIXELS:
            return None
        upright = on_white(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail((round(BOX_MM[0] * PIXELS_PER_MM), round(BOX_MM[1] * PIXELS_PER_MM)))
    scale = min(BOX_MM[0] / upright.width, BOX_MM[1] / upright.height)
    buffer = io.BytesIO()
    upright.save(buffer, "JPEG", quality=88)
    return Photo(buffer.getvalue(), round(upright.width * scale, 2), round(upright.height * scale, 2))
