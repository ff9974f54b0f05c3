"""Is a PDF's text layer worth reading, or does the page have to be looked at (OCR)?

Pages look right while their text lies: fonts without a character map give private-use and control characters or letters of
five alphabets, fonts that lost their digits give a resume without dates, wrong maps give Han and words that do not exist. Each
signal has a wide margin on both sides (docs/decisions.md has the figures); a layer that is merely odd is left alone, because OCR
is worse than a healthy layer.
"""

import re
from collections import Counter
from itertools import pairwise

from common.documents.frequent import LATIN_PAIRS, HAN

_MIN_CHARACTERS = 50
_MIN_CHARACTERS_FOR_DIGITS = 200
_MIN_HAN = 20
_MIN_PAIRS = 60
_MAX_LOST_SHARE = 0.10
_MAX_STRANGE_LINES = 0.5
_STRANGE_LINE = 0.3
_MIN_WORD_SHARE = 0.3
_MIN_FREQUENT_HAN = 0.40
_MIN_FREQUENT_PAIRS = 0.25
_MAX_RARE_HAN = 0.15
_DATES_WITHOUT_NUMBERS = 3
_KINDS_OF_DIGITS = 5
_PRIVATE_DIGITS = 15

_LOST = re.compile("[\u0000-\u0008\u000e-\u001f\u0080-\u009f\ufffd\ue000-\uf0a6\uf0a9-\uf8ff]")  # but Word's bullets
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_BULLETS = re.compile("[\uf0b7\uf06c\uf06e\uf075\uf0d8\uf0e8\uf0fc]")
_STRANGE = re.compile("[\u00a1-\u1fff]")
_COMMON_SYMBOLS = re.compile("[\u00a0-\u00bf\u00d7\u00f7]")
_READABLE_WORD = re.compile("[A-Za-z\u00c0-\u024f]{3,}|[\u0370-\u03ff]{3,}|[\u0400-\u04ff]{3,}|[\uac00-\ud7af]{2,}")
_ACCENTED = re.compile("[\u00c0-\u024f]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_HAN = re.compile("[\u3400-\u9fff]")
_RARE_HAN = re.compile("[\u3400-\u4dbf]")
_KANA = re.compile("[\u3040-\u30ff]")
_WORD = re.compile(r"[A-Za-z]?[a-z]{3,}|[A-Z]{5,}")  # shorter capitals are abbreviations
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
_BARE_DATE = re.compile(r"(?<![\d一二三四五六七八九〇零某Xx*×出生 -])[^\S\n]*年[^\S\n]*月(?!日?[：:薪度])")


def is_sparse(text: str) -> bool:
    return len(re.sub(r"\s", "", text)) < _MIN_CHARACTERS


def is_garbled(text: str) -> bool:
    """Characters no language uses, letters that make no word, Han nobody writes, or dates without their numbers."""
    dense = re.sub(r"\s", "", text)
    if not dense:
        return False
    return (
        _lost_share(dense) > _MAX_LOST_SHARE
        or _strange_lines(text) > _MAX_STRANGE_LINES
        or _has_no_words(text, dense)
        or _has_unlikely_han(dense)
        or _has_unlikely_words(text)
        or _has_lost_numbers(text)
    )


def has_lost_its_digits(text: str) -> bool:
    """True for a whole document of some length without any digit; ask it of the document, not of a page."""
    return len(re.sub(r"\s", "", text)) >= _MIN_CHARACTERS_FOR_DIGITS and not re.search(r"\d", text)


def _has_lost_numbers(text: str) -> bool:
    """Dates of which only 年 and 月 are left, or more kinds of private-use characters than a set of icons has."""
    digits = len(re.findall(r"\d", text))
    private = Counter(_PRIVATE.findall(_BULLETS.sub("", text)))
    bare_dates = len(_BARE_DATE.findall(text))
    return (bare_dates >= _DATES_WITHOUT_NUMBERS and digits < 2 * bare_dates) or (
        len(private) >= _KINDS_OF_DIGITS and private.total() > max(digits, _PRIVATE_DIGITS)
    )


def _lost_share(dense: str) -> float:
    return len(_LOST.findall(_BULLETS.sub("", dense))) / len(dense)


def _strange_lines(text: str) -> float:
    """Share of the text in lines with many letters of no readable word; one line of samples makes no bad page."""
    lines = [line for line in text.split("\n") if len(line) >= 4]
    total = sum(map(len, lines)) or 1
    return sum(len(line) for line in lines if _strange_share(line) > _STRANGE_LINE) / total


def _strange_share(line: str) -> float:
    dense = re.sub(r"\s", "", line)
    rest = _READABLE_WORD.sub(lambda word: "" if _is_readable(word.group()) else word.group(), _COMMON_SYMBOLS.sub("", line))
    return len(_STRANGE.findall(rest)) / (len(dense) or 1)


def _is_readable(word: str) -> bool:
    return len(_ACCENTED.findall(word)) <= len(word) / 2


def _has_no_words(text: str, dense: str) -> bool:
    words = sum(len(word) for word in _READABLE_WORD.findall(text) if _is_readable(word))
    return not _CJK.search(dense) and words / len(dense) < _MIN_WORD_SHARE


def _has_unlikely_han(dense: str) -> bool:
    """Chinese text is half made of the 500 most frequent characters; characters picked at random are 3 % of them."""
    han = _HAN.findall(dense)
    if len(han) < _MIN_HAN or len(_KANA.findall(dense)) > 0.05 * len(han):
        return False
    return (
        sum(char in HAN for char in han) / len(han) < _MIN_FREQUENT_HAN
        or len(_RARE_HAN.findall(dense)) / len(han) > _MAX_RARE_HAN
    )


def _has_unlikely_words(text: str) -> bool:
    """A shifted alphabet keeps its shapes of words, but not the pairs of letters that words are made of."""
    words = [word.lower() for word in _WORD.findall(_ADDRESS.sub(" ", text))]
    pairs = Counter(first + second for word in words for first, second in pairwise(word))
    return pairs.total() >= _MIN_PAIRS and sum(pairs[pair] for pair in LATIN_PAIRS) / pairs.total() < _MIN_FREQUENT_PAIRS
