"""Tells whether a value occurs in the source lines, whatever the spacing, width and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_NO_WORD = re.compile(r"[^\w+#]|_")
_FRAGMENT = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_SCHEME = re.compile(r"^[a-z]+://(?:www\.)?", re.IGNORECASE)


class Evidence:
    """The source lines, prepared once for many questions."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._plain = unicodedata.normalize("NFKC", "\n".join(lines))
        self._letters = _letters(self._plain)
        self._digits = re.sub(r"\D", "", self._plain)

    def proves(self, key: str, value: str | float) -> bool:
        """Say whether the lines hold a scalar that stands under `key` in a JSON Resume."""
        if not isinstance(value, str):
            return self._has_number(value)
        if key == "phone":
            return re.sub(r"\D", "", value)[-11:] in self._digits
        if (date := _ISO_DATE.fullmatch(value)) and self._has_date(date):
            return True
        return self.has_text(_SCHEME.sub("", value))

    def has_text(self, text: str) -> bool:
        """A text occurs in one run, or all of its words do: columns and line breaks may tear it apart.

        Numbers must stand in the lines as they are: 3.9 is not proven by 39.
        """
        if not all(self._has_digits(number) for number in _NUMBER.findall(unicodedata.normalize("NFKC", text))):
            return False
        if _letters(text) in self._letters:
            return True
        words = _FRAGMENT.findall(unicodedata.normalize("NFKC", text))
        return all(word.casefold() in self._letters for word in words)

    def _has_date(self, date: re.Match[str]) -> bool:
        year, month, _day = date.groups()
        if month is None:
            return year in self._plain
        return re.search(rf"{year}\D{{0,3}}0?{int(month)}(?!\d)", self._plain) is not None

    def _has_number(self, value: float) -> bool:
        """15000 may be written as 15K or 1.5 万."""
        return any(self._has_digits(f"{value / unit:g}") for unit in (1, 1000, 10000))

    def _has_digits(self, number: str) -> bool:
        return re.search(rf"(?<!\d)(?<!\d\.){re.escape(number)}(?!\d|\.\d)", self._plain) is not None


def _letters(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()
