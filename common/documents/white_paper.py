"""Transparent pictures on white paper: printers, JPEG and most OCR engines know no transparency, and see black there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage


def on_white(picture: "PillowImage") -> "PillowImage":
    """The picture as RGB without transparency, decoded, and without comments and the like, which JPEG writers carry over.

    Its colour profile stays. Raises what Pillow raises for damaged content.
    """
    from PIL import Image

    if not picture.has_transparency_data:
        plain = picture.convert("RGB")
        plain.info = {name: value for name, value in plain.info.items() if name == "icc_profile"}
        return plain
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
