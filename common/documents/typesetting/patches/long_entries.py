"""ReportLab moves a heading with all that it is kept with to the next page: begin a long list here instead of leaving a hole."""

from typing import Any

from reportlab.platypus.doctemplate import BaseDocTemplate
from reportlab.platypus.flowables import KeepTogether, _listWrapOn

#: So much of the page may stay empty for the sake of an entry in one piece.
MOST_EMPTY = 0.25
#: What stands on either page, at least: two lines of a list.
LEAST_PT = 24.0


class LeadingGroup(KeepTogether):  # type: ignore[misc]
    """Headings and what they lead. Whole where that fits or costs little; else as much as fits, two lines at least."""

    def split(self, available_width: Any, available_height: Any) -> Any:
        return self._begun(available_width, available_height) or super().split(available_width, available_height)

    def _begun(self, width: float, height: float) -> list[Any]:
        frame = getattr(self, "_frame", None)
        if getattr(self, "_wrapInfo", None) != (width, height):
            self.wrap(width, height)
        if frame is None or height >= self._H or height < MOST_EMPTY * frame._height:
            return []
        *leads, last = self._content
        room = height - (_listWrapOn([*leads], width, self.canv)[1] if leads else 0) - last.getSpaceBefore()
        parts = last.splitOn(self.canv, width, room) if room > LEAST_PT else []
        if len(parts) < 2 or any(part.wrapOn(self.canv, width, height)[1] < LEAST_PT for part in parts):
            return []
        return [*leads, *parts]


def install() -> None:
    BaseDocTemplate._initArgs["keepTogetherClass"] = LeadingGroup
