"""The answer of /cv/ocr/comm. Corners are in pixels of the picture that was sent, origin top left."""

from pydantic import Field

from common.domain.parsing.source import OcrItem
from common.lazy_model import LazyModel


class Point(LazyModel):
    x: float
    y: float


class Corners(LazyModel):
    left_top: Point
    right_top: Point
    right_bottom: Point
    left_bottom: Point

    @property
    def clockwise(self) -> tuple[Point, Point, Point, Point]:
        return self.left_top, self.right_top, self.right_bottom, self.left_bottom


class Item(LazyModel):
    text: str
    pos: Corners

    def as_line(self) -> OcrItem:
        at = [(corner.x, corner.y) for corner in self.pos.clockwise]
        return OcrItem.within(self.text.strip(), (at[0], at[1], at[2], at[3]))


class Recognition(LazyModel):
    items: list[Item] = Field(default_factory=list)
