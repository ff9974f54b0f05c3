"""A drawn portrait for previews: nobody's photo."""

import base64
import io

from PIL import Image, ImageDraw

_SIZE = (590, 826)
_GROUND, _SKIN, _HAIR, _JACKET, _SHIRT = "#d3e0ec", "#e9c7a7", "#2c2a2b", "#3a4d66", "#f4f6f8"


def portrait_uri() -> str:
    """A data: URI of a JPEG in the proportion of a two-inch photo (35 x 49 mm)."""
    image = Image.new("RGB", _SIZE, _GROUND)
    pen = ImageDraw.Draw(image)
    pen.ellipse((165, 95, 425, 480), fill=_HAIR)
    pen.rounded_rectangle((245, 400, 345, 560), 40, fill="#dcb594")
    pen.ellipse((60, 500, 530, 1100), fill=_JACKET)
    pen.polygon([(225, 512), (365, 512), (295, 700)], fill=_SHIRT)
    pen.ellipse((190, 150, 400, 450), fill=_SKIN)
    pen.pieslice((175, 105, 415, 400), 180, 360, fill=_HAIR)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
