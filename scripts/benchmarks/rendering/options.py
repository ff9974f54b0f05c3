"""What `./scripts/bench render` was asked for."""

from dataclasses import dataclass
from pathlib import Path

#: What a function gets from its layer: the package of fonts.
FONT_LAYER = Path("layers/render").resolve()


@dataclass(frozen=True)
class RenderBench:
    """`pythons`: interpreters, with the locked packages, whose bytes must be the same. `peers`: one with typst and WeasyPrint."""

    people: int
    seed: int
    repeats: int
    pythons: tuple[Path, ...]
    peers: Path
    verbose: bool
