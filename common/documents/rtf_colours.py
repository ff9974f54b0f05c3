"""The colours of an RTF file, for one question: which text is white on white?"""

import re

from common.documents.hidden_text import is_white

_GROUND = re.compile(
    rb"\\(?:cbpat|clcbpat|chcbpat|highlight|cb)[1-9]|\\(?:shading|clshdng|chshdng)[1-9]|\\(?:fillColor|shpfill)"
)


class RtfColours:
    """The colour table while it is read. With any background in the file, white text is taken to stand on one."""

    def __init__(self, content: bytes) -> None:
        self._has_grounds = _GROUND.search(content) is not None
        self._parts: dict[str, int] = {}
        self._white: set[int] = set()
        self._number = 0

    def set(self, word: str, number: int | None) -> None:
        """\\red, \\green or \\blue of the colour that is being read."""
        self._parts[word] = min(max(number or 0, 0), 255)

    def end_colours(self, text: bytes) -> None:
        """Every semicolon ends one; the first, which is mostly empty, is the reader's own choice."""
        for _ in range(text.count(b";")):
            rgb = "".join(f"{self._parts.get(part, 0):02x}" for part in ("red", "green", "blue"))
            if self._parts and is_white(rgb):
                self._white.add(self._number)
            self._parts, self._number = {}, self._number + 1

    def hides(self, colour: int) -> bool:
        return colour in self._white and not self._has_grounds
