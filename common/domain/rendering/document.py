"""A typeset resume."""

from dataclasses import dataclass

from common.domain.rendering.fit import PageFit


@dataclass(frozen=True)
class TypesetPdf:
    content: bytes
    pages: int
    missing_characters: str  #: characters of the resume that no font can draw
    fit: PageFit | None = None  #: where one page was asked for
