"""Is a PDF's text layer worth reading, or does the page have to be looked at (OCR)?

Pages look right while their text lies: fonts without a character map give private-use and control characters or letters of
five alphabets, fonts that lost their digits give a resume without dates, wrong maps give Han and words that do not exist. Each
signal has a wide margin on both sides (docs/decisions.md has the figures); a layer that is merely odd is left alone, because OCR
is worse than a healthy layer.
"""

import re
from collections import Counter
from itertools import pairwise

from common.documents.frequent import HAN, LATIN_PAIRS

_MIN_CHARACTERS = 50
_MIN_CHARACTERS_FOR_DIGITS = 200
_MAX_LOST_SHARE = 0.10
_KINDS_OF_CONTROLS = 5
_MAX_CONTROL_SHARE = 0.03
_SHORTEST_LINE = 4
_MAX_STRANGE_LINES = 0.5  # share of the text; a CV that shows off its alphabets has 0.33
_STRANGE_LINE = 0.3
_MIN_WORD_SHARE = 0.3
_MIN_HAN = 20
_MIN_FREQUENT_HAN = 0.40  # healthy 0.79 and more, random 0.04 and less
_MAX_RARE_HAN = 0.15
_MAX_KANA_SHARE = 0.05
_FEW_PAIRS, _MANY_PAIRS = 20, 60
_MIN_FREQUENT_OF_FEW = 0.18
_MIN_FREQUENT_PAIRS = 0.25  # healthy 0.37 and more, shifted 0.11 and less
_SAMPLE = 3000
_DATES_WITHOUT_NUMBERS = 3
_KINDS_OF_DIGITS = 5
_PRIVATE_DIGITS = 15

