"""Identity card number: never kept, only masked, so that it cannot leave the parser by any field.

GB 11643: 6 digits of region, 8 of birth, 3 of order, 1 check character (weights 2^(17-i) mod 11). A number whose check fails but
whose birth date is one is masked too, because a scan misreads digits.
"""

import re

_NUMBER = re.compile(
    r"(?<![\dA-Za-z])([1-9]\d{5})([ -]?)((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))\2?(\d{3}[\dXx])(?![\dA-Za-z])"
)
_ANY_18 = re.compile(r"(?<![\dA-Za-z])([1-9]\d{5})(\d{8})(\d{3}[\dXx])(?![\dA-Za-z])")
_OLD = re.compile(r"(身\s*份\s*证[^\d]{0,8})(\d{6})\d{6}(\d{3})(?!\d)")
_MASKED = re.compile(r"\d{6}\*{8}\d{3}[\dXx]|\d{6}\*{6}\d{3}(?!\d)")
_CHECK = "10X98765432"


def has_valid_check(number: str) -> bool:
    """Whether the 18th character is the check character of the 17 digits before it."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return number[17].upper() == _CHECK[total % 11]


def mask_identity(text: str) -> str:
    """110101199003071234 → 110101********1234; other long numbers stay."""
    text = _NUMBER.sub(r"\1********\4", text)
    text = _ANY_18.sub(lambda found: _masked(found) if has_valid_check(found.group()) else found.group(), text)
    return _OLD.sub(r"\1\2******\3", text)


def holds_masked_identity(text: str) -> bool:
    return bool(_MASKED.search(text))


def _masked(found: re.Match[str]) -> str:
    return f"{found[1]}********{found[3]}"
