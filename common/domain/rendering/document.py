"""A typeset resume."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TypesetPdf:
    content: bytes
    pages: int
    missing_characters: str  #: characters of the resume that no font can draw
