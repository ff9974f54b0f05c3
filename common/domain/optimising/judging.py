"""Suggestions → changes: each for a known place, each judged by the guard. What the guard holds against one blocks it."""

import re
from collections.abc import Mapping, Sequence

from common.domain.optimising.changes import RULES, Change, ChangeState, Question, SuggestedChange, Suggestions
from common.domain.optimising.guard import Finding, findings, invented_facts
from common.domain.optimising.guard.style import is_plain_sentence

_MOST_QUESTIONS = 6
_LONGEST_REASON = 100
_MOST_LATIN = 4  # words in a question about a Chinese sentence
_TOLD = frozenset({"number", "name", "person", "place", "skill", "title", "degree", "certificate", "honour", "praise"})


def judge(
    suggestions: Suggestions,
    items: Mapping[str, str],
    lists: Mapping[str, Sequence[str]] | None = None,
    *,
    first_id: int = 1,
) -> list[Change]:
    """One change a place, the first one counts; a change for an unknown place, or that changes nothing, is passed over."""
    judged: dict[str, Change] = {}
    for suggestion in suggestions.changes:
        change = _judged(suggestion, items, lists or {})
        if change and change.path not in judged:
            judged[change.path] = change.model_copy(update={"id": f"c{first_id + len(judged)}"})
    return list(judged.values())


def asked(suggestions: Suggestions, items: Mapping[str, str]) -> list[Question]:
    """Questions about known places, one each, in plain words, which put no fact into anybody's mouth."""
    kept: dict[str, Question] = {}
    for question in suggestions.questions:
        if question.path in items and _only_asks(question.question, items[question.path]):
            kept.setdefault(question.path, question)
    return list(kept.values())[:_MOST_QUESTIONS]


def _only_asks(question: str, original: str) -> bool:
    """A question may speak of results and in words of its own, but no number or name is in it that the sentence lacks."""
    told = any(finding.kind in _TOLD for finding in invented_facts(original, question))
    foreign = (
        len(re.findall("[A-Za-z]{2,}", question)) > _MOST_LATIN if re.search("[\u4e00-\u9fff]", original) else False
    )
    return question.endswith(("？", "?")) and is_plain_sentence(question) and not told and not foreign


def decide(changes: Sequence[Change], *, accept: Sequence[str], reject: Sequence[str]) -> list[Change]:
    """The user's decision per change; a blocked change stays blocked, whatever is asked."""
    wanted: dict[str, ChangeState] = {**dict.fromkeys(accept, "applied"), **dict.fromkeys(reject, "rejected")}
    return [
        change
        if change.state == "blocked"
        else change.model_copy(update={"state": wanted.get(change.id, change.state)})
        for change in changes
    ]


def _judged(suggestion: SuggestedChange, items: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> Change | None:
    if suggestion.op == "reorder":
        return _reordered(suggestion, lists.get(suggestion.path))
    original = items.get(suggestion.path)
    if original is None or (suggestion.op == "replace" and suggestion.text == original):
        return None
    if suggestion.op == "drop":
        return _change(suggestion, original, [], state="suggested") if suggestion.path[-1].isdigit() else None
    if suggestion.op == "split" and not suggestion.path[-1].isdigit():
        return None
    new = "；".join(suggestion.texts) if suggestion.op == "split" else suggestion.text
    return _change(suggestion, original, findings(original, new))


def _reordered(suggestion: SuggestedChange, listed: Sequence[str] | None) -> Change | None:
    """A permutation of the whole list, or nothing: an order that leaves something out would drop it silently."""
    if (
        not listed
        or sorted(suggestion.order) != list(range(len(listed)))
        or suggestion.order == sorted(suggestion.order)
    ):
        return None
    return _change(suggestion, "\n".join(listed), [])


def _change(
    suggestion: SuggestedChange, original: str, against: Sequence[Finding], *, state: ChangeState = "applied"
) -> Change:
    rule = suggestion.rule if suggestion.rule in RULES else "clarity"
    return Change(
        id="c0",
        op=suggestion.op,
        path=suggestion.path,
        original=original,
        text=suggestion.text if suggestion.op == "replace" else "",
        texts=suggestion.texts if suggestion.op == "split" else [],
        order=suggestion.order if suggestion.op == "reorder" else [],
        reason=_reason(suggestion.reason, rule),
        rule=rule,
        state="blocked" if against else state,
        blocked_because=[str(finding) for finding in against],
    )


def _reason(given: str, rule: str) -> str:
    """The model's own words only while they are a short Chinese sentence without addresses; else what the rule says."""
    chinese = re.search("[\u4e00-\u9fff]", given)
    return given if chinese and len(given) <= _LONGEST_REASON and is_plain_sentence(given) else RULES[rule]