_FIRST_ODD = "\u0080"
_WORD_BULLETS = "\uf0b7\uf06c\uf06e\uf075\uf0a7\uf0a8\uf0d8\uf0e8\uf0fc"  # of Symbol and Wingdings
_LOST = re.compile(rf"(?![{_WORD_BULLETS}])[\u0000-\u0008\u000e-\u001f\u0080-\u009f\ufffd\ue000-\uf8ff]")
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u0080-\u009f]")
_PRIVATE = re.compile(rf"(?![{_WORD_BULLETS}])[\ue000-\uf8ff]")
_STRANGE = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff]")
_READABLE_WORD = re.compile("[A-Za-z\u00c0-\u024f]{3,}|[\u0370-\u03ff]{3,}|[\u0400-\u04ff]{3,}|[\uac00-\ud7af]{2,}")
_ACCENTED = re.compile("[\u00c0-\u024f]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_HAN = re.compile("[\u3400-\u9fff]")
_RARE_HAN = re.compile("[\u3400-\u4dbf]")
_KANA = re.compile("[\u3040-\u30ff]")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[A-Za-z]?[a-z]{3,}|[A-Z]{5,}")  # shorter capitals are abbreviations
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
#: 年 and 月 whose number is gone or became a letter; not 出生年月, and not what templates write for a number (XX年).
_BARE_DATE = re.compile(
    r"(?<![\d一二三四五六七八九十〇零某Xx*×_出生 \u3000-])[ \t]*年[ \t]*月(?!日?[：:薪度])"
    r"|[A-WYZa-wyz0-9][ \t]*年[ \t]*[a-wyzA-WYZ][ \t]*月"
)


def is_sparse(text: str) -> bool:
    return len("".join(text.split())) < _MIN_CHARACTERS


def is_garbled(text: str) -> bool:
    """Characters no language uses, letters that make no word, Han nobody writes, or dates without their numbers."""
    counts = Counter("".join(text.split()))
    if not counts:
        return False
    if max(counts) < _FIRST_ODD and min(counts) >= " ":
        return _has_no_words(text, counts) or _has_unlikely_words(text)
    return (
        _count(_LOST, counts) / counts.total() > _MAX_LOST_SHARE
        or _has_controls(counts)
        or _has_lost_numbers(text, counts)
        or _strange_lines(text, counts) > _MAX_STRANGE_LINES
        or _has_no_words(text, counts)
        or _has_unlikely_han(counts)
        or _has_unlikely_words(text)
    )


def has_lost_its_digits(text: str) -> bool:
    """True for a whole document of some length without any digit; ask it of the document, not of a page."""
    return not re.search(r"\d", text) and len("".join(text.split())) >= _MIN_CHARACTERS_FOR_DIGITS


def _count(pattern: re.Pattern[str], counts: Counter[str]) -> int:
    return sum(count for char, count in counts.items() if pattern.match(char))


def _has_controls(counts: Counter[str]) -> bool:
    """Glyph numbers instead of characters: one odd bullet may be a control character, five of them are no bullets."""
    kinds = [count for char, count in counts.items() if _CONTROL.match(char)]
    return len(kinds) >= _KINDS_OF_CONTROLS and sum(kinds) / counts.total() > _MAX_CONTROL_SHARE


def _has_lost_numbers(text: str, counts: Counter[str]) -> bool:
    """Dates whose numbers are gone or letters, or more kinds of private-use characters than a set of icons has."""
    digits = _count(_DIGIT, counts)
    private = {char: count for char, count in counts.items() if _PRIVATE.match(char)}
    dates = len(_BARE_DATE.findall(text)) if counts["年"] and counts["月"] else 0
    return (dates >= _DATES_WITHOUT_NUMBERS and digits < 2 * dates) or (
        len(private) >= _KINDS_OF_DIGITS and sum(private.values()) > max(digits, _PRIVATE_DIGITS)
    )


def _strange_lines(text: str, counts: Counter[str]) -> float:
    """Share of the text in lines with many letters of no readable word; one line of samples makes no bad page."""
    if _count(_STRANGE, counts) < _STRANGE_LINE * _MAX_STRANGE_LINES * counts.total():
        return 0.0
    lines = [line for line in text.split("\n") if len(line) >= _SHORTEST_LINE]
    total = sum(map(len, lines)) or 1
    return sum(len(line) for line in lines if _strange_share(line) > _STRANGE_LINE) / total


def _strange_share(line: str) -> float:
    rest = _READABLE_WORD.sub(lambda word: "" if _is_readable(word.group()) else word.group(), line)
    return len(_STRANGE.findall(rest)) / (len("".join(line.split())) or 1)


def _is_readable(word: str) -> bool:
    return word.isascii() or len(_ACCENTED.findall(word)) <= len(word) / 2


def _has_no_words(text: str, counts: Counter[str]) -> bool:
    if _count(_CJK, counts):
        return False
    words = sum(len(word) for word in _READABLE_WORD.findall(text) if _is_readable(word))
    return words / counts.total() < _MIN_WORD_SHARE


def _has_unlikely_han(counts: Counter[str]) -> bool:
    """Chinese text consists of the frequent characters by three quarters; characters picked at random by one in thirty."""
    han = _count(_HAN, counts)
    if han < _MIN_HAN or _count(_KANA, counts) > _MAX_KANA_SHARE * han:
        return False
    frequent = sum(count for char, count in counts.items() if char in HAN)
    return frequent / han < _MIN_FREQUENT_HAN or _count(_RARE_HAN, counts) / han > _MAX_RARE_HAN


def _has_unlikely_words(text: str) -> bool:
    """A shifted alphabet keeps the shapes of words, but not the pairs of letters that words are made of."""
    words = _WORD.findall(_ADDRESS.sub(" ", text[:_SAMPLE]))
    pairs = [first + second for word in words for first, second in pairwise(word.lower())]
    likely = sum(pair in LATIN_PAIRS for pair in pairs)
    if len(pairs) < _FEW_PAIRS:
        return False
    return likely / len(pairs) < (_MIN_FREQUENT_PAIRS if len(pairs) >= _MANY_PAIRS else _MIN_FREQUENT_OF_FEW)
