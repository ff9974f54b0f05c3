"""What is published in the asset store: for each template the files it is made of, named by their content."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from common.lazy_model import LazyModel

#: The one object that changes; everything else is named by its content and never does.
POINTER = "templates.json"
MOST_TEMPLATES = 60
#: Largest sizes we read, in bytes.
MOST_MANIFEST = 64 * 1024
MOST_LAYOUT = 64 * 1024
MOST_THEME = 16 * 1024
MOST_PREVIEW = 512 * 1024

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]


def key_of(content: bytes, ending: str) -> str:
    """Where a file with this content is: the same content is the same object."""
    return f"assets/{hashlib.sha256(content).hexdigest()}.{ending}"


class AssetFile(LazyModel):
    """One object; its name says what its content has to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^assets/[0-9a-f]{64}\.(j2|json|png)$")
    size_bytes: int = Field(gt=0)

    @property
    def sha256(self) -> str:
        return self.key[7:71]

    def is_made_of(self, content: bytes) -> bool:
        return len(content) == self.size_bytes and hashlib.sha256(content).hexdigest() == self.sha256


class PublishedTemplate(LazyModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    layout: AssetFile
    theme: AssetFile
    preview: AssetFile


class Manifest(LazyModel):
    """Signed as a whole; written last, so whoever reads it finds everything it names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    made_at: datetime
    templates: dict[Name, PublishedTemplate] = Field(max_length=MOST_TEMPLATES)


@dataclass(frozen=True)
class TemplateFiles:
    """One template as it was read and checked against its names; the picture stays where it is."""

    theme: bytes = field(repr=False)
    layout: bytes = field(repr=False)
    preview_key: str
