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
