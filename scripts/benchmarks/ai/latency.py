"""Latency: what our own work adds to a model's, and whether the parts of one resume are asked about at the same time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from common.domain.language_model import ModelAnswer
from common.domain.parsing.source import Line
from common.services.optimising import ask_for_suggestions, optimised_resume
from common.services.parsing import structure_with_model
from scripts.benchmarks.ai.cases.people import people
from scripts.benchmarks.ai.injection import the_prompts
from scripts.benchmarks.ai.lies import TODAY, row_for
from scripts.benchmarks.ai.malformed import OddModel
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.timing import fastest

_MODEL_S = 1.0
_MOST_ADDED_MS = 150


class SlowModel(OddModel):
    """Good answers after a second each, however many are asked for at a time."""

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        time.sleep(_MODEL_S)
        return super().answer_json(messages, max_tokens=max_tokens)


def figures(_: AiOptions) -> Iterator[Figure]:
    lines, jd = _long_resume()
    instant = OddModel(lambda good: good)
    read_s = fastest(lambda: structure_with_model(lines, instant, the_prompts()))
    optimise_s = fastest(lambda: _optimise(lines, jd, instant))
    yield Figure("extraction, instant model", 1000 * read_s, "ms", at_most=_MOST_ADDED_MS, note=f"{len(lines)} lines")
    yield Figure("optimise, instant model", 1000 * optimise_s, "ms", at_most=_MOST_ADDED_MS, note="with a job")
    slow = SlowModel(lambda good: good)
    yield Figure(
        "extraction, 1 s model", _seconds(lambda: structure_with_model(lines, slow, the_prompts())), "s", at_most=1.6
    )
    yield Figure("optimise, 1 s model", _seconds(lambda: _optimise(lines, jd, slow)), "s", at_most=1.6)


def _long_resume() -> tuple[list[Line], str]:
    """Two pages: one person's resume with the jobs of three."""
    (first, jd), (second, _), _, (fourth, _), *_ = people()
    return [*first[:9], *fourth[2:8], *second[5:12], *first[9:]], jd


def _optimise(lines: Sequence[Line], jd: str, model: OddModel) -> object:
    resume = structure_with_model(lines, None, the_prompts())
    suggestions = ask_for_suggestions(resume, jd, model, the_prompts(), last_try=True)
    return optimised_resume(resume, suggestions, row_for(jd), today=TODAY)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
