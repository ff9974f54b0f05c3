"""Two texts, one claim? What a rewrite counts, dates or measures must be backed by the original, and nothing may get lost."""

import re
from collections.abc import Sequence
from itertools import combinations

from common.domain.quantities.quantity import Quantity
from common.domain.quantities.reading import quantities

_AROUND = 10  # characters on either side that say what is counted
_WORDS = re.compile(r"[A-Za-z]+|[\u4e00-\u9fff]")


def invented_quantities(original: str, rewritten: str) -> list[str]:
    """As printed in the rewrite: what no quantity of the original says, and two that changed places. Both texts NFKC."""
    known, new = quantities(original), quantities(rewritten)
    unbacked = [one.printed for one in new if not any(one.is_backed_by(other) for other in known)]
    return list(dict.fromkeys([*unbacked, *_swapped(original, known, rewritten, new)]))


def lost_quantities(original: str, rewritten: str) -> list[str]:
    """As printed in the original: what the rewrite no longer says. Numbers that belong to a word (K8s) are the word's."""
    known, new = quantities(original), quantities(rewritten)
    free = [one for one in known if not one.attached and one.kind != "version"]
    return list(dict.fromkeys(one.printed for one in free if not any(one.is_kept_in(other) for other in new)))


def _swapped(original: str, known: Sequence[Quantity], rewritten: str, new: Sequence[Quantity]) -> list[str]:
    """A 30%, B 50% → A 50%, B 30%: each number now stands among the words of the other."""
    places = [(one, _place(original, one)) for one in known]
    swapped: list[str] = []
    for (first, at_first), (second, at_second) in combinations(places, 2):
        if first.kind != second.kind or first.low == second.low:
            continue
        now_first, now_second = (_same(one, new) for one in (first, second))
        if now_first is None or now_second is None:
            continue
        there_first, there_second = _place(rewritten, now_first), _place(rewritten, now_second)
        kept = len(there_first & at_first) + len(there_second & at_second)
        crossed = len(there_first & at_second) + len(there_second & at_first)
        if crossed > kept:
            swapped += [now_first.printed, now_second.printed]
    return swapped


def _same(one: Quantity, new: Sequence[Quantity]) -> Quantity | None:
    found = [other for other in new if other.is_backed_by(one)]
    return found[0] if len(found) == 1 else None


def _place(text: str, one: Quantity) -> set[str]:
    """The words around it, up to the end of its clause."""
    before = re.split(r"[，,。；;、]", text[max(0, one.at - _AROUND) : one.at])[-1]
    after = re.split(r"[，,。；;、]", text[one.end : one.end + _AROUND])[0]
    return set(_WORDS.findall(before.lower())) | {f"{word}>" for word in _WORDS.findall(after.lower())}
