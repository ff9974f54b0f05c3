"""One page: how far a theme may be tightened before reading suffers."""

from dataclasses import dataclass

from common.domain.rendering.theme import SMALLEST_TEXT_PT, Theme

SMALLEST_SCALE = 0.9
#: Chinese text closer than this runs together (the convention is 1.2 to 1.5).
LEAST_LINE_HEIGHT = 1.25
LEAST_MARGIN_MM = 9.0

#: Space goes first, letters last: factors of distances, line height, margins and letters.
_STEPS = (
    (1.0, 1.0, 1.0, 1.0),
    (0.8, 0.97, 0.95, 1.0),
    (0.65, 0.94, 0.88, 1.0),
    (0.55, 0.92, 0.82, 0.97),
    (0.48, 0.9, 0.75, 0.94),
    (0.4, 0.87, 0.7, SMALLEST_SCALE),
)
TIGHTEST = len(_STEPS) - 1


@dataclass(frozen=True)
class PageFit:
    """What came of one_page. `lines_over` are too many even at the tightest step, and `cuts` says how to lose them."""

    fits: bool
    step: int = 0
    lines_over: int = 0
    cuts: tuple[str, ...] = ()


def tightened(theme: Theme, step: int) -> Theme:
    """The theme at a step from 0 (as designed) to TIGHTEST: text never under 9 pt nor under 90 % of its size."""
    space, line, margin, letters = _STEPS[step]
    changes = {
        "space": theme.space * space,
        "line_height": max(min(LEAST_LINE_HEIGHT, theme.line_height), round(theme.line_height * line, 3)),
        "margin_top_mm": max(min(LEAST_MARGIN_MM, theme.margin_top_mm), round(theme.margin_top_mm * margin, 2)),
        "margin_side_mm": max(min(LEAST_MARGIN_MM, theme.margin_side_mm), round(theme.margin_side_mm * margin, 2)),
        "text_pt": max(SMALLEST_TEXT_PT, round(theme.text_pt * letters, 2)),
        "name_pt": round(theme.name_pt * letters, 2),
        "heading_pt": round(theme.heading_pt * letters, 2),
    }
    return theme.model_copy(update=changes)
