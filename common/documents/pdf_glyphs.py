"""The characters of one PDF page with their places, as PDFium sees them, in runs that were drawn in one go.

A call through ctypes costs as much as PDFium needs for a character, so there are two a character (its box, its text object)
and everything else is asked once a text object. Spaces are no glyphs: PDFs put them anywhere or nowhere, so the layout
derives them from the gaps and takes a space in the stream as a hint.
"""

import ctypes
import math
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count as count_from
from itertools import groupby, pairwise, repeat
from typing import Any

from common.documents.pdf_fonts import FontFacts, facts_of_font

_LINE_END_HYPHENS = dict.fromkeys((0x02, 0xAD, 0xFFFE), "-")  # PDFium's marks; a soft hyphen that is drawn is one, too
_NO_WIDTH = "\u200b"
_BLANKS = frozenset("\0\t\n\r \u00a0\u3000\ufeff\uffff" + _NO_WIDTH)
ICONS = chr(0x100000)  # letters of icon fonts become private-use characters from here on: the layout knows what to do
_FIRST_SYMBOL = "\u2010"
_QUARTER = 1.5707963
_SAME_HEIGHT = 0.05
_MOVED_ON = 0.15
_DOUBTFUL_PT = 4.0  # text so small is tiny, or its boxes fit the ink: the text matrix tells
_STRETCHED = 0.5  # a run whose ends differ by more than half their height does not run along one line
_STROKE_ONLY, _FILL_AND_STROKE = 1, 2  # text rendering modes, ISO 32000-1 table 106
_INVISIBLE = (3, 7)

Edges = tuple[float, float, float, float]


@dataclass
class Run:
    """The glyphs at `places` of the page, drawn by one operator on one baseline.

    `turns` is how many quarter turns anticlockwise the text was drawn at; its glyphs and baseline are given as if the page
    were turned back. `grey` 0 (black) to 255; `opacity` 0 to 255, 0 for text that draws nothing. `address` is PDFium's text
    object, the first one of the run.
    """

    places: list[int]
    address: int
    baseline: float
    em: float
    style: tuple[int, int, int, bool]

    @property
    def turns(self) -> int:
        return self.style[0]

    @property
    def grey(self) -> int:
        return self.style[1]

    @property
    def opacity(self) -> int:
        return self.style[2]

    @property
    def bold(self) -> bool:
        return self.style[3]


@dataclass
class PageGlyphs:
    """Characters and edges side by side, in the order of the content stream. Points, origin bottom left as in the PDF.

    Blanks are in it, but in no run: where the places of two glyphs are not consecutive, PDFium saw a blank between them. One
    that the file itself draws has a width. `text_objects` counts those that gave any character.
    """

    chars: list[str] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    text_objects: int = 0

    def text(self, runs: Iterable[Run]) -> str:
        """What the content stream says, in its own order, with the engine's spaces and line ends."""
        parts: list[str] = []
        end = 0
        for run in runs:
            between = self.chars[end : run.places[0]]
            parts.append("\n" if "\n" in between else " " if between else "")
            end = run.places[-1] + 1
            parts += self.chars[run.places[0] : end]
        return "".join(parts)

    def box(self, run: Run) -> Edges:
        """(left, bottom, right, top) of a run on the page."""
        first, last = run.places[0], run.places[-1]
        edges = self.left[first], self.bottom[first], self.right[last], self.top[first]
        return turned(edges, -run.turns) if run.turns else edges


def turned(edges: Edges, quarters: int) -> Edges:
    """(left, bottom, right, top) after turning the paper clockwise around its origin."""
    left, bottom, right, top = edges
    return (
        (left, bottom, right, top),
        (bottom, -right, top, -left),
        (-right, -top, -left, -bottom),
        (-top, left, -bottom, right),
    )[quarters % 4]


