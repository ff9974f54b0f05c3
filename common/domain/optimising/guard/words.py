"""Latin words in a sentence: technologies, products, abbreviations. Case and spacing do not matter: spring boot = SpringBoot."""

import re
from collections.abc import Iterator

from common.domain.optimising.guard.plain_english import BASE_FORMS, PLAIN_ENGLISH, SAME_ENGLISH

_WORD = re.compile(r"[A-Za-z]+[+#]*")
_APART = re.compile(r"[^\s\d\-_./&·]|.{4,}", re.DOTALL)
_COUNTED = re.compile(r"(?<=\d)\s*[wWkK](?![A-Za-z])")
_HAN = re.compile("[\u4e00-\u9fff]")
_ENDING = re.compile(r"(?:ations?|ing|ed|es|s|ers?|ors?|ions?|e|ly)$")
_LONGEST = 4
_CODED = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]+-?\d+(?:\.\d+)*[A-Za-z]?(?![A-Za-z0-9]|\s?[个名人条篇次项份家台万亿千百年%])"
)
_INSIDE = re.compile(r"[a-z,(/&\-] ?$")
_SHORTEST_CONTENT = 4
_MOST_GONE = 3


def invented_words(original: str, rewritten: str) -> list[str]:
    """Words that stand only in the rewrite, as written there. Both texts are NFKC normalised.

    In an English sentence plain words and other forms of its own words are no facts; in a Chinese one every Latin word is.
    """
    known = {form for run in _runs(original) for form in _joined(run)}
    if not _HAN.search(original):
        stems = {_stem(word) for run in _runs(original) for word in run}
        said = {word.lower() for word in _WORD.findall(original)}
        same = {other for word in said for other in SAME_ENGLISH.get(word, ())}
        words = (word.lower() for word in _WORD.findall(rewritten))
        known |= {word for word in words if word in PLAIN_ENGLISH or word in same or _stem(word) in stems}
    return list(dict.fromkeys(word for run in _runs(rewritten) for word in _unknown(run, known)))


def coded_words(text: str) -> dict[str, str]:
    """Words with a number of their own, folded → as printed: EC2, Tier-1, COVID-19."""
    return {re.sub(r"[^a-z0-9]", "", found[0].lower()): found[0] for found in _CODED.finditer(text)}


def lost_english(original: str, rewritten: str) -> list[str]:
    """Of an English sentence: names that are gone, and the words when more than a few of them are."""
    if _HAN.search(original):
        return []
    kept = {_stem(word) for word in _WORD.findall(rewritten)}
    said = {word.lower() for word in _WORD.findall(rewritten)}
    gone = []
    for found in _WORD.finditer(original):
        word = found[0].lower()
        if len(word) < _SHORTEST_CONTENT or word in PLAIN_ENGLISH or _stem(word) in kept:
            continue
        if not said & SAME_ENGLISH.get(word, frozenset()):
            gone.append((found[0], bool(_INSIDE.search(original[: found.start()]))))
    names = [word for word, inside in gone if inside and word[0].isupper()]
    words = [word for word, _ in gone]
    return list(dict.fromkeys(names if len(words) < _MOST_GONE else words))


def _runs(text: str) -> Iterator[list[str]]:
    """Words with nothing but spaces, digits and joining marks between them."""
    text = _COUNTED.sub(" ", text)
    run: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        if run and _APART.search(text[end : match.start()]):
            yield run
            run = []
        run.append(match[0])
        end = match.end()
    if run:
        yield run


def _joined(run: list[str]) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            yield "".join(run[start:end]).lower()


def _unknown(run: list[str], known: set[str]) -> Iterator[str]:
    start = 0
    while start < len(run):
        sizes = range(min(_LONGEST, len(run) - start), 0, -1)
        size = next((size for size in sizes if "".join(run[start : start + size]).lower() in known), 0)
        if not size:
            yield run[start]
        start += size or 1


def _stem(word: str) -> str:
    """Good enough to see that developing, developed and develop are one word."""
    lower = BASE_FORMS.get(word.lower(), word.lower())
    stem = _ENDING.sub("", lower)
    return stem if len(stem) >= 3 else lower
