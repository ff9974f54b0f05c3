"""The answer of /cv/ocr/comm. Corners are in pixels of the picture that was sent, origin top left."""

from pydantic import BaseModel, Field

from common.domain.parsing.source import OcrItem


class Point(BaseModel):
    x: float
    y: float


class Corners(BaseModel):
    left_top: Point
    right_top: Point
    right_bottom: Point
    left_bottom: Point


class Item(BaseModel):
    text: str
    pos: Corners

    def as_line(self) -> OcrItem:
        """The upright box around the four corners; slanted lines get a larger one."""
        corners = (self.pos.left_top, self.pos.right_top, self.pos.right_bottom, self.pos.left_bottom)
        across, down = [corner.x for corner in corners], [corner.y for corner in corners]
        return OcrItem(self.text.strip(), (min(across), min(down), max(across), max(down)))


class Recognition(BaseModel):
    items: list[Item] = Field(default_factory=list)
