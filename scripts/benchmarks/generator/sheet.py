"""A page before it has a format: the few blocks every template is arranged from and every writer can print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Align = Literal["left", "center", "right"]
Look = Literal["rule", "band", "plain"]


@dataclass(frozen=True)
class Text:
    """One paragraph; `size` in points."""

    text: str
    size: float = 10
    bold: bool = False
    align: Align = "left"
    grey: bool = False


@dataclass(frozen=True)
class Heading:
    text: str
    look: Look = "rule"


@dataclass(frozen=True)
class Split:
    """Left and right end of one line."""

    left: str
    right: str
    bold: bool = True


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]
    glyph: str = "•"


@dataclass(frozen=True)
class Photo:
    """The portrait."""


@dataclass(frozen=True)
class Cell:
    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1
    shaded: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. A row lists the cells that begin in it; `widths` are shares of the line."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    border: bool = True


@dataclass(frozen=True)
class Columns:
    """Two columns side by side; `share` is the left one's. `boxes`: Word prints them as floating text boxes."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    share: float = 0.32
    dark: bool = False
    boxes: bool = False


Block: TypeAlias = Text | Heading | Split | Bullets | Photo | Grid | Columns


@dataclass(frozen=True)
class Sheet:
    """`colour` is the accent, as RRGGBB."""

    title: str
    blocks: tuple[Block, ...]
    colour: str = "1F4E79"


def cell(
    *texts: str, bold: bool = False, shaded: bool = False, columns: int = 1, rows: int = 1, size: float = 10
) -> Cell:
    return Cell(tuple(Text(text, size=size, bold=bold) for text in texts), columns=columns, rows=rows, shaded=shaded)


def all_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block in reading order, those inside cells and columns too."""
    for block in blocks:
        yield block
        if isinstance(block, Grid):
            yield from all_blocks([inner for row in block.rows for one in row for inner in one.blocks])
        elif isinstance(block, Columns):
            yield from all_blocks((*block.left, *block.right))


def holds(blocks: Sequence[Block], kind: type) -> bool:
    return any(isinstance(block, kind) for block in all_blocks(blocks))


def texts_of(block: Block) -> tuple[str, ...]:
    """The strings a block prints itself."""
    if isinstance(block, (Text, Heading)):
        return (block.text,)
    if isinstance(block, Split):
        return block.left, block.right
    return block.items if isinstance(block, Bullets) else ()


def with_texts(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """The sheet with every printed string changed."""
    return replace(sheet, blocks=_changed(sheet.blocks, change))


def _changed(blocks: Sequence[Block], change: Callable[[str], str]) -> tuple[Block, ...]:
    return tuple(_change(block, change) for block in blocks)


def _change(block: Block, change: Callable[[str], str]) -> Block:
    if isinstance(block, (Text, Heading)):
        return replace(block, text=change(block.text))
    if isinstance(block, Split):
        return replace(block, left=change(block.left), right=change(block.right))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(map(change, block.items)))
    if isinstance(block, Grid):
        rows = tuple(tuple(replace(one, blocks=_changed(one.blocks, change)) for one in row) for row in block.rows)
        return replace(block, rows=rows)
    if isinstance(block, Columns):
        return replace(block, left=_changed(block.left, change), right=_changed(block.right, change))
    return block
