"""The resume templates: one data folder each (layout.html.j2, theme.json, preview.png), no Python. A folder here is a template.

`shared` holds what layouts have in common: the page they extend and the parts they are made of.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from common.domain import rendering
from common.domain.rendering.theme import Theme
from common.errors import InvalidField

LAYOUT = "layout.html.j2"
THEME = "theme.json"
PREVIEW = "preview.png"
_SHELF = Path(rendering.__file__).parent / "templates"
SHARED = _SHELF / "shared"


@cache
def template_names() -> list[str]:
    """The names a caller may choose from, in alphabetical order."""
    return sorted(folder.parent.name for folder in _SHELF.glob(f"*/{THEME}"))


def template_folder(name: str) -> Path:
    """Where a template's files are. Raises InvalidField for a name that is not on the shelf."""
    if name not in template_names():
        raise InvalidField(field="template")
    return _SHELF / name


@cache
def theme(name: str) -> Theme:
    """Raises InvalidField for a name that is not on the shelf."""
    return Theme.model_validate_json((template_folder(name) / THEME).read_bytes())


def bundled_files() -> tuple[bytes, ...]:
    """Every layout and theme of the deployment."""
    return tuple((_SHELF / name / file).read_bytes() for name in template_names() for file in (LAYOUT, THEME))


class Look(NamedTuple):
    """What a page is made with; `layout` is the text of a published one, None for the folder of the same name."""

    theme: Theme
    layout: str | None = None


class BundledShelf:
    """Implements services.templates.TemplateShelf with what was deployed. Holds nothing: themes are cached per process."""

    def themes(self) -> dict[str, Theme]:
        return {name: theme(name) for name in template_names()}

    def look(self, name: str) -> Look:
        """Raises InvalidField for a name that is not on the shelf."""
        return Look(theme(name))

    def stand_in(self, name: str) -> str:
        """The bundled template that is drawn where this one cannot be."""
        return name

    def picture(self, name: str) -> str | None:  # noqa: ARG002 - nothing bundled has an address
        return None

    def preview(self, name: str) -> bytes:
        return (template_folder(name) / PREVIEW).read_bytes()

    def __contains__(self, name: object) -> bool:
        return name in template_names()
