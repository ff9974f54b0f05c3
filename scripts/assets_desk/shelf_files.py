"""Template folders as they are published: proven to be drawable before anybody sees them."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from pydantic import ValidationError

from common.documents.template_shelf import LAYOUT, PREVIEW, THEME, Look
from common.documents.typesetting.power import LayoutRefused, refuse_power
from common.documents.write_pdf import write_pdf
from common.domain.rendering.manifest import (
    MOST_LAYOUT,
    MOST_PREVIEW,
    MOST_THEME,
    AssetFile,
    PublishedTemplate,
    key_of,
)
from common.domain.rendering.theme import Theme
from scripts.previews.people import person_for

MEDIA_TYPES = {"j2": "text/plain; charset=utf-8", "json": "application/json", "png": "image/png"}
BUNDLED = Path("common/domain/rendering/templates")


class TemplateUnfit(Exception):
    """A template that must not be published; the text names it and says why."""


@dataclass(frozen=True)
class FolderFiles:
    """One template: its three files by their keys."""

    name: str
    published: PublishedTemplate
    contents: dict[str, bytes] = field(repr=False)


def read_folders(root: Path) -> list[FolderFiles]:
    """Every folder with a theme, in order. Raises TemplateUnfit."""
    found = [_read(folder.parent) for folder in sorted(root.glob(f"*/{THEME}"))]
    if not found:
        raise TemplateUnfit(f"{root}: no folder with a {THEME} in it")
    return found


def _read(folder: Path) -> FolderFiles:
    try:
        layout, theme, preview = ((folder / name).read_bytes() for name in (LAYOUT, THEME, PREVIEW))
    except FileNotFoundError as error:
        raise TemplateUnfit(f"{folder.name}: {Path(str(error.filename)).name} is missing") from None
    _refuse_sizes(
        folder.name, {LAYOUT: (layout, MOST_LAYOUT), THEME: (theme, MOST_THEME), PREVIEW: (preview, MOST_PREVIEW)}
    )
    _refuse_undrawable(folder.name, layout, theme, preview)
    contents = {key_of(layout, "j2"): layout, key_of(theme, "json"): theme, key_of(preview, "png"): preview}
    files = [AssetFile(key=key, size_bytes=len(content)) for key, content in contents.items()]
    try:
        published = PublishedTemplate(layout=files[0], theme=files[1], preview=files[2])
    except (ValidationError, IndexError):
        raise TemplateUnfit(f"{folder.name}: two of its files are the same") from None
    return FolderFiles(folder.name, published, contents)


def _refuse_sizes(name: str, files: dict[str, tuple[bytes, int]]) -> None:
    for file, (content, most) in files.items():
        if not 0 < len(content) <= most:
            raise TemplateUnfit(f"{name}: {file} has {len(content)} bytes, {most} are the most")


def _refuse_undrawable(name: str, layout: bytes, theme: bytes, preview: bytes) -> None:
    """Somebody's resume is drawn with it, as the function would."""
    try:
        look = Look(Theme.model_validate_json(theme), layout.decode("utf-8"))
        refuse_power(look.layout or "")
        write_pdf(person_for(name), template=name, look=look)
        with Image.open(io.BytesIO(preview), formats=["PNG"]) as picture:
            picture.verify()
    except ValidationError as error:
        where = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise TemplateUnfit(f"{name}: {THEME}: {where}") from None
    except LayoutRefused as error:
        raise TemplateUnfit(f"{name}: {LAYOUT} could do more than the bundled ones: {error}") from None
    except Exception as error:
        raise TemplateUnfit(f"{name}: cannot be drawn ({type(error).__name__})") from None
