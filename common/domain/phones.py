"""Phone numbers of the mainland, as people type them and as we keep them."""

import re
import unicodedata
from typing import NewType

from common.errors import PhoneInvalid

#: +86 and eleven digits (E.164).
PhoneNumber = NewType("PhoneNumber", str)

#: The ways people part the digits; whatever else stands there makes it no number.
_PARTING = re.compile(r"[\s\-.()\u2010-\u2015\u00b7]+")
_MAINLAND = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")


def parse_phone(text: str) -> PhoneNumber:
    """13800138000, 138-0013-8000, +86 138 0013 8000 and 0086…, full-width digits too. Raises PhoneInvalid for all others."""
    plain = _PARTING.sub("", unicodedata.normalize("NFKC", text))
    found = _MAINLAND.fullmatch(plain)
    if found is None:
        raise PhoneInvalid(field="phone")
    return PhoneNumber(f"+86{found[1]}")


def masked(phone: PhoneNumber) -> str:
    """138****8000, as the owner may see it."""
    return f"{phone[3:6]}****{phone[-4:]}"
