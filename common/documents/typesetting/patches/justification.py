"""xhtml2pdf justifies by widening spaces only, so a Chinese line with one space gets one huge gap; share the rest out evenly."""

from typing import Any

import xhtml2pdf.reportlab_paragraph as paragraph

#: More than this share of the font size between characters reads as spaced-out text: such a line stays ragged.
WIDEST_GAP_EM = 0.08
SHORTEST_LINE = 5

_draw_western = paragraph._justifyDrawParaLineX


def character_gap(extra_space: float, gaps: int, font_size: float) -> float:
    """Points to add between characters so that the line is full; 0 when the line should stay ragged."""
    if gaps < SHORTEST_LINE or extra_space <= 0:
        return 0.0
    gap = extra_space / gaps
    return gap if gap <= WIDEST_GAP_EM * font_size else 0.0


def draw_justified_line(tx: Any, offset: float, line: Any, last: int = 0) -> None:
    """In place of _justifyDrawParaLineX. Only lines of the patched breaker carry `gaps`; others are drawn as before."""
    gaps = getattr(line, "gaps", None)
    if gaps is None:
        _draw_western(tx, offset, line, last)
        return
    gap = character_gap(line.extraSpace, gaps, line.fontSize)
    paragraph.setXPos(tx, offset)
    if gap:
        tx.setCharSpace(gap)
    paragraph._putFragLine(offset, tx, line)
    if gap:
        tx.setCharSpace(0)
    paragraph.setXPos(tx, -offset)


def install() -> None:
    paragraph._justifyDrawParaLineX = draw_justified_line
