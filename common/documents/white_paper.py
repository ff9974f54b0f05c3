"""Transparent pictures on white paper: printers, JPEG and most OCR engines know no transparency, and see black there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage


def on_white(picture: "PillowImage") -> "PillowImage":
    """The picture as RGB without transparency, decoded. Raises what Pillow raises for damaged content."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")
