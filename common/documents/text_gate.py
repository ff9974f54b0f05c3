"""Is a PDF's text layer worth reading, or does the page have to be looked at (OCR)?

Signals, measured on 27 PDFs with known answers: scans have no characters at all; fonts without a character map give
private-use and control characters; fonts that lost their digits give a resume without one digit, which does not exist.
"""

import re

_MIN_CHARACTERS = 50
_MAX_ODD_SHARE = 0.10
_MIN_CHARACTERS_FOR_DIGITS = 200
_MIN_WORD_SHARE = 0.3
_ODD = re.compile("[\u0080-\u1fff\ue000-\uf8ff\ufffd\u0000-\u001f\U000f0000-\U0010ffff]")
_COMMON_SYMBOLS = re.compile("[\u00a0-\u00bf\u00d7\u00f7]")
_READABLE_WORD = re.compile("[A-Za-z\u00c0-\u017f]{3,}|[\u0370-\u03ff]{3,}|[\u0400-\u04ff]{3,}|[\uac00-\ud7af]{2,}")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def is_sparse(text: str) -> bool:
    return len(re.sub(r"\s", "", text)) < _MIN_CHARACTERS


def is_garbled(text: str) -> bool:
    """Characters that no language uses, or letters that never make a word."""
    dense = re.sub(r"\s", "", text)
    if not dense:
        return False
    words = sum(map(len, _READABLE_WORD.findall(text)))
    rest = re.sub(r"\s", "", _READABLE_WORD.sub("", text))
    odd = len(_ODD.findall(_COMMON_SYMBOLS.sub("", rest)))
    return odd / len(dense) > _MAX_ODD_SHARE or (not _CJK.search(dense) and words / len(dense) < _MIN_WORD_SHARE)


def has_lost_its_digits(text: str) -> bool:
    """True for a whole document of some length without any digit; ask it of the document, not of a page."""
    return len(re.sub(r"\s", "", text)) >= _MIN_CHARACTERS_FOR_DIGITS and not re.search(r"\d", text)
