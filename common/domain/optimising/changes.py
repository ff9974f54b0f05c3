"""A rewrite as a list of changes, each with its place, the original, the reason and the rule it serves."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from common.domain.matching.report import MatchReport
from common.domain.rendering.options import RenderOptions
from common.domain.resume import Resume
from common.domain.scoring import Quality
from common.lazy_model import LazyModel

#: `suggested` waits for the user: dropping something is never done for them.
ChangeState = Literal["applied", "suggested", "rejected", "blocked"]
Operation = Literal["replace", "split", "drop", "reorder"]

#: Rule a change serves → how the user reads it.
RULES: dict[str, str] = {
    "verb": "动词开头，直接写做了什么",
    "concise": "去掉空话，更简洁",
    "names": "技术与专有名词按官方写法",
    "numbers": "数字与单位写法统一",
    "format": "标点与空格规范",
    "order": "重要的、新近的放在前面",
    "split": "一条只写一件事",
    "jd": "用职位要求里的说法表达同一件事",
    "duplicate": "重复的内容只写一次",
    "relevance": "与目标职位关系不大",
    "clarity": "表达更清晰",
}

#: Sections whose prose may be reworded, with the members that hold prose.
PROSE: dict[str, tuple[str, ...]] = {
    "work": ("summary", "highlights"),
    "volunteer": ("summary", "highlights"),
    "projects": ("description", "highlights"),
}

#: Lists whose order says what matters most; `{}` is the index of an entry.
ORDERED = (
    "/skills",
    "/projects",
    "/work/{}/highlights",
    "/projects/{}/highlights",
    "/volunteer/{}/highlights",
    "/skills/{}/keywords",
)


class Change(LazyModel):
    """`path` is a JSON pointer into the resume before any change. `text` is the new wording (replace), `texts` the parts
    (split), `order` the old indices in their new order (reorder). A blocked change is shown with its reasons, never applied.
    """

    id: str
    op: Operation = "replace"
    path: str
    original: str
    text: str = ""
    texts: list[str] = []
    order: list[int] = []
    reason: str
    rule: str = "clarity"
    state: ChangeState = "applied"
    blocked_because: list[str] = []


def _stripped(value: object) -> object:
    if isinstance(value, str):
        return value.strip()
    return [_stripped(item) for item in value] if isinstance(value, list) else value


Text = Annotated[str, BeforeValidator(_stripped)]


class SuggestedChange(LazyModel):
    """One change as the model proposes it."""

    op: Operation = "replace"
    path: str
    text: Text = ""
    texts: Annotated[list[str], BeforeValidator(_stripped)] = []
    order: list[int] = []
    reason: Annotated[str, BeforeValidator(lambda value: value or "表达更清晰")] = "表达更清晰"
    rule: str = "clarity"

    @model_validator(mode="after")
    def _has_what_its_operation_needs(self) -> "SuggestedChange":
        needed = {
            "replace": self.text,
            "split": len(self.texts) > 1 and all(self.texts),
            "reorder": self.order,
            "drop": True,
        }
        if not needed[self.op]:
            raise ValueError(f"{self.op} lacks its content")
        return self


class Question(LazyModel):
    """Where a number or a result would help and the resume has none: the user is asked, nobody guesses."""

    path: str
    question: Annotated[Text, Field(min_length=1, max_length=120)]


class Suggestions(LazyModel):
    changes: list[SuggestedChange] = []
    questions: list[Question] = []


class OptimisedResume(LazyModel):
    """What optimised/… holds. `source` is the resume before any change: what every decision is applied to.

    `score` and `match` are of the resume as it now is, `match` only where a job is wanted. `basic` says that no model took
    part, and that nothing was charged. `options` are the user's for the template.
    """

    resume: dict[str, Any]
    source: dict[str, Any] = {}
    changes: list[Change] = []
    questions: list[Question] = []
    score: Quality | None = None
    score_before: Quality | None = None
    match: MatchReport | None = None
    basic: bool = False
    template: str = "classic"
    options: RenderOptions = RenderOptions()

    @model_validator(mode="after")
    def _starts_from_itself(self) -> "OptimisedResume":
        self.source = self.source or self.resume
        return self


def prose_items(resume: Resume) -> dict[str, str]:
    """Every piece of prose that may be reworded: JSON pointer → text."""
    return dict(_prose(resume.as_json_resume()))


def ordered_lists(resume: Resume) -> dict[str, list[str]]:
    """Every list whose order may change: JSON pointer → one line for each item."""
    content = resume.as_json_resume()
    found: dict[str, list[str]] = {}
    for pattern in ORDERED:
        section, _, member = pattern.strip("/").partition("/{}/")
        entries = content.get(section, [])
        if member:
            lists = {f"/{section}/{index}/{member}": entry.get(member, []) for index, entry in enumerate(entries)}
        else:
            lists = {pattern: [str(entry.get("name", "")) for entry in entries]}
        found |= {path: items for path, items in lists.items() if len(items) > 1}
    return found


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
