"""No rewrite may add a fact or lose one: what names, counts, dates or praises must already stand in the original."""

import re
import unicodedata
from collections.abc import Iterator

from common.domain.optimising.guard.chinese import invented_chinese, says_the_same
from common.domain.optimising.guard.credentials import new_credentials
from common.domain.optimising.guard.finding import Finding
from common.domain.optimising.guard.losses import lost_facts
from common.domain.optimising.guard.names import invented_names
from common.domain.optimising.guard.places import new_bodies
from common.domain.optimising.guard.results import implied_direction, new_results
from common.domain.optimising.guard.roles import raised_roles
from common.domain.optimising.guard.style import style_findings
from common.domain.optimising.guard.words import coded_words, invented_words
from common.domain.quantities import invented_quantities, quantities
from common.domain.skills import mentions

__all__ = ["Finding", "findings", "invented_facts"]

_EXAM = re.compile(r"(?:大学)?英语([四六])级(?:考试)?")
_SPELT_OTHERWISE = re.compile("cet[46]|q[1-4]|k8s")
#: What counts things, behind its number: elsewhere 通 or 度 may be part of a name.
_MEASURE = re.compile(r"\s*[笔单户株头只间封批班组所站列起例桌床幅幢栋吨段块瓶箱袋盒本册页道颗座艘架届轮通节]|")
_LEVELS = {"四": 4, "六": 6}


def findings(original: str, rewritten: str) -> list[Finding]:
    """Everything that speaks against replacing `original` by `rewritten`; empty means that both say the same.

    Spacing, case, width, the spelling of numbers and of known skills make no difference. In doubt a rewrite is blocked: the
    user sees it with its reason and can still take it over by hand.
    """
    known, new = _normal(original), _normal(rewritten)
    return [*_invented(known, new), *lost_facts(known, new), *style_findings(known, new)]


def invented_facts(original: str, rewritten: str) -> list[Finding]:
    """Only what is new: for text that is put together from several places of a resume."""
    return _invented(_normal(original), _normal(rewritten))


def _normal(text: str) -> str:
    """One width, and one name for the examination that has two: 英语六级 is CET-6."""
    return _EXAM.sub(lambda found: f"CET-{_LEVELS[found[1]]}", unicodedata.normalize("NFKC", text))


def _invented(known: str, new: str) -> list[Finding]:
    unjudged = _without_judged(known, new)
    found = [
        *(Finding("number", printed) for printed in invented_quantities(known, new)),
        *_new_skills(known, new),
        *(Finding("word", word) for word in invented_words(known, unjudged)),
        *(Finding("word", word) for word in _new_codes(known, new)),
        *(Finding("word", word) for word in invented_chinese(known + implied_direction(known), unjudged)),
        *(Finding("name", name) for name in invented_names(known, new) if invented_chinese(known, name)),
        *new_bodies(known, new),
        *new_credentials(known, new),
        *new_results(known, new),
        *(Finding("role", word) for word in raised_roles(known, new)),
    ]
    named = {one.text.lower() for one in found if one.kind == "skill"}
    return list(dict.fromkeys(one for one in found if one.kind != "word" or one.text.lower() not in named))


def _without_judged(known: str, new: str) -> str:
    """The rewrite with blanks for what other rules judge: quantities, and skills that the original names in any spelling."""
    for start, end in [*_known_skill_places(known, new), *_quantity_places(new)]:
        new = new[:start] + " " * (end - start) + new[end:]
    return new


def _quantity_places(new: str) -> Iterator[tuple[int, int]]:
    for one in quantities(new):
        measure = _MEASURE.match(new, one.end) if one.printed[-1:].isdigit() else None
        yield one.at, measure.end() if measure else one.end


def _known_skill_places(known: str, new: str) -> Iterator[tuple[int, int]]:
    had = {mention.skill for mention in mentions(known)}
    if len(new.casefold()) == len(new):
        yield from ((mention.at, mention.end) for mention in mentions(new) if mention.skill in had)


def _new_codes(known: str, new: str) -> list[str]:
    """EC3 where the original says EC2; CET-6 and Q1 have other spellings and are judged by those who know them."""
    dense = re.sub(r"[^a-z0-9]", "", known.lower())
    return [
        printed
        for folded, printed in coded_words(new).items()
        if folded not in dense and not _SPELT_OTHERWISE.match(folded)
    ]


def _new_skills(known: str, new: str) -> list[Finding]:
    """Skills and tools of the table that the original names under none of their spellings."""
    had = {mention.skill for mention in mentions(known)}
    dense = known.replace(" ", "").casefold()
    return [
        Finding("skill", mention.printed)
        for mention in mentions(new)
        if mention.skill not in had
        and not says_the_same(mention.printed, known)
        and mention.printed.replace(" ", "").casefold() not in dense
    ]
