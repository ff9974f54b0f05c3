"""Addresses on paper: short to read, and linked only when following them is safe."""

import re

from common.domain.rendering.paper_text import one_line
from common.domain.rendering.view import Piece

_SAFE_URL = re.compile(r"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:][^\s\"'<>\\]*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&]+")


def address(url: str | None, *, text: str | None = None) -> Piece | None:
    """A web address shown without its scheme, or as `text`; None for an empty one."""
    full = one_line(url)
    if not full:
        return None
    shown = one_line(text) or re.sub(r"^https?://(?:www\.)?|/$", "", full, flags=re.IGNORECASE)
    if _SAFE_URL.fullmatch(full):
        return Piece(shown, full)
    return Piece(shown, f"https://{full}" if _HOST.fullmatch(full) else None)


def email(text: str | None) -> Piece | None:
    shown = one_line(text)
    if not shown:
        return None
    return Piece(shown, f"mailto:{shown}" if _EMAIL.fullmatch(shown) else None)
