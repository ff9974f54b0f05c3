"""Recognised items → pieces on an upright page: the page's skew is measured on the items' corners and taken out."""

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from common.domain.parsing.source import Box, Corners, OcrItem, Point

_WIDE = 4  # times its height: shorter items point anywhere
_STRAIGHT = math.radians(0.15)  # what lies within is noise of the engine's corners
_LEANS = [hundredths / 100 for hundredths in range(-8, 9)]  # sideways for each pixel down, in the middle of the page …
_SPREADS = [hundredths / 100 for hundredths in range(-4, 5)]  # … and how much more of it at the right edge
_BETTER = 1.15
_FEW = 8


@dataclass(frozen=True)
class Piece:
    """One item after deskewing, in pixels. `begins` and `ends` are the middle heights of its two ends."""

    text: str
    box: Box
    begins: float
    ends: float
    confidence: float = 1.0

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def height(self) -> float:
        return max(1.0, self.box[3] - self.box[1])

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    def height_at(self, x: float) -> float:
        """Where its line passes at `x`: perspective leaves single lines a slope that deskewing the page does not take out."""
        width = self.right - self.left
        return self.ends + ((x - self.right) * (self.ends - self.begins) / width if width > _WIDE * self.height else 0)

    def at(self, box: Box) -> "Piece":
        middle = (box[1] + box[3]) / 2
        return replace(self, box=box, begins=middle, ends=middle)


def around(pieces: Iterable[Piece | OcrItem]) -> Box:
    lefts, tops, rights, bottoms = zip(*(piece.box for piece in pieces), strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def upright_pieces(items: Sequence[OcrItem]) -> list[Piece]:
    """The items turned about the middle of the page by its skew; items without corners stay where they are."""
    if not items:
        return []
    skew = skew_of(items)
    left, top, right, bottom = around(items)
    centre = ((left + right) / 2, (top + bottom) / 2)
    return _plumb([_piece(item, _turned(item.corners, centre, skew)) for item in items])


def skew_of(items: Sequence[OcrItem]) -> float:
    """By how much the text runs down to the right, in radians: the weighted median over wide items.

    Engines that order corners by the text's direction make a page that lies on its side come out upright too. 0 when no
    item is wide enough to tell.
    """
    wide = [item.corners for item in items if item.corners and _width(item.corners) >= _WIDE * _height(item.corners)]
    if not wide:
        return 0.0
    quarter = round(_median([(_angle(one), _width(one)) for one in wide]) / (math.pi / 2)) * math.pi / 2
    near = [(_near(_angle(one) - quarter), _width(one)) for one in wide]
    skew = quarter + _median([(angle, width) for angle, width in near if abs(angle) < math.pi / 4] or [(0.0, 1.0)])
    return 0.0 if abs(skew) < _STRAIGHT else skew


def _angle(corners: Corners) -> float:
    (left, top), (right, right_top) = corners[0], corners[1]
    (end_left, bottom), (end_right, right_bottom) = corners[3], corners[2]
    return math.atan2(right_top + right_bottom - top - bottom, right + end_right - left - end_left)


def _near(angle: float) -> float:
    """The same direction between -180 and 180 degrees."""
    return math.remainder(angle, 2 * math.pi)


def _width(corners: Corners) -> float:
    return math.dist(corners[0], corners[1])


def _height(corners: Corners) -> float:
    return max(1.0, math.dist(corners[0], corners[3]))


def _median(weighted: list[tuple[float, float]]) -> float:
    """The value at half of the whole weight."""
    half, passed = sum(weight for _, weight in weighted) / 2, 0.0
    for value, weight in sorted(weighted):
        passed += weight
        if passed >= half:
            return value
    return 0.0


def _turned(corners: Corners | None, centre: Point, skew: float) -> Corners | None:
    if corners is None or skew == 0:
        return corners
    cos, sin = math.cos(-skew), math.sin(-skew)

    def turn(point: Point) -> Point:
        x, y = point[0] - centre[0], point[1] - centre[1]
        return centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos

    first, second, third, fourth = map(turn, corners)
    return first, second, third, fourth


def _piece(item: OcrItem, corners: Corners | None) -> Piece:
    """The box through the middles of the four sides: a tilt that is left makes it neither taller nor wider."""
    if corners is None:
        middle = (item.box[1] + item.box[3]) / 2
        return Piece(item.text, item.box, middle, middle, item.confidence)
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = corners
    box = ((x1 + x4) / 2, (y1 + y2) / 2, (x2 + x3) / 2, (y3 + y4) / 2)
    return Piece(item.text, box, (y1 + y4) / 2, (y2 + y3) / 2, item.confidence)


def _plumb(pieces: list[Piece]) -> list[Piece]:
    """A photographed page is a trapezoid: its left edges are set upright again by the lean that lines most of them up."""
    if len(pieces) < _FEW:
        return pieces
    left, top, right, bottom = around(pieces)
    centre, half = ((left + right) / 2, (top + bottom) / 2), max(1.0, (right - left) / 2)
    em = statistics.median(piece.height for piece in pieces)

    def shifted(x: float, y: float, lean: float, spread: float) -> float:
        return x - (lean + spread * (x - centre[0]) / half) * (y - centre[1])

    def order(lean: float, spread: float) -> int:
        edges = [shifted(piece.left, piece.middle, lean, spread) / em for piece in pieces]
        return sum(
            count * count for start in (0, 0.5) for count in Counter(int(edge + start) for edge in edges).values()
        )

    found = max(((order(*way), way) for way in ((x, y) for x in _LEANS for y in _SPREADS)), key=lambda one: one[0])
    if found[0] < _BETTER * order(0, 0):
        return pieces

    def moved(piece: Piece) -> Piece:
        ends = (shifted(piece.left, piece.middle, *found[1]), shifted(piece.right, piece.middle, *found[1]))
        return replace(piece, box=(ends[0], piece.box[1], ends[1], piece.box[3]))

    return [moved(piece) for piece in pieces]
