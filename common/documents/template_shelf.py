"""The resume templates: one data folder each (layout.html.j2, theme.json, preview.png), no Python. A folder here is a template.

`shared` holds what layouts have in common: the page they extend and the parts they are made of.
"""

from functools import cache
from pathlib import Path

from common.domain import rendering
from common.domain.rendering.theme import Theme
from common.errors import InvalidField

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


class TemplateShelf:
    """Implements services.templates.TemplateShelf. Holds nothing: themes are cached per process."""

    def themes(self) -> dict[str, Theme]:
        return {name: theme(name) for name in template_names()}

    def preview(self, name: str) -> bytes:
        return (template_folder(name) / PREVIEW).read_bytes()
