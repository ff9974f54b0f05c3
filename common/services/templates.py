"""The resume templates a user may choose from, and what may be chosen about each."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, get_args

from common.domain.rendering.options import Density
from common.domain.rendering.theme import Fit, SectionKind, Theme, Typeface
from common.errors import NotFound


class TemplateShelf(Protocol):
    def themes(self) -> Mapping[str, Theme]:
        """Every template by its name, in the order they are shown in."""

    def picture(self, name: str) -> str | None:
        """A link to a page in this template, where there is one."""

    def preview(self, name: str) -> bytes:
        """The same as a small PNG, where there is no link. Raises InvalidField for a name that is not on the shelf."""


@dataclass(frozen=True)
class TemplateOptions:
    """What POST /resume/{id}/render takes under `options`: the template's own values, and beside them all that may be given.

    `accents` and `typefaces` are suggestions only: any colour that can be read will do, and both pairs of faces do everywhere.
    """

    accent: str
    accents: tuple[str, ...]
    density: str
    densities: tuple[str, ...]
    typeface: Typeface
    typefaces: tuple[Typeface, ...]
    photo: bool
    fit: str
    fits: tuple[str, ...]
    order: tuple[str, ...]
    hidden: tuple[str, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True)
class TemplateSummary:
    """`picture`: a link to the preview where the asset store has it; otherwise GET /templates/{name} holds the picture itself."""

    name: str
    title: str
    title_en: str
    about: str
    about_en: str
    options: TemplateOptions
    picture: str | None


@dataclass(frozen=True)
class TemplateDetail(TemplateSummary):
    """`preview` is a link into the asset store, or a data: URI of a PNG: an <image> of a mini-program takes either."""

    preview: str


def list_templates(shelf: TemplateShelf) -> list[TemplateSummary]:
    return [_summary(name, theme, shelf) for name, theme in shelf.themes().items()]


def _summary(name: str, theme: Theme, shelf: TemplateShelf) -> TemplateSummary:
    return TemplateSummary(
        name=name,
        title=theme.title.zh,
        title_en=theme.title.en,
        about=theme.about.zh,
        about_en=theme.about.en,
        options=TemplateOptions(
            accent=theme.colours.accent,
            accents=theme.accents,
            density="normal",
            densities=get_args(Density),
            typeface=theme.typeface,
            typefaces=theme.typefaces,
            photo=theme.photo,
            fit=theme.fit,
            fits=get_args(Fit),
            order=theme.order,
            hidden=theme.hidden,
            sections=get_args(SectionKind),
        ),
        picture=shelf.picture(name),
    )


def show_template(name: str, shelf: TemplateShelf) -> TemplateDetail:
    """With its picture, as a link or as text: a function URL is not documented to answer with bytes. Raises NotFound."""
    theme = shelf.themes().get(name)
    if theme is None:
        raise NotFound(what="template")
    summary = _summary(name, theme, shelf)
    preview = summary.picture or _as_text(shelf.preview(name))
    return TemplateDetail(**vars(summary), preview=preview)


def _as_text(picture: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture).decode('ascii')}"
