"""Phone numbers: as people type them, as they are kept, and as their owner may see them."""

import re
import unicodedata
from dataclasses import dataclass

from common.errors import PhoneInvalid

#: The ways people part the digits; whatever else stands there makes it no number.
_PARTING = re.compile(r"[\s\-.()\u2010-\u2015\u00b7]+")
_MAINLAND = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")


@dataclass(frozen=True)
class PhoneNumber:
    """`country` is the calling code without its plus, `national` digits only."""

    country: str
    national: str

    def __str__(self) -> str:
        """E.164 for the mainland, as SMS want it; abroad a space keeps the calling code apart."""
        return f"+86{self.national}" if self.country == "86" else f"+{self.country} {self.national}"

    @staticmethod
    def parse(text: str) -> "PhoneNumber":
        country, space, national = text.removeprefix("+").partition(" ")
        return PhoneNumber(country, national) if space else PhoneNumber(country[:2], country[2:])

    @property
    def masked(self) -> str:
        """138****5678; short numbers keep two digits; abroad the calling code stands before it."""
        kept = 4 if len(self.national) >= 10 else 2
        shown = f"{self.national[:3] if kept == 4 else ''}****{self.national[-kept:]}"
        return shown if self.country == "86" else f"+{self.country} {shown}"


def parse_phone(text: str) -> PhoneNumber:
    """One of the mainland: 13800138000, 138-0013-8000, +86 138 0013 8000 and 0086…, full-width digits too.

    Raises PhoneInvalid for all others.
    """
    plain = _PARTING.sub("", unicodedata.normalize("NFKC", text))
    found = _MAINLAND.fullmatch(plain)
    if found is None:
        raise PhoneInvalid(field="phone")
    return PhoneNumber("86", found[1])
