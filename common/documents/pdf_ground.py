"""What text of a page stands on: filled shapes, pictures, and the page as pixels where those do not tell."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from common.documents.pdf_glyphs import Edges
from common.documents.pdf_objects import PageObject, moved, objects_of

SAME_GREY = 16
_MAX_GROUNDS = 200
_SMALLEST_GROUND_PT = 5.0
_SEGMENTS_OF_A_RECTANGLE = 5
_DOT_PT = (1.0, 5.0)
_ROUND = 0.15
_SHELVES = 64
_PAINTED_SIDE_PX = 1600


class Ground(NamedTuple):
    """A filled shape or a picture. `place` in the painting order; `grey` is None where only pixels can tell."""

    place: int
    edges: Edges
    grey: int | None
    is_picture: bool = False

    @property
    def area(self) -> float:
        left, bottom, right, top = self.edges
        return (right - left) * (top - bottom)

    def holds(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.edges
        return left <= x <= right and bottom <= y <= top


@dataclass
class Grounds:
    """What is painted on a page: `painted` objects, `shapes` of them filled, the largest picture over `pictured` of the page.

    `places`: text object → its place in the painting order. `veiled`: text under transparency. `dots`: right edge and height
    of small round shapes.
    """

    page: Edges
    places: dict[int, int] = field(default_factory=dict)
    veiled: set[int] = field(default_factory=set)
    dots: list[tuple[float, float]] = field(default_factory=list)
    painted: int = 0
    shapes: int = 0
    pictured: float = 0.0
    _shelves: list[list[Ground]] = field(default_factory=lambda: [[] for _ in range(_SHELVES)])

    def keep(self, grounds: Sequence[Ground]) -> None:
        """Sorted by height on the page, so that a line of text meets only those beside it."""
        largest = sorted(grounds, key=lambda ground: -ground.area)[:_MAX_GROUNDS]
        for ground in sorted(largest, key=lambda ground: ground.place):
            for shelf in range(self._at(ground.edges[1]), self._at(ground.edges[3]) + 1):
                self._shelves[shelf].append(ground)

    def around(self, x: float, y: float) -> Iterator[Ground]:
        """Grounds that hold the point, in painting order."""
        return (ground for ground in self._shelves[self._at(y)] if ground.holds(x, y))

    def _at(self, y: float) -> int:
        step = max(self.page[3] - self.page[1], 1.0) / _SHELVES
        return min(max(int((y - self.page[1]) / step), 0), _SHELVES - 1)


def grounds_of(page: Any) -> Grounds:
    """`page` is a pypdfium2 page."""
    import pypdfium2.raw as pdfium

    found: list[Ground] = []
    grounds = Grounds(page=page.get_bbox())
    shapes = _Shapes()
    for place, one in enumerate(objects_of(page.raw)):
        grounds.painted += 1
        if one.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            grounds.places[one.address] = place
            if one.veiled:
                grounds.veiled.add(one.address)
        elif ground := shapes.ground(one, place):
            grounds.shapes += not ground.is_picture
            if _is_dot(ground.edges):
                grounds.dots.append((ground.edges[2], (ground.edges[1] + ground.edges[3]) / 2))
            elif min(_sides(ground.edges)) >= _SMALLEST_GROUND_PT:
                found.append(ground)
    grounds.keep(found)
    width, height = _sides(grounds.page)
    grounds.pictured = max((one.area for one in found if one.is_picture), default=0.0) / (width * height or 1.0)
    return grounds


def _sides(edges: Edges) -> tuple[float, float]:
    return edges[2] - edges[0], edges[3] - edges[1]


def _is_dot(edges: Edges) -> bool:
    width, height = _sides(edges)
    return _DOT_PT[0] <= width <= _DOT_PT[1] and abs(width - height) <= _ROUND * width


class _Shapes:
    """Asks PDFium what a page object covers, and in which grey."""

    def __init__(self) -> None:
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def ground(self, one: PageObject, place: int) -> Ground | None:
        """None for what covers nothing: lines, and what is painted with transparency."""
        import pypdfium2.raw as pdfium

        page_object = ctypes.cast(one.address, pdfium.FPDF_PAGEOBJECT)
        is_picture = one.kind == pdfium.FPDF_PAGEOBJ_IMAGE
        grey = None
        if one.kind == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPath_GetDrawMode(page_object, self._fill, self._stroke)
            if not self._fill.value or one.veiled or pdfium.FPDFPageObj_HasTransparency(page_object):
                return None
            grey = self._grey(page_object)
        elif not is_picture and one.kind != pdfium.FPDF_PAGEOBJ_SHADING:
            return None
        pdfium.FPDFPageObj_GetBounds(page_object, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        return Ground(place, moved((left, bottom, right, top), one.matrices), grey, is_picture)

    def _grey(self, path: Any) -> int | None:
        """Of a plain rectangle; None for a shape with holes or curves, or a fill that is no colour."""
        import pypdfium2.raw as pdfium

        red, green, blue, alpha = self._colour
        if pdfium.FPDFPath_CountSegments(path) > _SEGMENTS_OF_A_RECTANGLE:
            return None
        if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
            return None
        return grey_of(red.value, green.value, blue.value)


def grey_of(red: int, green: int, blue: int) -> int:
    """How light a colour looks, 0 to 255 (ITU-R BT.601)."""
    return (299 * red + 587 * green + 114 * blue) // 1000


class Painted:
    """The page as grey pixels, as PDFium paints it."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        left, bottom, right, top = page.get_bbox()
        self._left, self._top = left, top
        self._scale = min(1.5, _PAINTED_SIDE_PX / max(right - left, top - bottom, 1))
        turns = pdfium.FPDFPage_GetRotation(page.raw)
        pdfium.FPDFPage_SetRotation(page.raw, 0)
        picture = page.render(scale=self._scale, grayscale=True)
        pdfium.FPDFPage_SetRotation(page.raw, turns)
        self._pixels, self._stride = bytes(picture.buffer), picture.stride
        self._width, self._height = picture.width, picture.height

    def has_ink(self, edges: Edges) -> bool:
        """Is there anything to see between these edges?"""
        left, right = (int((x - self._left) * self._scale) for x in (edges[0], edges[2]))
        top, bottom = (int((self._top - y) * self._scale) for y in (edges[3], edges[1]))
        left, right = max(0, left), min(self._width, right + 1)
        if left >= right:
            return False
        starts = (y * self._stride for y in range(max(0, top), min(self._height, bottom + 1)))
        rows = [self._pixels[start + left : start + right] for start in starts]
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= SAME_GREY
