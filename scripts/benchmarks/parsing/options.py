"""What every part of the parse benchmark is told."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ParseOptions:
    """`corpus`: a folder of documents, some with `<document>.truth.json`; `ocr`: whether pictures are read.

    `page`: where the generated benchmark writes its scores as Markdown.
    """

    corpus: Path | None = None
    ocr: bool = True
    verbose: bool = False
    page: Path | None = None
    seed: int = 1
