"""What a user may choose about a layout, and the theme that comes of it."""

from typing import Annotated, Literal, get_args

from pydantic import ConfigDict, Field

from common.domain.rendering.theme import SMALLEST_TEXT_PT, Accent, Fit, SectionKind, Theme, Typeface
from common.lazy_model import LazyModel

Density = Literal["loose", "normal", "compact"]

#: Density → factor of vertical distances, change of line height, change of text size in points.
_DENSITIES: dict[Density, tuple[float, float, float]] = {
    "loose": (1.25, 0.08, 0.2),
    "normal": (1.0, 0.0, 0.0),
    "compact": (0.7, -0.1, -0.3),
}


Kinds = Annotated[list[SectionKind], Field(max_length=len(get_args(SectionKind)))]


class RenderOptions(LazyModel):
    """`options` of uploads and of POST /resume/{id}/render. What is absent is the template's own; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    accent: Accent | None = None
    density: Density = "normal"
    typeface: Typeface | None = None
    photo: bool | None = None
    fit: Fit | None = None
    #: These kinds of section come first, in this order; the others follow in the template's own.
    order: Kinds = []
    hidden: Kinds = []


def styled(theme: Theme, options: RenderOptions) -> Theme:
    """The theme with the user's choices."""
    space, line, size = _DENSITIES[options.density]
    changes = {
        "space": theme.space * space,
        "line_height": round(theme.line_height + line, 3),
        "text_pt": round(max(SMALLEST_TEXT_PT, theme.text_pt + size), 2),
        "chosen_typeface": options.typeface,
        "photo": theme.photo if options.photo is None else options.photo,
        "fit": options.fit or theme.fit,
        "order": (*options.order, *theme.order),
        "hidden": tuple(options.hidden) or theme.hidden,
        "colours": theme.colours.model_copy(update={"accent": options.accent or theme.colours.accent}),
    }
    return theme.model_copy(update=changes)
