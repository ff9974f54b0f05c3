"""A portrait of nobody: head and shoulders before the blue ground of a Chinese identity photo."""

import io
from functools import cache

WIDTH, HEIGHT = 200, 280


@cache
def portrait() -> bytes:
    """PNG, 200 x 280 pixels, the ratio of a one-inch photo."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), (67, 142, 219))
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 195, 180, 400), fill=(38, 43, 56))
    draw.polygon(((78, 200), (122, 200), (100, 250)), fill=(240, 240, 240))
    draw.rectangle((84, 160, 116, 205), fill=(226, 184, 152))
    draw.ellipse((55, 55, 145, 182), fill=(236, 196, 164))
    draw.pieslice((48, 40, 152, 160), 180, 360, fill=(30, 26, 24))
    draw.ellipse((78, 112, 88, 120), fill=(30, 26, 24))
    draw.ellipse((112, 112, 122, 120), fill=(30, 26, 24))
    draw.arc((84, 130, 116, 156), 20, 160, fill=(150, 70, 66), width=3)
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
