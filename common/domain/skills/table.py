"""The table of skills: every spelling → the skill. It knows a skill inside Chinese text, where no spaces mark words."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from common.domain.skills.business import BUSINESS
from common.domain.skills.technology import TECHNOLOGY

_SHORTEST_PLURAL = 5
_LATIN = re.compile(r"[a-z0-9]")


@dataclass(frozen=True)
class Mention:
    """A skill as a text names it; `at` and `end` are places in the folded text of the same length."""

    skill: str
    printed: str
    at: int
    end: int


@cache
def skills() -> dict[str, str]:
    """Spelling without spaces and hyphens → name of the skill, as its makers or the field write it."""
    return {_key(name): names[0] for names in reversed(_rows()) for name in names}


@cache
def _rows() -> list[list[str]]:
    return [[name.strip() for name in line.split(" | ")] for line in f"{TECHNOLOGY}\n{BUSINESS}".splitlines()]


def mentions(text: str) -> list[Mention]:
    """Every skill that `text` names, the longest spelling first: in 机器学习算法 it sees 机器学习 and 算法, never 学习.

    A Latin spelling counts only as a whole word, and Chinese beside it does not make it a part of one: 熟练使用Python开发.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if len(folded) != len(
        text
    ):  # a ligature or a fraction that NFKC writes longer: places then belong to the folded text
        text = folded
    return [
        Mention(_skill(found[0]), text[found.start() : found.end()], found.start(), found.end())
        for found in _spellings_in(folded)
    ]


def _skill(printed: str) -> str:
    """The name of a spelling, which may be in the plural: A/B tests."""
    key = _key(printed)
    return skills().get(key) or skills()[key.removesuffix("s")]


def named_skills(text: str) -> set[str]:
    return {mention.skill for mention in mentions(text)}


def is_skill(text: str) -> bool:
    """Is the whole text a spelling of a known skill?"""
    return _key(text) in skills()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _key(name: str) -> str:
    return re.sub(r"[\s\-]+", "", _folded(name))


def _spellings_in(folded: str) -> Iterator[re.Match[str]]:
    """One after the other; at each place only the few spellings are tried that begin with its character."""
    at = 0
    while at < len(folded):
        pattern = _patterns().get(folded[at])
        found = pattern.match(folded, at) if pattern else None
        if found:
            yield found
        at = found.end() if found else at + 1


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted({_folded(name) for names in _rows() for name in names}, key=len, reverse=True):
        by_first[name[0]].append(_spelling(name))
    return {first: re.compile("|".join(spellings)) for first, spellings in by_first.items()}


def _spelling(name: str) -> str:
    """Spaces may be missing or be a hyphen; a single letter such as C or R needs more room around it."""
    pattern = re.escape(name).replace(r"\ ", r"[\s\-]?").replace("/", r"\s?/\s?")
    if _LATIN.match(name[0]):
        pattern = (r"(?<![a-z0-9+#.&\-])" if len(name) == 1 else r"(?<![a-z0-9])") + pattern
    if len(name) >= _SHORTEST_PLURAL and name[-1].isalpha() and name.isascii() and name[-1] != "s":
        pattern += "s?"
    if _LATIN.match(name[-1]) or name[-1] in "+#":
        pattern += r"(?![a-z0-9+#&.\-])" if len(name) == 1 else r"(?!\+\+|\+(?![a-z])|[a-z#])"
    return pattern