def read_glyphs(text_page: Any) -> PageGlyphs:
    """All glyphs of a page, seen or hidden. `text_page` is a raw PDFium text page; the caller keeps it alive."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(text_page)
    if count < 1:
        return PageGlyphs()
    chars = _chars(text_page, count)
    object_of = bare("FPDFText_GetTextObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    addresses = list(map(object_of, repeat(address_of(text_page)), range(count)))
    box_of = bare("FPDFText_GetLooseCharBox", ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    boxes = (ctypes.c_float * (4 * count))()
    places = count_from(ctypes.addressof(boxes), ctypes.sizeof(ctypes.c_float) * 4)
    deque(map(box_of, repeat(address_of(text_page)), range(count), places), maxlen=0)
    edges = list(boxes)
    glyphs = PageGlyphs(
        chars=chars,
        left=edges[0::4],
        top=edges[1::4],
        right=edges[2::4],
        bottom=edges[3::4],
    )
    inked = [place for place, char in enumerate(chars) if char not in _BLANKS and addresses[place]]
    glyphs.text_objects = len(set(addresses) - {None})
    glyphs.runs = list(_runs(text_page, glyphs, inked, addresses))
    return glyphs


def _chars(text_page: Any, count: int) -> list[str]:
    """Every character of the page; in one call where the engine's text has one UTF-16 unit a character."""
    import pypdfium2.raw as pdfium

    units = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(text_page, 0, count, units) == count + 1:
        text = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return list(text.translate(_LINE_END_HYPHENS))
    codes = list(map(pdfium.FPDFText_GetUnicode, repeat(text_page), range(count)))
    return [char.translate(_LINE_END_HYPHENS) for char in _without_surrogates(codes)]


def _without_surrogates(codes: list[int]) -> list[str]:
    """A pair becomes one character and a blank; half a pair becomes U+FFFD."""
    whole = [chr(0xFFFD if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else code) for code in codes]
    for index in range(len(codes) - 1):
        high, low = codes[index], codes[index + 1]
        if 0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF:
            whole[index : index + 2] = [chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00), _NO_WIDTH]
    return whole


