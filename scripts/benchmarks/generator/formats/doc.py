"""Sheet → Word 97 file (.doc): tables of cells and rows, text boxes, the photo floating beside the first lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scripts.benchmarks.generator.formats.portrait import HEIGHT, WIDTH, portrait
from scripts.benchmarks.generator.formats.spans import flattened, lines_of
from scripts.benchmarks.generator.sheet import Block, Bullets, Columns, Grid, Heading, Photo, Sheet, Split, Text, holds
from scripts.benchmarks.writers.doc_file import WordFile
from scripts.benchmarks.writers.doc_text import Box, Paragraph, Picture, Run, paragraph, row

_PHOTO_WIDTH = 60


def write_doc(sheet: Sheet) -> bytes:
    """Every other document is `scattered`, as fast saving leaves the pieces of a text."""
    first = sheet.blocks[0]
    if isinstance(first, Columns) and first.boxes:
        body: list[Paragraph] = [paragraph(""), paragraph("")]
        boxes = [
            Box(_paragraphs(first.left), anchor=0, left=30, top=40, width=150, height=700),
            Box(_paragraphs(first.right), anchor=1, left=190, top=40, width=360, height=700),
        ]
    else:
        body, boxes = _paragraphs(sheet.blocks), []
    photo = Picture(portrait(), anchor=0, left=460, width=_PHOTO_WIDTH, height=_PHOTO_WIDTH * HEIGHT // WIDTH)
    pictures = [photo] if holds(sheet.blocks, Photo) else []
    return WordFile(body, boxes=boxes, pictures=pictures, scattered=len(sheet.title) % 2 == 0).content()


def _paragraphs(blocks: Sequence[Block]) -> list[Paragraph]:
    return [one for block in blocks for one in _PRINTERS[type(block)](block)]


def _text(block: Text) -> list[Paragraph]:
    return [paragraph(block.text, bold=block.bold, size=block.size)]


def _heading(block: Heading) -> list[Paragraph]:
    return [paragraph(block.text, bold=True, size=12)]


def _split(block: Split) -> list[Paragraph]:
    return [Paragraph((Run(block.left, bold=block.bold, size=10), Run(f"\t{block.right}", size=10)))]


def _bullets(block: Bullets) -> list[Paragraph]:
    if block.glyph == "•":
        return [paragraph(item, listed=True) for item in block.items]
    return [paragraph(f"{block.glyph} {item}") for item in block.items]


def _photo(_block: Photo) -> list[Paragraph]:
    return []


def _grid(block: Grid) -> list[Paragraph]:
    """A cell that only continues one above is an empty one, as Word keeps it."""
    return [
        one
        for line in lines_of(block)
        for one in row(*("" if continued else _cell(cell.blocks) for _, cell, continued in line))
    ]


def _cell(blocks: Sequence[Block]) -> list[Paragraph]:
    return _paragraphs([part for block in blocks for part in flattened(block)]) or [paragraph("")]


def _columns(block: Columns) -> list[Paragraph]:
    return row(_cell(block.left), _cell(block.right))


_PRINTERS: dict[type, Callable[[Any], list[Paragraph]]] = {
    Text: _text,
    Heading: _heading,
    Split: _split,
    Bullets: _bullets,
    Photo: _photo,
    Grid: _grid,
    Columns: _columns,
}
