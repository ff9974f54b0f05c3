"""Pieces of a page's lines, and the white strip between two columns of them."""

from typing import NamedTuple


class Segment(NamedTuple):
    """Text without a wide gap. Points, origin bottom left; `order` is its place in the content stream."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    baseline: float
    em: float
    order: int
    bold: bool = False

    def with_text(self, text: str) -> "Segment":
        return self._replace(text=text)


class Gutter(NamedTuple):
    left: float
    right: float
    above: float
    below: float

    def is_left(self, segment: Segment) -> bool:
        return segment.right <= self.left + 0.05

    def is_right(self, segment: Segment) -> bool:
        return segment.left >= self.right - 0.05

    def spans(self, segment: Segment) -> bool:
        return self.below + 0.01 < segment.baseline < self.above - 0.01
