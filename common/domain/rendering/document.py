"""A typeset resume."""

from dataclasses import dataclass

from common.domain.rendering.fit import PageFit


@dataclass(frozen=True)
class TypesetPdf:
    content: bytes
    pages: int
    missing_characters: str  #: characters of the resume that no font can draw
    fit: PageFit | None = None  #: where one page was asked for
    serif_is_absent: bool = False  #: serif was asked for, and the deployed fonts have none: this is sans
