"""xhtml2pdf turns a table's percentages into points once, so one that moves on to a wider frame stays narrow: keep them."""

from typing import Any

from xhtml2pdf import xhtml2pdf_reportlab

_wrap = xhtml2pdf_reportlab.PmlTable.wrap
_split = xhtml2pdf_reportlab.PmlTable.split


def wrap(self: Any, available_width: Any, available_height: Any) -> Any:
    """In place of PmlTable.wrap, which writes what it computed over what was asked for."""
    asked = self.__dict__.setdefault("_asked_widths", list(self._colWidths))
    # ReportLab computes from the one list and leaves its result in the other; the engine writes into the second.
    self._argW[:] = asked
    self._colWidths = self._argW
    self.__dict__.pop("_width_calculated_once", None)
    return _wrap(self, available_width, available_height)


def split(self: Any, available_width: Any, available_height: Any) -> Any:
    """In place of PmlTable.split, whose parts are tables with the points of this frame."""
    parts = _split(self, available_width, available_height)
    for part in parts:
        if part is not self:
            part._asked_widths = list(self.__dict__.get("_asked_widths", part._colWidths))
    return parts


def install() -> None:
    xhtml2pdf_reportlab.PmlTable.wrap = wrap
    xhtml2pdf_reportlab.PmlTable.split = split
