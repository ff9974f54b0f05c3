"""Puts identifiers back into a stream of text, although a placeholder may arrive in pieces."""

from common.domain.optimising.masking import Mask

_OPEN, _CLOSE = "〔", "〕"
_LONGEST_PLACEHOLDER = len("〔身份证999〕")


class Restorer:
    """Holds back only what may be the beginning of a placeholder."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be shown now; may be empty."""
        text = self._held + piece
        opened = text.rfind(_OPEN)
        unfinished = opened >= 0 and _CLOSE not in text[opened:] and len(text) - opened < _LONGEST_PLACEHOLDER
        shown, self._held = (text[:opened], text[opened:]) if unfinished else (text, "")
        return str(self._mask.restore(shown))

    def rest(self) -> str:
        """What is still held back when the text has ended."""
        held, self._held = self._held, ""
        return str(self._mask.restore(held))
