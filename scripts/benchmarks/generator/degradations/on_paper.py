"""Damage on the way through printer, scanner, camera and messenger: only OCR can read what is left. Engine: Pillow."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from scripts.benchmarks.generator.formats.pdf import write_pdf
from scripts.benchmarks.generator.formats.pictures import bound, encoded, pages_of
from scripts.benchmarks.generator.sheet import Sheet

_PAPER = (250, 248, 243)


def scan(sheet: Sheet, dice: random.Random) -> bytes:
    """A clean office scanner: 200 dpi, a little noise, almost straight."""
    pages = [_noisy(_turned(page, dice.uniform(-0.4, 0.4)), 0.06, dice) for page in pages_of(write_pdf(sheet), dpi=200)]
    return bound(pages, dpi=200, quality=75)


def skewed(sheet: Sheet, dice: random.Random) -> bytes:
    """Pulled in obliquely: 1.5 to 3 degrees."""
    angle = dice.choice((-1, 1)) * dice.uniform(1.5, 3)
    pages = [_noisy(_turned(page, angle), 0.05, dice) for page in pages_of(write_pdf(sheet), dpi=200)]
    return bound(pages, dpi=200, quality=75)


def low_resolution(sheet: Sheet, dice: random.Random) -> bytes:
    """A fax-like scan of 100 dpi."""
    pages = [_noisy(page, 0.03, dice).convert("L") for page in pages_of(write_pdf(sheet), dpi=100)]
    return bound(pages, dpi=100, quality=80)


def jpeg_artefacts(sheet: Sheet, _dice: random.Random) -> bytes:
    """A picture of the first page that went through a messenger: JPEG at quality 22."""
    return encoded(pages_of(write_pdf(sheet), dpi=150)[0], "JPEG", quality=22)


def phone_photo(sheet: Sheet, dice: random.Random) -> bytes:
    """The first page on a desk: in perspective, unevenly lit, slightly blurred."""
    from PIL import Image, ImageFilter

    page = pages_of(write_pdf(sheet), dpi=170)[0]
    width, height = page.size
    corners = [
        (-width * dice.uniform(0.02, 0.05), -height * 0.03),
        (-width * 0.02, height * (1 + dice.uniform(0.01, 0.04))),
        (width * (1 + dice.uniform(0.01, 0.04)), height * 1.03),
        (width * 1.03, -height * dice.uniform(0.01, 0.04)),
    ]
    bent = page.transform(
        page.size,
        Image.Transform.QUAD,
        [part for corner in corners for part in corner],
        Image.Resampling.BICUBIC,
        fillcolor=(92, 74, 58),
    )
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 150 + value * 105 // 255)
    lit = Image.composite(bent, Image.new("RGB", page.size, (40, 36, 30)), shade)
    return encoded(_noisy(lit.filter(ImageFilter.GaussianBlur(0.6)), 0.05, dice), "JPEG", quality=70)


def _turned(page: Any, angle: float) -> Any:
    from PIL import Image

    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=_PAPER)


def _noisy(page: Any, strength: float, dice: random.Random) -> Any:
    from PIL import Image

    noise = Image.frombytes("L", page.size, dice.randbytes(page.width * page.height)).convert("RGB")
    return Image.blend(page, noise, strength)


ON_PAPER: dict[str, Callable[[Sheet, random.Random], bytes]] = {
    "scan": scan,
    "skewed": skewed,
    "low_resolution": low_resolution,
    "jpeg_artefacts": jpeg_artefacts,
    "phone_photo": phone_photo,
}
