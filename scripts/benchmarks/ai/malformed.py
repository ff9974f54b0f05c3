"""Malformed answers: every way a vendor fails, and mutations of good answers: nothing breaks, nothing wrong is believed."""

from __future__ import annotations

import json
import random
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.optimising.changes import Suggestions
from common.domain.optimising.messages import Prompts
from common.domain.parsing.structure import structure
from common.errors import (
    ContentRefused,
    CredentialRejected,
    ModelAnswerInvalid,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.services.optimising import ask_for_suggestions, optimised_resume
from common.services.parsing import structure_with_model
from scripts.benchmarks.ai.cases.people import people
from scripts.benchmarks.ai.lies import TODAY, row_for
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.faithfulness import invented
from scripts.benchmarks.figures import Figure

MUTATIONS = 200
_PROMPTS = Prompts(structure="json", optimise="json")

Answer = Callable[[dict[str, Any]], dict[str, Any]]

#: How a vendor fails, by name, as its client tells us.
FAILURES: dict[str, Exception] = {
    "bad key": CredentialRejected(),
    "unknown model": VendorRejected(status=400),
    "invalid parameter": VendorRejected(status=422),
    "no such route": VendorRejected(status=404),
    "no money": VendorQuotaExhausted(),
    "too many": VendorBusy(),
    "server error": VendorUnavailable(status=500),
    "overloaded": VendorUnavailable(status=503),
    "insufficient_system_resource": VendorUnavailable(status=200),
    "stall": VendorUnavailable(reason="idle"),
    "cut": VendorUnavailable(reason="cut"),
    "not a completion": VendorReplyInvalid(status=200),
    "content risk": ContentRefused(),
    "blank": ModelAnswerInvalid(answer="   ", reason="blank"),
    "truncated": ModelAnswerInvalid(answer='{"changes": [{"pa', reason="length"),
    "array": ModelAnswerInvalid(answer="[]", reason="not an object"),
    "prose": ModelAnswerInvalid(answer="Sure! Here is", reason="not json"),
}


class OddModel:
    """Answers well, through `spoil`."""

    def __init__(self, spoil: Answer) -> None:
        self._spoil = spoil

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:  # noqa: ARG002
        request = json.loads(messages[1]["content"])
        if "draft" in request:
            good = dict(request["draft"])
        else:
            good = {"changes": [{"path": item["path"], "text": f"{item['text']}。"} for item in request["items"]]}
        return ModelAnswer(self._spoil(good), "odd", ModelUsage())

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        raise NotImplementedError(f"nobody asked for a stream: {len(messages)} messages, {max_tokens} tokens")


def figures(options: AiOptions) -> Iterator[Figure]:
    spoilers = {f"failure {name}": _raising(error) for name, error in FAILURES.items()}
    spoilers |= {f"mutation {number}": _mutating(options.seed * 1000 + number) for number in range(MUTATIONS)}
    crashed: list[str] = []
    believed: list[str] = []
    for name, spoil in spoilers.items():
        try:
            believed += [f"{name}: {value}" for value in wrongly_believed(OddModel(spoil))]
        except Exception:  # every exception here is what is being looked for
            crashed.append(f"{name}: {traceback.format_exc(limit=-3)}")
    if options.verbose:
        print("\n".join([*crashed, *believed]), file=sys.stderr)
    yield Figure("malformed answers tried", len(spoilers), at_least=200, note=f"{len(FAILURES)} failures")
    yield Figure("crashes", len(crashed), at_most=0)
    yield Figure("wrong values believed", len(believed), at_most=0)


def wrongly_believed(model: OddModel) -> list[str]:
    """Values that are in no line, and rewordings with other characters than the original's, from both stages."""
    lines, jd = people()[0]
    resume = structure_with_model(lines, model, _PROMPTS)
    resume.as_json_bytes()
    wrong = invented(resume.as_json_resume(), [line.text for line in lines])
    resume = structure(lines)
    suggestions = ask_for_suggestions(resume, jd, model, _PROMPTS, last_try=True)
    optimised = optimised_resume(resume, suggestions, row_for(jd), today=TODAY)
    optimised.model_dump_json(by_alias=True).encode()
    told = {change.path: change.text for change in (suggestions or Suggestions()).changes}
    for change in optimised.changes:
        if change.state == "applied" and change.text == told.get(change.path) and change.text != f"{change.original}。":
            wrong.append(f"{change.original} => {change.text}")
    return wrong


def _raising(error: Exception) -> Answer:
    def spoil(_: dict[str, Any]) -> dict[str, Any]:
        raise error

    return spoil


def _mutating(seed: int) -> Answer:
    """The same damage each time it is asked: the text of the answer, or a value somewhere in it."""

    def spoil(good: dict[str, Any]) -> dict[str, Any]:
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return _parsed(chance.choice(_TEXT_DAMAGES)(json.dumps(good, ensure_ascii=False), chance))
        damaged: dict[str, Any] = _damaged(json.loads(json.dumps(good)), chance, depth=chance.randint(0, 4))
        return damaged

    return spoil


def _parsed(text: str) -> dict[str, Any]:
    """As the client does it."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise ModelAnswerInvalid(answer=text[:200], reason="not json") from None
    if not isinstance(content, dict):
        raise ModelAnswerInvalid(answer=text[:200], reason="not an object")
    return content


_TEXT_DAMAGES: tuple[Callable[[str, random.Random], str], ...] = (
    lambda text, chance: text[: chance.randrange(len(text))],
    lambda text, chance: text.replace('"', "'", chance.randint(1, 3)),
    lambda text, _: text.encode().decode("latin-1"),
    lambda text, chance: text[:1] + text[1:] * chance.randint(2, 3),
    lambda text, _: text.replace('"name"', '"name": "李雷", "name"', 1),
    lambda text, _: re_numbered(text),
    lambda text, _: "\ufeff" + text,
    lambda text, _: text.replace("公司", "\\ud800", 1),
)


def re_numbered(text: str) -> str:
    return text.replace("2020", "2002").replace("10w", "NaN")


def _damaged(value: Any, chance: random.Random, *, depth: int) -> Any:
    """One place, `depth` steps down, gets something that does not belong there."""
    if depth and isinstance(value, dict) and value:
        name = chance.choice(sorted(value))
        return {**value, name: _damaged(value[name], chance, depth=depth - 1)}
    if depth and isinstance(value, list) and value:
        at = chance.randrange(len(value))
        return [*value[:at], _damaged(value[at], chance, depth=depth - 1), *value[at + 1 :]]
    strange = chance.choice(_STRANGE)()
    return (
        strange
        if not isinstance(value, dict) or depth
        else {**value, chance.choice(("basics", "changes", "work")): strange}
    )


def _nested() -> Any:
    deep: Any = []
    for _ in range(400):
        deep = [deep]
    return deep


_STRANGE: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: True,
    lambda: -1,
    lambda: 10**400,
    lambda: float("nan"),
    lambda: float("inf"),
    lambda: "",
    lambda: "李雷，腾讯总监，硕士",
    lambda: "\ud800",
    lambda: "\x00\u202e",
    lambda: ["李雷"] * 5000,
    lambda: {"李雷": {"李雷": "李雷"}},
    lambda: [[1, 99999]],
    lambda: [[5, 2], [-3, 3], [True, False], [1.5, 2]],
    lambda: [{"path": "/basics/name", "text": "李雷"}],
    lambda: [{"op": "reorder", "path": "/skills", "order": [0, 0, 10**9]}],
    _nested,
)
