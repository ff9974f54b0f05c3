"""Chinese words in a sentence, denied by default: no list knows every shop, town and title, so what is new has to be plain.

Chinese marks no words. A rewrite is therefore laid out with pieces that add nothing: stretches of the original, plain
words, and words that say the same as one of the original. What no piece covers is new.
"""

import re
from collections.abc import Iterator

from common.domain.optimising.guard.plain_chinese import PLAIN_CHINESE, SAME_WORDS

_RUN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_LONGEST = 8

#: 月度财务报表 → 财务月报 puts single characters together anew; out of a long text that would make anything.
_MOST_HAN_FOR_SINGLES = 60


def invented_chinese(original: str, rewritten: str) -> list[str]:
    """Words that stand only in the rewrite, as written there. Both texts NFKC."""
    known = re.sub(r"\s+", "", original)
    allowed = _Allowed(known)
    return list(dict.fromkeys(word for run in _RUN.findall(rewritten) for word in _uncovered(run, allowed)))


def says_the_same(word: str, original: str) -> bool:
    """Is `word` plain, or another word for one of the original?"""
    return word in PLAIN_CHINESE or any(other in original for other in SAME_WORDS.get(word, ()))


class _Allowed:
    """Which pieces add nothing to one original."""

    def __init__(self, known: str) -> None:
        self._known = known
        han = "".join(_RUN.findall(known))
        self._singles = set(han) if len(han) <= _MOST_HAN_FOR_SINGLES else set()

    def __contains__(self, piece: str) -> bool:
        if piece in self._known and (len(piece) > 1 or piece in self._singles):
            return True
        return says_the_same(piece, self._known)


def _uncovered(run: str, allowed: _Allowed) -> Iterator[str]:
    """The layout with the fewest characters left over; those that stand together are one word."""
    best = [0]
    taken = [0]  # length of the piece that ends here, 0 for a character no piece covers
    for end in range(1, len(run) + 1):
        choices = [(best[end - 1] + 1, 0)]
        choices += [
            (best[end - size], size) for size in range(1, min(_LONGEST, end) + 1) if run[end - size : end] in allowed
        ]
        left, size = min(choices)
        best.append(left)
        taken.append(size)
    end, word = len(run), ""
    while end:
        if taken[end]:
            if word:
                yield word
            word = ""
            end -= taken[end]
        else:
            word = run[end - 1] + word
            end -= 1
    if word:
        yield word
