"""The same page written in another way: the order and the spacing in a PDF's stream are the program's, not the reader's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scripts.benchmarks.generator.formats.pdf import write_pdf
from scripts.benchmarks.generator.sheet import Sheet


def layered(sheet: Sheet) -> bytes:
    """As design programs write: layer by layer, all headings and names of entries first, the running text behind them."""
    from reportlab.pdfgen.canvas import Canvas

    class Layering(Canvas):  # type: ignore[misc]  # reportlab has no types
        waiting: tuple[tuple[bool, str], ...] = ()

        def drawText(self, text: Any) -> None:  # noqa: N802 - reportlab's name
            matrix = " ".join(f"{part:.4f}" for part in self._currentMatrix)
            colour = " ".join(f"{part:.4f}" for part in _colour(self._fillColorObj).rgb())
            drawn = f"q {matrix} cm {colour} rg {text.getCode()} Q"
            self.waiting = (*self.waiting, (text._fontname != "Bench-Bold", drawn))

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._code += [drawn for _, drawn in sorted(self.waiting, key=lambda one: one[0])]
            self.waiting = ()
            super().showPage()

    return write_pdf(sheet, canvas=Layering)


def placed_words(sheet: Sheet) -> bytes:
    """No blank is ever written: every word is put where it belongs."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

    class Words(PDFTextObject):  # type: ignore[misc]  # reportlab has no types
        def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 - reportlab's names
            at = 0.0
            for word in text.split(" "):
                width = stringWidth(f"{word} ", self._fontname, self._fontsize)
                if word:
                    super()._textOut(word)
                self._code.append(f"{width:.3f} 0 Td")
                at += width
            self._code.append(f"{-at:.3f} 0 Td" + (" T*" if TStar else ""))

    class Placing(Canvas):  # type: ignore[misc]  # reportlab has no types
        def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> Any:  # noqa: N802
            return Words(self, x, y, direction)

    return write_pdf(sheet, canvas=Placing)


def _colour(fill: Any) -> Any:
    """The canvas begins with a plain triple."""
    from reportlab.lib.colors import Color

    return Color(*fill) if isinstance(fill, tuple) else fill


IN_STREAM: dict[str, Callable[[Sheet], bytes]] = {"layered": layered, "placed_words": placed_words}
