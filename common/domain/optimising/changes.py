"""A rewrite as a list of changes, each with its place, the original and the reason, so that it can be judged and undone."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field

from common.domain.optimising.guard import findings
from common.domain.resume import Resume

ChangeState = Literal["applied", "rejected", "blocked"]

#: Sections whose prose may be reworded, with the members that hold prose.
PROSE: dict[str, tuple[str, ...]] = {
    "work": ("summary", "highlights"),
    "volunteer": ("summary", "highlights"),
    "projects": ("description", "highlights"),
}


class Change(BaseModel):
    """`path` is a JSON pointer into the resume. A blocked change is shown with its reason and never applied."""

    id: str
    path: str
    original: str
    text: str
    reason: str
    state: ChangeState = "applied"
    blocked_because: list[str] = []


class SuggestedChange(BaseModel):
    """One change as the model proposes it."""

    path: str
    text: Annotated[str, BeforeValidator(lambda text: text.strip() if isinstance(text, str) else text)] = Field(
        min_length=1
    )
    reason: str = "表达更清晰"


class Suggestions(BaseModel):
    changes: list[SuggestedChange] = []


class OptimisedResume(BaseModel):
    """What optimised/… holds. `basic` says that no model took part, and that nothing was charged."""

    resume: dict[str, Any]
    changes: list[Change] = []
    basic: bool = False
    template: str = "classic"


def prose_items(resume: Resume) -> dict[str, str]:
    """Every piece of prose that may be reworded: JSON pointer → text."""
    return dict(_prose(resume.as_json_resume()))


def _prose(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if summary := content.get("basics", {}).get("summary"):
        yield "/basics/summary", summary
    for section, members in PROSE.items():
        for index, entry in enumerate(content.get(section, [])):
            for member in members:
                yield from _texts(f"/{section}/{index}/{member}", entry.get(member))


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        yield from ((f"{path}/{index}", item) for index, item in enumerate(value) if isinstance(item, str))


def judge(suggestions: Suggestions, items: Mapping[str, str]) -> list[Change]:
    """Suggestions for known places that really change something, each applied or blocked by the guard; one per place."""
    judged: dict[str, Change] = {}
    for suggestion in suggestions.changes:
        original = items.get(suggestion.path)
        if original is None or suggestion.text == original or suggestion.path in judged:
            continue
        against = findings(original, suggestion.text)
        judged[suggestion.path] = Change(
            id=f"c{len(judged) + 1}",
            path=suggestion.path,
            original=original,
            text=suggestion.text,
            reason=suggestion.reason,
            state="blocked" if against else "applied",
            blocked_because=[str(finding) for finding in against],
        )
    return list(judged.values())


def apply_changes(resume: Resume, changes: Sequence[Change]) -> Resume:
    """The resume with every applied change in place and every other place as it was."""
    content = resume.as_json_resume()
    for change in changes:
        _put(content, change.path, change.text if change.state == "applied" else change.original)
    return Resume.model_validate(content)


def _put(content: dict[str, Any], path: str, text: str) -> None:
    *parents, last = path.strip("/").split("/")
    place: Any = content
    for part in parents:
        place = place[int(part)] if isinstance(place, list) else place[part]
    if isinstance(place, list):
        place[int(last)] = text
    else:
        place[last] = text


def decide(changes: Sequence[Change], *, accept: Sequence[str], reject: Sequence[str]) -> list[Change]:
    """The user's decision per change; a blocked change stays blocked, whatever is asked."""
    wanted: dict[str, ChangeState] = {**dict.fromkeys(accept, "applied"), **dict.fromkeys(reject, "rejected")}
    return [
        change
        if change.state == "blocked"
        else change.model_copy(update={"state": wanted.get(change.id, change.state)})
        for change in changes
    ]
