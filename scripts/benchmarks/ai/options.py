"""What every part of the AI benchmark is told."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class AiOptions:
    """`corpus`: a folder of real documents that are tried too; without one only the built-in resumes are."""

    corpus: Path | None = None
    verbose: bool = False
    seed: int = 1
