"""Which text of a page can a reader see? Invisible ink, text in the colour of its ground, tiny text, text off the page.

White text is how a dark sidebar is printed, and how a trap is hidden. Shapes behind it answer most cases; where a picture or a
complicated shape is involved, the page is painted and the pixels decide.
"""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from typing import Any

from common.documents.hidden_text import SMALLEST_VISIBLE_PT
from common.documents.pdf_glyphs import Edges, PageGlyphs, Run, address_of, bare

_FAINTEST_OPACITY = 25
_SAME_GREY = 16
_LIGHT = 225
_WHITE = 255
_MAX_OBJECTS = 5000
_MAX_GROUNDS = 200
_SHELVES = 64
_PAGE_SIZED = 0.5
_MAX_FORMS_DEEP = 6
_PAINTED_SIDE_PX = 1600
_SMALLEST_GROUND_PT = 5.0
_SEGMENTS_OF_A_RECTANGLE = 5

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Ground:
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


@dataclass(frozen=True)
class Visibility:
    """What is on a page. `layer` is the part of `hidden` that lies on the ink of a page-sized picture: a scanner's own reading.

    `pictured` is the share of the page that its largest picture covers, `shapes` how many filled shapes there are.
    """

    seen: list[Run]
    hidden: list[Run]
    layer: list[Run]
    pictured: float
    shapes: int


def look(page: Any, glyphs: PageGlyphs) -> Visibility:
    """`page` is a pypdfium2 page."""
    edges: Edges = page.get_bbox()
    grounds, places, shapes = _grounds(page)
    area = (edges[2] - edges[0]) * (edges[3] - edges[1]) or 1.0
    pictured = max((ground.area for ground in grounds if ground.is_picture), default=0.0) / area
    verdicts: dict[bool | None, list[Run]] = {True: [], False: [], None: []}
    shelves = _Shelves(grounds, edges)
    for run in glyphs.runs:
        verdicts[_verdict(run, glyphs.box(run), edges, shelves, places.get(run.address, 0))].append(run)
    seen, hidden, doubtful, layer = verdicts[True], verdicts[False], verdicts[None], []
    if doubtful or (hidden and pictured >= _PAGE_SIZED):
        paper = _Painted(page, edges)
        inked = {id(run) for run in hidden + doubtful if paper.has_ink(glyphs.box(run))}
        layer = [run for run in hidden if id(run) in inked and pictured >= _PAGE_SIZED]
        seen = sorted(seen + [run for run in doubtful if id(run) in inked], key=lambda run: run.places[0])
        hidden = hidden + [run for run in doubtful if id(run) not in inked]
    return Visibility(seen, hidden, layer, pictured, shapes)


class _Shelves:
    """Grounds by their height on the page, so that a line of text meets only those beside it."""

    def __init__(self, grounds: Sequence[Ground], page: Edges) -> None:
        self._bottom, self._step = page[1], max(page[3] - page[1], 1.0) / _SHELVES
        self._shelves: list[list[Ground]] = [[] for _ in range(_SHELVES)]
        for ground in grounds:
            for shelf in range(self._at(ground.edges[1]), self._at(ground.edges[3]) + 1):
                self._shelves[shelf].append(ground)

    def around(self, x: float, y: float) -> Iterator[Ground]:
        """Grounds that hold the point, in painting order."""
        return (ground for ground in self._shelves[self._at(y)] if ground.holds(x, y))

    def _at(self, y: float) -> int:
        return min(max(int((y - self._bottom) / self._step), 0), _SHELVES - 1)


