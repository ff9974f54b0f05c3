"""Nothing may get lost in a rewrite: numbers, names of technologies, institutions, and whole statements."""

import re

from common.domain.optimising.guard.finding import Finding
from common.domain.quantities import lost_quantities
from common.domain.skills import mentions

_CLAUSE = re.compile(r"[，,。；;！!？?\n]+")
_HAN = re.compile("[\u4e00-\u9fff]")
_NAME = re.compile(r"[A-Z][A-Za-z0-9+#.]*[A-Za-z0-9+#]")
_SHORTEST_CLAUSE = 6  # Han characters; shorter ones are connecting words
_KEPT = 0.25  # of a clause's characters: honest rewording keeps the things, and changes what is said about them
_EMPTY = set("负责的了和与及对等相关工作进行完成参与了解根据通过为在中我主要日常能够并且一些该各项目等方面")


def lost_facts(original: str, rewritten: str) -> list[Finding]:
    """Both texts NFKC; as printed in the original."""
    return [
        *(Finding("lost", printed) for printed in lost_quantities(original, rewritten)),
        *(Finding("lost", name) for name in _lost_names(original, rewritten)),
        *(Finding("lost", clause) for clause in _lost_clauses(original, rewritten)),
    ]


def _lost_names(original: str, rewritten: str) -> list[str]:
    """Skills under any of their spellings, and Latin names beyond the table."""
    kept = {mention.skill for mention in mentions(rewritten)}
    known = mentions(original)
    lost = [mention.printed for mention in known if mention.skill not in kept and not _HAN.search(mention.printed)]
    dense = re.sub(r"[^a-z0-9+#]", "", rewritten.lower())
    covered = {mention.printed for mention in known}
    capitals = [name for name in _NAME.findall(original) if _HAN.search(original) and name not in covered]
    return list(
        dict.fromkeys([*lost, *(name for name in capitals if re.sub(r"[^a-z0-9+#]", "", name.lower()) not in dense)])
    )


def _lost_clauses(original: str, rewritten: str) -> list[str]:
    new = set(_HAN.findall(rewritten))
    lost = []
    for clause in _CLAUSE.split(original):
        things = [char for char in _HAN.findall(clause) if char not in _EMPTY]
        if len(things) >= _SHORTEST_CLAUSE and sum(char in new for char in things) < _KEPT * len(things):
            lost.append(clause.strip())
    return lost
