"""A quantity in a sentence: its value in one unit, what it counts, and whether it is exact, at least or about."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "ratio", "points", "rank", "money", "people", "months", "seconds", "items", "date", "grade", "version", "plain",
    "metres", "area", "grams", "bytes",
]  # fmt: skip
Bound = Literal["exact", "least", "about"]

#: Kinds that a number without a unit may turn out to be: 用户5000 → 5000 名用户. A share or a rank is another statement.
_FROM_PLAIN: frozenset[Kind] = frozenset({"money", "people", "items", "months", "seconds", "grade", "plain", "version"})


@dataclass(frozen=True)
class Quantity:
    """`low` and `high` differ for 上百 and 千万级, which name a range. `printed` is the text, `at` its place in it.

    Ratios are fractions (30% = 0.3, 3倍 = 3), money is in yuan unless `currency` says otherwise, durations are in months
    (years, months) or seconds (days and shorter), a date is year·100 + month. `count` is the number before the unit,
    `digits` how it is written (3.10 is another version than 3.1); `attached` numbers belong to a word: K8s, CET-6. An `article`
    is 一 before a classifier: it may be written as 1, and need not be written at all.
    """

    low: Decimal
    high: Decimal
    kind: Kind
    printed: str
    at: int
    end: int
    bound: Bound = "exact"
    vague: bool = False
    currency: str = ""
    digits: str = ""
    count: Decimal = Decimal(0)
    attached: bool = False
    article: bool = False

    def is_backed_by(self, known: "Quantity") -> bool:
        """May a rewrite say this where the original says `known`? Less precise is allowed, more never."""
        if not _kinds_fit(known.kind, self.kind) or (self.kind == known.kind and self.currency != known.currency):
            return False
        if self.vague or known.vague:
            return known.low >= self.low and known.high <= self.high
        if self.kind == known.kind == "date":
            return self.low == known.low or (self.low % 100 == 0 and self.low // 100 == known.low // 100)
        return self._has_value_of(known) and _bounds_fit(known.bound, self.bound)

    def _has_value_of(self, known: "Quantity") -> bool:
        if self.kind == known.kind == "version":
            return self.digits == known.digits
        if self.kind == known.kind:
            return (self.low, self.high) == (known.low, known.high)
        return self.count == known.count

    def is_kept_in(self, new: "Quantity") -> bool:
        """Is this quantity of the original still said by `new`? A weaker bound or a rounder form keeps it."""
        return new.is_backed_by(self) or (_kinds_fit(self.kind, new.kind) and new._has_value_of(self))


def _kinds_fit(known: Kind, new: Kind) -> bool:
    return known == new or (known == "plain" and new in _FROM_PLAIN) or (new == "plain" and known in _FROM_PLAIN)


def _bounds_fit(known: Bound, new: Bound) -> bool:
    """10w+ may become 10万; 10万 may not become 超10万, nor 近10万 become 10万."""
    return known == new or new == "about" or (known == "least" and new == "exact")