def address_of(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


@cache
def bare(name: str, answer: Any, *arguments: Any) -> Any:
    """A PDFium function that takes and gives plain addresses: half the cost of a call with typed pointers."""
    import pypdfium2.raw as pdfium

    return ctypes.CFUNCTYPE(answer, *arguments)(address_of(getattr(pdfium, name)))


def _runs(text_page: Any, glyphs: PageGlyphs, inked: list[int], addresses: list[int]) -> Iterator[Run]:
    style = _StyleReader(text_page, glyphs)
    last: Run | None = None
    for address, group in groupby(inked, key=addresses.__getitem__):
        run = style.read(address, list(group))
        if last is not None and _goes_on(glyphs, last, run):
            last.places += run.places
            continue
        if last is not None:
            yield from style.along_one_line(last)
        last = run
    if last is not None:
        yield from style.along_one_line(last)


def _goes_on(glyphs: PageGlyphs, first: Run, second: Run) -> bool:
    """Many programs draw every letter by itself: what stands next to each other in one style is one run."""
    end, start = first.places[-1], second.places[0]
    return (
        first.style == second.style
        and first.baseline == second.baseline
        and abs(first.em - second.em) < _SAME_HEIGHT * first.em
        and glyphs.left[end] + _MOVED_ON * first.em < glyphs.left[start] < glyphs.right[end] + first.em
    )


def _icon(char: str) -> str:
    """Real symbols (arrows, discs, stars) stay what they say they are."""
    return chr(ord(ICONS) + (ord(char) & 0xFFFF)) if char < _FIRST_SYMBOL or "\ue000" <= char <= "\uf8ff" else char


def _maps_one_to_one(glyphs: PageGlyphs, places: Iterable[int]) -> bool:
    """False where one icon stands for a word ("tel:"), which is text somebody wanted to be read."""
    edges = [
        (glyphs.right[place] - glyphs.left[place]) / (glyphs.top[place] - glyphs.bottom[place] or 1) for place in places
    ]
    return min(edges) > 0.2 or len(edges) == 1


class _StyleReader:
    """Asks PDFium for what all glyphs of a text object share."""

    def __init__(self, text_page: Any, glyphs: PageGlyphs) -> None:
        address, number = ctypes.c_void_p, ctypes.c_int
        self._text_page = address_of(text_page)
        self._glyphs = glyphs
        self._level: tuple[int, float, float] | None = None
        self._turns, self._baseline, self._em = 0, 0.0, 0.0
        self._mode_of = bare("FPDFTextObj_GetTextRenderMode", number, address)
        self._fill_of = bare("FPDFPageObj_GetFillColor", number, *[address] * 5)
        self._stroke_of = bare("FPDFPageObj_GetStrokeColor", number, *[address] * 5)
        self._font_of = bare("FPDFTextObj_GetFont", address, address)
        self._angle_at = bare("FPDFText_GetCharAngle", ctypes.c_float, address, number)
        self._origin_at = bare("FPDFText_GetCharOrigin", number, address, number, address, address)
        self._box_at = bare("FPDFText_GetCharBox", number, address, number, *[address] * 4)
        self._matrix_at = bare("FPDFText_GetMatrix", number, address, number, address)
        self._size_at = bare("FPDFText_GetFontSize", ctypes.c_double, address, number)
        self._matrix = (ctypes.c_float * 6)()
        self._fonts: dict[int, FontFacts] = {}
        self._place = (ctypes.c_double * 4)()
        self._colour = (ctypes.c_uint * 4)()
        self._into_place = [ctypes.addressof(self._place) + 8 * index for index in range(4)]
        self._into_colour = [ctypes.addressof(self._colour) + 4 * index for index in range(4)]

    def read(self, address: int, places: list[int]) -> Run:
        glyphs, first = self._glyphs, places[0]
        mode = self._mode_of(address)
        ask = self._stroke_of if mode == _STROKE_ONLY else self._fill_of
        painted = ask(address, *self._into_colour)
        red, green, blue, alpha = self._colour
        font = self._font_of(address)
        facts = self._facts(font)
        level = font, glyphs.bottom[first], glyphs.top[first]
        if level != self._level:  # the same font between the same edges has the same size, on the same baseline
            self._level = level
            self._turns = round(-self._angle_at(self._text_page, first) / _QUARTER) % 4  # it is given clockwise
            self._baseline = self._origin(first, self._turns)[1]
            self._em = self._size(facts, places)
        run = Run(
            places,
            address,
            self._baseline,
            self._em,
            (
                self._turns,
                (299 * red + 587 * green + 114 * blue) // 1000 if painted else 0,
                0 if mode in _INVISIBLE else alpha if painted else 255,
                facts.bold or mode == _FILL_AND_STROKE,
            ),
        )
        if facts.icons and _maps_one_to_one(glyphs, places):
            for place in places:
                glyphs.chars[place] = _icon(glyphs.chars[place])
        if self._turns:
            self._level = None
            self._take_tight_boxes(run)
        return run

    def along_one_line(self, run: Run) -> Iterator[Run]:
        """The run, or its glyphs one by one where it was written downwards."""
        glyphs, first, last = self._glyphs, run.places[0], run.places[-1]
        if run.turns or abs(glyphs.bottom[last] - glyphs.bottom[first]) <= _STRETCHED * run.em:
            yield run
            return
        for place in run.places:
            yield replace(run, places=[place], baseline=self._origin(place, 0)[1])

    def _take_tight_boxes(self, run: Run) -> None:
        """Loose boxes are made for upright text only: here a glyph reaches from its origin to the next one."""
        glyphs = self._glyphs
        for place in run.places:
            self._box_at(self._text_page, place, *self._into_place)
            left, right, bottom, top = self._place
            left, glyphs.bottom[place], glyphs.right[place], glyphs.top[place] = turned(
                (left, bottom, right, top), run.turns
            )
            glyphs.left[place] = min(left, self._origin(place, run.turns)[0])
        for first, second in pairwise(run.places):
            if second == first + 1:
                glyphs.right[first] = glyphs.left[second]

    def _origin(self, index: int, turns: int) -> tuple[float, float]:
        self._origin_at(self._text_page, index, *self._into_place[:2])
        x, y, _, _ = self._place
        return ((x, y), (y, -x), (-x, -y), (-y, x))[turns]

    def _facts(self, font: int) -> FontFacts:
        if font not in self._fonts:
            self._fonts[font] = facts_of_font(font)
        return self._fonts[font]

    def _size(self, facts: FontFacts, places: list[int]) -> float:
        """The size of the letters; boxes are as high as the font asks for, which differs from font to font."""
        if facts.line_height and not self._turns:
            em = _typical_height(self._glyphs, places) / facts.line_height
            if em > _DOUBTFUL_PT:
                return em
        self._matrix_at(self._text_page, places[0], ctypes.addressof(self._matrix))
        _, _, c, d, _, _ = self._matrix
        return math.hypot(c, d) * float(self._size_at(self._text_page, places[0]))


def _typical_height(glyphs: PageGlyphs, places: list[int]) -> float:
    """The middle one of three heights: a box grows with a tall glyph, but most are as high as the font."""
    first, middle, last = places[0], places[len(places) // 2], places[-1]
    if first == last:
        return glyphs.top[first] - glyphs.bottom[first]
    return sorted(glyphs.top[place] - glyphs.bottom[place] for place in (first, middle, last))[1]
