"""Chinese words in a sentence, denied by default: no list knows every shop, town and title, so what is new has to be plain.

Chinese marks no words. A rewrite is therefore laid out with pieces that add nothing: stretches of the original, plain
words, and words that say the same as one of the original. What no piece covers is new.
"""

import re
from collections import Counter

from common.domain.optimising.guard.common_deeds import COMMON_DEEDS
from common.domain.optimising.guard.plain_chinese import PLAIN_CHINESE
from common.domain.optimising.guard.same_words import SAME_WORDS

_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
#: 规范化 says no more than 规范.
_ENDINGS = "化性式类型"
_LONGEST = 8
_SHORTEST_LOST = 2

#: 月度财务报表 → 财务月报 puts single characters together anew; out of a long text that would make anything.
_MOST_HAN_FOR_SINGLES = 60


def invented_chinese(original: str, rewritten: str) -> list[str]:
    """Words that stand only in the rewrite, as written there. Both texts NFKC."""
    allowed = _Allowed(original, rewritten)
    found = ((run, *place) for run in _RUN.findall(rewritten) for place in _uncovered(run, allowed))
    return list(dict.fromkeys(_word(*one) for one in found))


def lost_chinese(original: str, rewritten: str) -> list[str]:
    """The same turned round: words of the original that the rewrite says neither as they are nor in another way.

    A single character of a longer word is not missed.
    """
    allowed = _Allowed(rewritten)
    found = (run[start:end] for run in _RUN.findall(original) for start, end in _uncovered(run, allowed))
    return list(dict.fromkeys(word for word in found if len(word) >= _SHORTEST_LOST))


def _word(run: str, start: int, end: int) -> str:
    """A single character says little to a reader: 命 is shown as 命中."""
    if end - start > 1:
        return run[start:end]
    return run[start : end + 1] if end < len(run) else run[max(0, start - 1) : end]


def says_the_same(word: str, original: str) -> bool:
    """Is `word` plain, or another word for one of the original?"""
    return word in PLAIN_CHINESE or any(other in original for other in SAME_WORDS.get(word, ()))


class _Allowed:
    """Which pieces add nothing to one original.

    贴瓷砖 → 铺贴瓷砖 is one deed as long as no character stands more often in the rewrite than before:
    接口 → 接口, 接待 adds one.
    """

    def __init__(self, original: str, rewritten: str = "") -> None:
        self._known = re.sub(r"\s+", "", original)
        han = "".join(_RUN.findall(original))
        self._singles = set(han) if len(han) <= _MOST_HAN_FOR_SINGLES else set()
        used, had = Counter(rewritten), Counter(han)
        self._replaced = {one for one in self._singles if 0 < used[one] <= had[one]}

    def __contains__(self, piece: str) -> bool:
        if piece in self._known and (len(piece) > 1 or piece in self._singles):
            return True
        if len(piece) > 2 and piece[-1] in _ENDINGS and piece[:-1] in self._known:
            return True
        if piece in COMMON_DEEDS and not self._replaced.isdisjoint(piece):
            return True
        return says_the_same(piece, self._known)


def _uncovered(run: str, allowed: _Allowed) -> list[tuple[int, int]]:
    """Start and end of what the layout with the fewest characters left over leaves; neighbours are one word."""
    left, size_at = (
        [0],
        [0],
    )  # of the best layout up to each place; the size of its last piece, 0 for a character left over
    for end in range(1, len(run) + 1):
        sizes = (size for size in range(1, min(_LONGEST, end) + 1) if run[end - size : end] in allowed)
        best, size = min([(left[end - 1] + 1, 0), *((left[end - size], size) for size in sizes)])
        left.append(best)
        size_at.append(size)
    places: list[tuple[int, int]] = []
    end = len(run)
    while end:
        size = size_at[end]
        if not size:
            joined = places and places[-1][0] == end
            places[-1:] = [(end - 1, places[-1][1])] if joined else [*places[-1:], (end - 1, end)]
        end -= size or 1
    return places[::-1]
