"""Field-level precision, recall and F1 of a parsed resume against its truth.

Truth: name, phone, email, education[] {school, degree, major, start, end}, work[] {company, title, start, end}, projects[]
(names), skills[]; a null is not scored. Dates are "YYYY", "YYYY-MM" or "present", compared at the truth's precision.
Entries are aligned by best total similarity before their fields are compared. Strings match when equal after NFKC, case
folding and removal of spaces and punctuation, or at similarity >= 0.9; a skill also matches when one contains the other.
"""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from scripts.benchmarks.resume_fields import fields_of

Entry: TypeAlias = Mapping[str, Any]
Same: TypeAlias = Callable[[str, str], bool]

SAME_ENTRY = 0.6
SAME_TEXT = 0.9


@dataclass
class Tally:
    """Hits, truths that were missed, values that were wrong or one too many."""

    hit: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, other: Tally) -> None:
        self.hit, self.missed, self.extra = self.hit + other.hit, self.missed + other.missed, self.extra + other.extra

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Scores: TypeAlias = dict[str, Tally]


def score(truth: Entry, resume: Entry) -> Scores:
    """Tallies by field ("name", "work.title", …) of one document; `resume` in its outer shape, {} when it was refused."""
    found = fields_of(resume)
    scores: Scores = defaultdict(Tally)
    _value(scores["name"], truth.get("name"), found["name"], same_text)
    _value(scores["phone"], truth.get("phone"), found["phone"], lambda a, b: _digits(a) == _digits(b))
    _value(scores["email"], truth.get("email"), found["email"], lambda a, b: a.strip().lower() == b.strip().lower())
    _entries(scores, "education", truth, found, ("school", "major"), ("school", "degree", "major", "start", "end"))
    _entries(scores, "work", truth, found, ("company", "title"), ("company", "title", "start", "end"))
    _names(scores, "projects", truth, found, same_text)
    _names(scores, "skills", truth, found, _same_skill)
    return scores


def total(scores: Iterable[Scores]) -> Scores:
    """The tallies of many documents, field by field."""
    summed: Scores = defaultdict(Tally)
    for one in scores:
        for field, tally in one.items():
            summed[field].add(tally)
    return summed


def overall(scores: Scores) -> Tally:
    """All fields of `scores` as one (micro average)."""
    summed = Tally()
    for tally in scores.values():
        summed.add(tally)
    return summed


def section(scores: Scores, name: str) -> Tally:
    """The fields of one section as one: "work" is work.company, work.title, work.start and work.end."""
    return overall({field: tally for field, tally in scores.items() if field.split(".")[0] == name})


def fold(text: object) -> str:
    """Letters, digits and Han alone, in one spelling."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text or "")).casefold())


def similarity(one: object, other: object) -> float:
    left, right = fold(one), fold(other)
    if not left or not right:
        return 0.0
    return 1.0 if left == right else difflib.SequenceMatcher(None, left, right).ratio()


def same_text(truth: str, value: str) -> bool:
    return similarity(truth, value) >= SAME_TEXT


def same_date(truth: str, value: str) -> bool:
    return value == truth if truth == "present" else value[: len(truth)] == truth


def _same_skill(truth: str, value: str) -> bool:
    left, right = fold(truth), fold(value)
    return same_text(truth, value) or bool(left and right and (left in right or right in left))


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)[-11:]


def _value(tally: Tally, truth: Any, value: Any, same: Same) -> None:
    if truth in (None, ""):
        return
    hit = bool(value) and same(str(truth), str(value))
    tally.add(Tally(hit=int(hit), missed=int(not hit), extra=int(bool(value) and not hit)))


def _entries(scores: Scores, name: str, truth: Entry, found: Entry, keys: Sequence[str], fields: Sequence[str]) -> None:
    for true, value in _aligned(truth.get(name) or [], found[name], keys):
        for field in fields:
            tally = scores[f"{name}.{field}"]
            if true is None:
                tally.extra += int(bool(value and value.get(field)))
            else:
                same = same_date if field in ("start", "end") else same_text
                _value(tally, true.get(field), (value or {}).get(field), same)


def _aligned(
    truth: Sequence[Entry], found: Sequence[Entry], keys: Sequence[str]
) -> list[tuple[Entry | None, Entry | None]]:
    """Pairs by best total similarity over `keys`, then the truths and the values that found no partner."""
    pairs = itertools.product(range(len(truth)), range(len(found)))
    ranked = sorted(((_likeness(truth[i], found[j], keys), i, j) for i, j in pairs), reverse=True)
    left, right, aligned = set(range(len(truth))), set(range(len(found))), list[tuple[Entry | None, Entry | None]]()
    for likeness, i, j in ranked:
        if i in left and j in right and likeness >= SAME_ENTRY:
            left.discard(i)
            right.discard(j)
            aligned.append((truth[i], found[j]))
    return aligned + [(truth[i], None) for i in sorted(left)] + [(None, found[j]) for j in sorted(right)]


def _likeness(truth: Entry, value: Entry, keys: Sequence[str]) -> float:
    dates = sum(bool(truth.get(k)) and same_date(truth[k], str(value.get(k) or "")) for k in ("start", "end"))
    return sum(similarity(truth.get(key), value.get(key)) for key in keys) + 0.2 * dates


def _names(scores: Scores, name: str, truth: Entry, found: Entry, same: Same) -> None:
    wanted = truth.get(name)
    if wanted is None:
        return
    hits = sum(any(same(true, value) for value in found[name]) for true in wanted)
    extra = sum(not any(same(true, value) for true in wanted) for value in found[name])
    scores[name].add(Tally(hit=hits, missed=len(wanted) - hits, extra=extra))
