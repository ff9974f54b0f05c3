"""Sheet → RTF named .doc: GBK bytes as hexadecimal under a Chinese font, \\u for what GBK lacks, tables as rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scripts.benchmarks.generator.formats.portrait import HEIGHT, WIDTH, portrait
from scripts.benchmarks.generator.formats.spans import flattened, lines_of
from scripts.benchmarks.generator.sheet import Block, Bullets, Columns, Grid, Heading, Photo, Sheet, Split, Text

_LINE = 10000  # twips between the margins
_HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0\deflang2052"
    r"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fswiss\fcharset0 Arial;}}"
    r"{\colortbl;\red31\green78\blue121;\red102\green102\blue102;}"
    r"{\*\generator Bench;}\paperw11906\paperh16838\margl900\margr900\margt900\margb900\f0"
)


def write_rtf(sheet: Sheet) -> bytes:
    return f"{_HEAD}\n{_paragraphs(sheet.blocks)}}}".encode("ascii")


def _paragraphs(blocks: Sequence[Block]) -> str:
    return "".join(_PRINTERS[type(block)](block) for block in blocks)


def _text(block: Text) -> str:
    align = {"left": r"\ql", "center": r"\qc", "right": r"\qr"}[block.align]
    look = rf"\fs{int(block.size * 2)}" + (r"\b" if block.bold else "") + (r"\cf2" if block.grey else "")
    return rf"\pard{align}{{{look} {_words(block.text)}}}\par" + "\n"


def _heading(block: Heading) -> str:
    return rf"\pard\ql\sb120{{\fs24\b\cf1 {_words(block.text)}}}\par" + "\n"


def _split(block: Split) -> str:
    left = rf"{{\fs20\b {_words(block.left)}}}" if block.bold else rf"{{\fs20 {_words(block.left)}}}"
    return rf"\pard\ql\tqr\tx{_LINE}{left}\tab{{\fs20 {_words(block.right)}}}\par" + "\n"


def _bullets(block: Bullets) -> str:
    if block.glyph == "•":
        mark = r"{\pntext\f1\'b7\tab}{\*\pn\pnlvlblt\pnf1\pnindent0{\pntxtb\'b7}}"
        return "".join(rf"\pard{mark}\fi-200\li200{{\fs19 {_words(item)}}}\par" + "\n" for item in block.items)
    return "".join(rf"\pard\ql{{\fs19 {_words(f'{block.glyph} {item}')}}}\par" + "\n" for item in block.items)


def _photo(_block: Photo) -> str:
    return rf"\pard{{\pict\pngblip\picw{WIDTH}\pich{HEIGHT}\picwgoal1200\pichgoal1680 {portrait().hex()}}}\par" + "\n"


def _grid(block: Grid) -> str:
    """Vertical spans by \\clvmgf and \\clvmrg, horizontal ones by wider cells; what nests is flattened to its paragraphs."""
    rows = []
    for line in lines_of(block):
        edges, merges, texts = [], [], []
        for x, one, continued in line:
            edges.append(int(_LINE * sum(block.widths[: x + one.columns])))
            merges.append(r"\clvmrg" if continued else r"\clvmgf" if one.rows > 1 else "")
            texts.append("" if continued else _cell(one.blocks))
        cells = "".join(rf"{merge}\cellx{edge}" for merge, edge in zip(merges, edges, strict=True))
        rows.append(rf"\trowd\trgaph80{cells}" + "".join(rf"\pard\intbl {text}\cell" for text in texts) + "\\row\n")
    return "".join(rows) + "\\pard\n"


def _cell(blocks: Sequence[Block]) -> str:
    printed = _paragraphs([part for block in blocks for part in flattened(block)])
    return printed.replace(r"\pard", r"\pard\intbl").removesuffix("\\par\n")


def _columns(block: Columns) -> str:
    edges = rf"\cellx{int(_LINE * block.share)}\cellx{_LINE}"
    cells = "".join(rf"\pard\intbl {_cell(blocks)}\cell" for blocks in (block.left, block.right))
    return rf"\trowd\trgaph80{edges}{cells}" + "\\row\\pard\n"


def _words(text: str) -> str:
    return "".join(map(_character, text))


def _character(char: str) -> str:
    if char in "\\{}":
        return f"\\{char}"
    if char.isascii():
        return char
    try:
        return "".join(rf"\'{byte:02x}" for byte in char.encode("gbk"))
    except UnicodeEncodeError:
        return rf"\u{ord(char) if ord(char) < 0x8000 else ord(char) - 0x10000}?"


_PRINTERS: dict[type, Callable[[Any], str]] = {
    Text: _text,
    Heading: _heading,
    Split: _split,
    Bullets: _bullets,
    Photo: _photo,
    Grid: _grid,
    Columns: _columns,
}
