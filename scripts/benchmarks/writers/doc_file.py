"""Write a Word 97 file (.doc): text with its formatting, tables, text boxes, headers, notes, pictures; for tests and benchmarks.

Two ways of keeping the text: in one piece, or `scattered` as fast saving left it (each paragraph a piece of its own, the last
one first in the file, eight bits a character where that is enough).
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from scripts.benchmarks.writers import doc_drawings
from scripts.benchmarks.writers.doc_pages import Formatted, Pages, character_pages, paragraph_pages
from scripts.benchmarks.writers.doc_text import FIELD_MARKS, SPECIAL, Box, Paragraph, Picture, Run, paragraph, units
from scripts.benchmarks.writers.ole_file import ole_file

_TEXT_STARTS = 0x800
_PAGE = 512
_FIXED_STYLES = 15
_FIELD_FLAGS = dict(zip(FIELD_MARKS, (b"\x58", b"\xff", b"\x80"), strict=True))
_FIB_97_PARTS = 93
_ANCHOR, _NOTE_MARK = Run("\x08", properties=SPECIAL), Run("\x02", properties=SPECIAL)


@dataclass(frozen=True)
class WordStyle:
    """A paragraph style; `size` in points, `base` the number of the style it is based on."""

    name: str
    bold: bool = False
    size: float | None = 10.5
    listed: int = 0
    base: int = 0xFFF


@dataclass(frozen=True)
class WordFile:
    """Its `inline` pictures stand each in a paragraph of its own behind the body. `styles`: number → style, 0 being Normal.

    `margins`: left and top, in points. `numbered`: the text of each list's markers, such as "%1." for counting and "•" for
    bullets; list 1 is the first of them. `blobs` is what the stream "Data" starts with: property lists too long for a page.
    """

    body: Sequence[Paragraph]
    header: Sequence[Paragraph] = ()
    footer: Sequence[Paragraph] = ()
    footnotes: Sequence[Paragraph] = ()
    boxes: Sequence[Box] = ()
    pictures: Sequence[Picture] = ()
    inline: Sequence[Picture] = ()
    numbered: Sequence[str] = ()
    styles: Mapping[int, WordStyle] = field(default_factory=lambda: {0: WordStyle("Normal")})
    margins: tuple[float, float] = (90.0, 72.0)
    scattered: bool = False
    blobs: bytes = b""
    flags: int = 0x1200  # extended characters, 1Table

    @property
    def shapes(self) -> list[Box | Picture]:
        return [*self.boxes, *self.pictures]

    def content(self) -> bytes:
        return _Writer(self).content()


class _Writer:
    """Lays the file out from front to back: FIB, text, pictures, formatted pages; everything else goes into the table."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._table = b""
        self._parts = [(0, 0)] * _FIB_97_PARTS
        self._blobs = file.blobs + b"".join(map(doc_drawings.inline_picture, file.inline))
        self._stories = self._laid_out_stories()
        self._paragraphs = [item for story in self._stories for item in story]

    def content(self) -> bytes:
        text, places = self._text()
        pictures = [doc_drawings.picture_record(picture) for picture in self._file.pictures]
        picture_places = list(accumulate(map(len, pictures), initial=_TEXT_STARTS + len(text)))[:-1]
        body = bytes(_TEXT_STARTS) + text + b"".join(pictures)
        section_place = len(body)
        body += _section(*self._file.margins)
        body += bytes(-len(body) % _PAGE)
        for part, pages in ((12, self._character_pages(places)), (13, self._paragraph_pages(places))):
            self._put(part, pages.list_of(len(body) // _PAGE))
            body += b"".join(pages.pages)
        self._put(33, self._piece_table(places))
        self._put(1, _style_sheet(self._file.styles))
        self._put_lists()
        self._put_stories()
        self._put_drawings(picture_places)
        self._put_frame(section_place)
        streams = {"WordDocument": self._fib(len(text)) + body[_TEXT_STARTS:], "1Table": self._table}
        return ole_file({**streams, "Data": self._blobs} if self._blobs else streams)

    def _laid_out_stories(self) -> list[list[Paragraph]]:
        """The eight stories of the format; a last empty paragraph stands behind them when there is more than the body."""
        file = self._file
        body = [replace(item, runs=[*self._anchors_of(n), *item.runs]) for n, item in enumerate(file.body)]
        places = accumulate(
            (len(doc_drawings.inline_picture(picture)) for picture in file.inline), initial=len(file.blobs)
        )
        body += [
            Paragraph((Run("\x01", properties=SPECIAL + struct.pack("<HI", 0x6A03, place)),))
            for place, _ in zip(places, file.inline, strict=False)
        ]
        guard = paragraph("")
        notes = [replace(note, runs=[_NOTE_MARK, *note.runs]) for note in file.footnotes]
        headers = [*_guarded(file.header), *_guarded(file.footer)]
        boxes = [item for box in file.boxes for item in box.content]
        stories = [body, [*notes, guard] if notes else [], [*headers, guard] if headers else [], [], [], []]
        stories += [[*boxes, guard] if boxes else [], []]
        if any(stories[1:]):
            stories.append([guard])
        return stories

    def _anchors_of(self, index: int) -> list[Run]:
        marks = [_ANCHOR for shape in self._file.shapes if shape.anchor == index]
        return marks + ([_NOTE_MARK] * len(self._file.footnotes) if index == 0 else [])

    def _text(self) -> tuple[bytes, list[tuple[int, int]]]:
        """The text's bytes; and for each paragraph, where it stands and how many bytes a character takes."""
        order = range(len(self._paragraphs))
        text = b""
        places: dict[int, tuple[int, int]] = {}
        for n in reversed(order) if self._file.scattered else order:
            text += bytes(-len(text) % 2)
            encoded, width = _encoded(self._paragraphs[n].text, eight_bit=self._file.scattered)
            places[n] = (_TEXT_STARTS + len(text), width)
            text += encoded
        return text, [places[n] for n in order]

    def _piece_table(self, places: Sequence[tuple[int, int]]) -> bytes:
        lengths = [len(item.text) for item in self._paragraphs]
        if not self._file.scattered:
            lengths, places = [sum(lengths)], places[:1]
        borders = list(accumulate(lengths, initial=0))
        items = (
            struct.pack("<HIH", 0, offset if width == 2 else offset * 2 | 0x40000000, 0) for offset, width in places
        )
        plc = struct.pack(f"<{len(borders)}I", *borders) + b"".join(items)
        return struct.pack("<BI", 2, len(plc)) + plc

    def _paragraph_pages(self, places: Sequence[tuple[int, int]]) -> Pages:
        runs = [
            (start, start + width * len(item.text), item.packed())
            for item, (start, width) in zip(self._paragraphs, places, strict=True)
        ]
        return paragraph_pages(sorted(runs))

    def _character_pages(self, places: Sequence[tuple[int, int]]) -> Pages:
        runs: list[Formatted] = []
        for item, (start, width) in zip(self._paragraphs, places, strict=True):
            for run in (*item.runs, Run(item.end)):
                end = start + width * len(units(run.text))
                if end > start:
                    runs.append((start, end, run.packed()))
                start = end
        return character_pages(sorted(runs))

    def _put(self, part: int, content: bytes) -> None:
        self._parts[part] = (len(self._table), len(content))
        self._table += content

    def _put_lists(self) -> None:
        """Lists of one level; their levels stand behind the definitions, which do not count them."""
        markers = self._file.numbered
        if not markers:
            return
        numbers = range(1, len(markers) + 1)
        lists = [struct.pack("<iI", number, 0) + bytes(18) + b"\1\0" for number in numbers]
        self._put(73, struct.pack("<H", len(lists)) + b"".join(lists))
        self._table += b"".join(map(_list_level, markers))
        uses = [struct.pack("<i", number) + bytes(12) for number in numbers]
        self._put(74, struct.pack("<I", len(uses)) + b"".join(uses) + b"\xff" * 4 * len(uses))

    def _put_stories(self) -> None:
        """Where the notes, the headers and the boxes begin inside their stories."""
        file = self._file
        if file.footnotes:
            borders = list(accumulate((len(note.text) + 1 for note in file.footnotes), initial=0))
            count = len(file.footnotes)
            marks = [place for place, _ in self._marks("\x02")]
            self._put(2, struct.pack(f"<{count + 1}I{count}H", *marks, self._length(0), *range(1, count + 1)))
            self._put(3, struct.pack(f"<{count + 2}I", *borders, borders[-1] + 1))
        if file.header or file.footer:
            lengths = [sum(len(item.text) for item in _guarded(part)) for part in (file.header, file.footer)]
            header, both = lengths[0], sum(lengths)
            borders = [0] * 8 + [header, header, both, both, both, both + 1]
            self._put(11, struct.pack(f"<{len(borders)}I", *borders))
        if file.boxes:
            lengths = [sum(len(item.text) for item in box.content) for box in file.boxes]
            borders = list(accumulate([*lengths, 1], initial=0))
            items = [
                struct.pack("<2IHiII", 1, 0, 0, -1, doc_drawings.box_number(n, box), 0)
                for n, box in enumerate(file.boxes)
            ]
            self._put(56, struct.pack(f"<{len(borders)}I", *borders) + b"".join(items) + bytes(22))

    def _put_drawings(self, picture_places: Sequence[int]) -> None:
        file = self._file
        if file.boxes or file.pictures:
            order = sorted(range(len(file.shapes)), key=lambda n: (file.shapes[n].anchor, n))
            positions = dict(zip(order, (place for place, _ in self._marks("\x08")), strict=True))
            self._put(40, doc_drawings.anchors(file.boxes, file.pictures, positions, self._length(0)))
            self._put(50, doc_drawings.drawing_group(file.boxes, file.pictures, picture_places))

    def _put_frame(self, section_place: int) -> None:
        """What programs besides ours want to see: the fields, one section, one font, document properties."""
        marks = self._marks(FIELD_MARKS)
        if marks:
            places = struct.pack(f"<{len(marks) + 1}I", *(place for place, _ in marks), self._length(0))
            self._put(16, places + b"".join(mark.encode() + _FIELD_FLAGS[mark] for _, mark in marks))
        self._put(6, struct.pack("<2IHiHI", 0, self._length(0), 0, section_place, 0, 0))
        name = "Times New Roman".encode("utf-16-le") + b"\0\0"
        font = struct.pack("<BHBB", 0x12, 400, 0, 0) + bytes(34) + name
        self._put(15, struct.pack("<HHB", 1, 0, len(font)) + font)
        self._put(31, bytes(500))

    def _marks(self, marks: str) -> list[tuple[int, str]]:
        body = "".join(item.text for item in self._stories[0])
        return [(place, char) for place, char in enumerate(body) if char in marks]

    def _length(self, story: int) -> int:
        return sum(len(item.text) for item in self._stories[story])

    def _fib(self, text_bytes: int) -> bytes:
        base = struct.pack("<7H", 0xA5EC, 0xC1, 0, 0x0804, 0, self._file.flags, 0xBF) + bytes(10)
        base += struct.pack("<2I", _TEXT_STARTS, _TEXT_STARTS + text_bytes)
        lengths = [self._length(story) for story in range(8)]
        longs = struct.pack("<3I8i", _TEXT_STARTS + text_bytes, 0, 0, *lengths).ljust(88, b"\0")
        parts = b"".join(struct.pack("<2I", *place) for place in self._parts)
        head = base + struct.pack("<H", 14) + bytes(28) + struct.pack("<H", 22) + longs
        return (head + struct.pack("<H", _FIB_97_PARTS) + parts).ljust(_TEXT_STARTS, b"\0")


def _section(left: float, top: float) -> bytes:
    """The properties of the only section: its margins, in twentieths of a point."""
    properties = struct.pack("<HHHh", 0xB021, round(20 * left), 0x9023, round(20 * top))
    return struct.pack("<H", len(properties)) + properties


def _list_level(marker: str) -> bytes:
    counts = "%1" in marker
    text = marker.replace("%1", "\0")
    places = bytes((text.index("\0") + 1 if counts else 0,)).ljust(9, b"\0")
    head = struct.pack("<iBB", 1, 0 if counts else 23, 0) + places + bytes(9) + bytes(4)
    return head + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def _encoded(text: str, *, eight_bit: bool) -> tuple[bytes, int]:
    if eight_bit and text.isascii():
        return text.encode("ascii"), 1
    return text.encode("utf-16-le", "surrogatepass"), 2


def _guarded(content: Sequence[Paragraph]) -> list[Paragraph]:
    """A header's story ends with one more paragraph mark."""
    return [*content, paragraph("")] if content else []


def _style_sheet(styles: Mapping[int, WordStyle]) -> bytes:
    count = max(_FIXED_STYLES, *(number + 1 for number in styles))
    head = struct.pack("<9H", count, 10, 1, 91, 15, 0, 0, 0, 0)
    definitions = [_style(number, styles[number]) if number in styles else b"" for number in range(count)]
    return struct.pack("<H", len(head)) + head + b"".join(struct.pack("<H", len(item)) + item for item in definitions)


def _style(number: int, style: WordStyle) -> bytes:
    name = struct.pack("<H", len(style.name)) + style.name.encode("utf-16-le") + b"\0\0"
    paragraph_list = replace(paragraph("", listed=style.listed), style=number).packed()
    lists = (paragraph_list, Run("", bold=style.bold, size=style.size).packed())
    body = struct.pack("<5H", number, 1 | style.base << 4, 2 | number << 4, 0, 0) + name
    for item in lists:
        body += struct.pack("<H", len(item)) + item + bytes(len(item) % 2)
    return body
