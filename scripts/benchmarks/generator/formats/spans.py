"""Where the cells of a grid lie once spans are counted, and what is left of a grid where none may stand."""

from collections.abc import Iterator, Sequence

from scripts.benchmarks.generator.sheet import Block, Cell, Grid


def placed(grid: Grid) -> Iterator[tuple[int, int, Cell]]:
    """Row, column, cell; a cell never reaches over the last row."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(grid.rows):
        x = 0
        for one in row:
            while (y, x) in taken:
                x += 1
            rows = min(one.rows, len(grid.rows) - y)
            taken |= {(y + down, x + across) for down in range(rows) for across in range(one.columns)}
            yield y, x, one if rows == one.rows else Cell(one.blocks, one.columns, rows, one.shaded)


def lines_of(grid: Grid) -> list[list[tuple[int, Cell, bool]]]:
    """Each row's cells from left to right as column, cell, and whether it only continues one of a row above."""
    lines: list[list[tuple[int, Cell, bool]]] = [[] for _ in grid.rows]
    for y, x, one in placed(grid):
        for down in range(one.rows):
            lines[y + down].append((x, one, down > 0))
    return [sorted(line, key=lambda entry: entry[0]) for line in lines]


def flattened(block: Block) -> Sequence[Block]:
    """A grid as the blocks of its cells, for cells that hold no inner table."""
    if isinstance(block, Grid):
        return [part for row in block.rows for one in row for inner in one.blocks for part in flattened(inner)]
    return [block]
