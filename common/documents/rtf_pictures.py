"""A \\pict group of RTF while it is read: PNG and JPEG as hexadecimal or raw bytes, with the size it has on paper."""

import re

from common.documents.portrait import Picture

_TWIPS = 20.0  # a point has 20
_NO_DIGIT = re.compile(rb"[^0-9A-Fa-f]")
_FORMATS = ("pngblip", "jpegblip")


class RtfPicture:
    def __init__(self) -> None:
        self._digits = bytearray()
        self._raw = bytearray()
        self._numbers: dict[str, int] = {}
        self._is_ours = False

    def set(self, word: str, number: int | None) -> None:
        self._is_ours = self._is_ours or word in _FORMATS
        self._numbers[word] = number or 0

    def add_digits(self, text: bytes) -> None:
        if self._is_ours:
            self._digits += text

    def add_raw(self, content: bytes) -> None:
        if self._is_ours:
            self._raw += content

    def picture(self) -> Picture | None:
        """None for a metafile, and for a picture without content."""
        digits = _NO_DIGIT.sub(b"", self._digits).decode("ascii")
        content = bytes(self._raw) or bytes.fromhex(digits[: len(digits) // 2 * 2])
        return Picture(content, shown_pt=self._shown_pt()) if content else None

    def _shown_pt(self) -> tuple[float, float] | None:
        width, height = (
            self._numbers.get(goal, 0) / _TWIPS * self._numbers.get(scale, 100) / 100
            for goal, scale in (("picwgoal", "picscalex"), ("pichgoal", "picscaley"))
        )
        return (width, height) if width > 0 and height > 0 else None