def _verdict(run: Run, box: Edges, page: Edges, shelves: _Shelves, place: int) -> bool | None:
    """True seen, False hidden, None: look at the pixels."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if run.em < SMALLEST_VISIBLE_PT or run.opacity <= _FAINTEST_OPACITY:
        return False
    if box[2] < page[0] or box[0] > page[2] or box[3] < page[1] or box[1] > page[3]:
        return False
    behind: Ground | None = None
    for ground in shelves.around(x, y):
        if ground.place > place:
            return False if ground.is_picture else None
        behind = ground
    if behind is None:
        return run.grey < _WHITE - _SAME_GREY
    if behind.grey is None:
        return True if run.grey < _LIGHT else None
    return True if abs(behind.grey - run.grey) >= _SAME_GREY else None


def _grounds(page: Any) -> tuple[list[Ground], dict[int, int], int]:
    """The largest shapes and pictures in painting order, the place of every text object in it, how many shapes there are."""
    import pypdfium2.raw as pdfium

    grounds: list[Ground] = []
    places: dict[int, int] = {}
    shapes = _Shapes()
    for place, (address, kind, matrices) in enumerate(_painted_objects(page.raw)):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            places[address] = place
        elif ground := shapes.ground(address, kind, matrices, place):
            grounds.append(ground)
    largest = sorted(grounds, key=lambda ground: -ground.area)[:_MAX_GROUNDS]
    return sorted(largest, key=lambda ground: ground.place), places, shapes.count


def _painted_objects(page: Any) -> Iterator[tuple[int, int, tuple[Matrix, ...]]]:
    """(address, kind, matrices of the forms around it) of every object in painting order, forms opened."""
    import pypdfium2.raw as pdfium

    object_at = bare(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    inner_at = bare(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
    inner_count = bare(pdfium.FPDFFormObj_CountObjects, ctypes.c_int, ctypes.c_void_p)
    kind_of = bare(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)
    matrix_of = bare(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)

    def opened(addresses: Iterable[int], around: tuple[Matrix, ...]) -> Iterator[tuple[int, int, tuple[Matrix, ...]]]:
        for address in addresses:
            kind = kind_of(address)
            if kind != pdfium.FPDF_PAGEOBJ_FORM or len(around) >= _MAX_FORMS_DEEP:
                yield address, kind, around
                continue
            matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
            matrix_of(address, ctypes.addressof(matrix))
            inside = map(inner_at, repeat(address), range(inner_count(address)))
            yield from opened(inside, (_numbers(matrix), *around))

    page_address = address_of(page)
    objects = map(object_at, repeat(page_address), range(pdfium.FPDFPage_CountObjects(page)))
    yield from islice(opened(objects, ()), _MAX_OBJECTS)


def _numbers(matrix: Any) -> Matrix:
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


class _Shapes:
    """Asks PDFium what a page object covers, and in which grey."""

    def __init__(self) -> None:
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self.count = 0

    def ground(self, address: int, kind: int, matrices: Iterable[Matrix], place: int) -> Ground | None:
        import pypdfium2.raw as pdfium

        page_object = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
        is_picture = kind == pdfium.FPDF_PAGEOBJ_IMAGE
        grey = None
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            pdfium.FPDFPath_GetDrawMode(page_object, self._fill, self._stroke)
            if not self._fill.value or pdfium.FPDFPageObj_HasTransparency(page_object):
                return None
            self.count += 1
            grey = self._grey(page_object)
        elif not is_picture and kind != pdfium.FPDF_PAGEOBJ_SHADING:
            return None
        pdfium.FPDFPageObj_GetBounds(page_object, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        for matrix in matrices:
            left, bottom, right, top = _moved((left, bottom, right, top), matrix)
        if right - left < _SMALLEST_GROUND_PT or top - bottom < _SMALLEST_GROUND_PT:
            return None
        return Ground(place, (left, bottom, right, top), grey, is_picture)

    def _grey(self, path: Any) -> int | None:
        """Of a plain rectangle; None for a shape with holes or curves, or a fill that is no colour."""
        import pypdfium2.raw as pdfium

        red, green, blue, alpha = self._colour
        if pdfium.FPDFPath_CountSegments(path) > _SEGMENTS_OF_A_RECTANGLE:
            return None
        if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, alpha):
            return None
        return (299 * red.value + 587 * green.value + 114 * blue.value) // 1000


def _moved(edges: Edges, matrix: Matrix) -> Edges:
    """The upright box around a box that was moved by a matrix (a b c d e f of ISO 32000-1, 8.3.3)."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in edges[::2] for y in edges[1::2]]
    return (
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )


class _Painted:
    """The page as grey pixels."""

    def __init__(self, page: Any, edges: Edges) -> None:
        import pypdfium2.raw as pdfium

        turns = pdfium.FPDFPage_GetRotation(page.raw)
        pdfium.FPDFPage_SetRotation(page.raw, 0)
        width, height = edges[2] - edges[0], edges[3] - edges[1]
        self._left, self._top = edges[0], edges[3]
        self._scale = min(1.5, _PAINTED_SIDE_PX / max(width, height, 1))
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
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= _SAME_GREY
