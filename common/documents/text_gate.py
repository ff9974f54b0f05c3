"""Is a PDF's text layer worth reading, or does the page have to be looked at (OCR)?

Pages look right while their text lies: fonts without a character map give private-use and control characters or letters of
five alphabets, fonts that lost their digits give a resume without dates, wrong maps give Han and words that do not exist. Each
signal has a wide margin on both sides (docs/decisions.md has the figures); a layer that is merely odd is left alone, because OCR
is worse than a healthy layer.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from common.documents.frequent import HAN, LATIN_PAIRS
from common.domain.late_pattern import late_pattern

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
_STRANGE = late_pattern("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff]")
_READABLE_WORD = late_pattern("[A-Za-z\u00c0-\u024f]{3,}|[\u0370-\u03ff]{3,}|[\u0400-\u04ff]{3,}|[\uac00-\ud7af]{2,}")
_ACCENTED = late_pattern("[\u00c0-\u024f]")
_WORD = re.compile(r"[A-Za-z]?[a-z]{3,}|[A-Z]{5,}")  # shorter capitals are abbreviations
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
#: 年 and 月 whose number is gone or became a letter; not 出生年月, and not what templates write for a number (XX年).
_BARE_DATE = late_pattern(
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
        return _has_no_words(text, counts.total()) or _has_unlikely_words(text)
    tally = _tally(counts)
    return (
        tally.lost / tally.total > _MAX_LOST_SHARE
        or (tally.kinds_of_controls >= _KINDS_OF_CONTROLS and tally.controls / tally.total > _MAX_CONTROL_SHARE)
        or _has_lost_numbers(text, tally)
        or (
            tally.strange >= _STRANGE_LINE * _MAX_STRANGE_LINES * tally.total
            and _strange_lines(text) > _MAX_STRANGE_LINES
        )
        or (not tally.cjk and _has_no_words(text, tally.total))
        or _has_unlikely_han(tally)
        or _has_unlikely_words(text)
    )


def has_lost_its_digits(text: str) -> bool:
    """True for a whole document of some length without any digit; ask it of the document, not of a page."""
    return not re.search(r"\d", text) and len("".join(text.split())) >= _MIN_CHARACTERS_FOR_DIGITS


@dataclass
class _Tally:
    """How many characters of each kind a text has. One odd bullet may be a control character; five kinds are no bullets."""

    total: int
    lost: int = 0
    controls: int = 0
    kinds_of_controls: int = 0
    private: int = 0
    kinds_of_private: int = 0
    strange: int = 0
    digits: int = 0
    kana: int = 0
    han: int = 0
    rare_han: int = 0
    frequent_han: int = 0

    @property
    def cjk(self) -> int:
        return self.han + self.kana


def _tally(counts: Counter[str]) -> _Tally:
    tally = _Tally(counts.total())
    for char, count in counts.items():
        if "\u3400" <= char <= "\u9fff":
            tally.han += count
            tally.frequent_han += count * (char in HAN)
            tally.rare_han += count * (char < "\u4e00")
        elif char < " " or "\x80" <= char <= "\x9f":
            tally.lost, tally.controls = tally.lost + count, tally.controls + count
            tally.kinds_of_controls += 1
        elif char.isdecimal():
            tally.digits += count
        elif "\u3040" <= char <= "\u30ff":
            tally.kana += count
        elif "\ue000" <= char <= "\uf8ff" and char not in _WORD_BULLETS:
            tally.lost, tally.private = tally.lost + count, tally.private + count
            tally.kinds_of_private += 1
        elif char == "\ufffd":
            tally.lost += count
        elif "\u00c0" <= char <= "\u1fff":
            tally.strange += count
    return tally


def _has_lost_numbers(text: str, tally: _Tally) -> bool:
    """Dates whose numbers are gone or letters, or more kinds of private-use characters than a set of icons has."""
    dates = len(_BARE_DATE.findall(text)) if tally.han else 0
    return (dates >= _DATES_WITHOUT_NUMBERS and tally.digits < 2 * dates) or (
        tally.kinds_of_private >= _KINDS_OF_DIGITS and tally.private > max(tally.digits, _PRIVATE_DIGITS)
    )


def _strange_lines(text: str) -> float:
    """Share of the text in lines with many letters of no readable word; one line of samples makes no bad page."""
    lines = [line for line in text.split("\n") if len(line) >= _SHORTEST_LINE]
    total = sum(map(len, lines)) or 1
    return sum(len(line) for line in lines if _strange_share(line) > _STRANGE_LINE) / total


def _strange_share(line: str) -> float:
    rest = _READABLE_WORD.sub(lambda word: "" if _is_readable(word.group()) else word.group(), line)
    return len(_STRANGE.findall(rest)) / (len("".join(line.split())) or 1)


def _is_readable(word: str) -> bool:
    return word.isascii() or len(_ACCENTED.findall(word)) <= len(word) / 2


def _has_no_words(text: str, total: int) -> bool:
    words = sum(len(word) for word in _READABLE_WORD.findall(text) if _is_readable(word))
    return words / total < _MIN_WORD_SHARE


def _has_unlikely_han(tally: _Tally) -> bool:
    """Chinese text consists of the frequent characters by three quarters; characters picked at random by one in thirty."""
    if tally.han < _MIN_HAN or tally.kana > _MAX_KANA_SHARE * tally.han:
        return False
    return tally.frequent_han / tally.han < _MIN_FREQUENT_HAN or tally.rare_han / tally.han > _MAX_RARE_HAN


def _has_unlikely_words(text: str) -> bool:
    """A shifted alphabet keeps the shapes of words, but not the pairs of letters that words are made of."""
    words = _WORD.findall(_ADDRESS.sub(" ", text[:_SAMPLE]))
    pairs = [first + second for word in words for first, second in pairwise(word.lower())]
    likely = sum(pair in LATIN_PAIRS for pair in pairs)
    if len(pairs) < _FEW_PAIRS:
        return False
    return likely / len(pairs) < (_MIN_FREQUENT_PAIRS if len(pairs) >= _MANY_PAIRS else _MIN_FREQUENT_OF_FEW)
