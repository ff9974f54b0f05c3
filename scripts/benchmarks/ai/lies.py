"""Lies: what of a lying model's answers arrives in an optimised resume, and what of a resume gets lost on the way."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone

from common.domain.optimising.changes import OptimisedResume, Suggestions, prose_items
from common.domain.optimising.messages import Prompts
from common.domain.parsing.structure import structure
from common.domain.pipeline import FIRST_REVISION, ResumeId, ResumeRow
from common.domain.resume import Resume
from common.domain.users import UserId
from common.services.optimising import ask_for_suggestions, optimised_resume
from scripts.benchmarks.ai.cases.people import people
from scripts.benchmarks.ai.liar import Lie, LyingModel, lies
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.parsing.reading import readings
from scripts.benchmarks.parsing.scores import documents_in

_JD = "高级工程师：精通 Rust、Kubernetes，熟悉高并发，有推荐系统与供应链管理经验，硕士学历优先"
_PROMPTS = Prompts(structure="json", optimise="json")
_EVERY = 4
TODAY = "2026-11"


@dataclass(frozen=True)
class Outcome:
    """Of one lie about one resume. `arrived` and `lost` name what should not be."""

    lie: str
    told: int
    arrived: list[str]
    lost: list[str]


def figures(options: AiOptions) -> Iterator[Figure]:
    yield from _figures("lies", [(structure(lines), jd) for lines, jd in people()], options)
    if options.corpus:
        read = readings(documents_in(options.corpus), ocr=False)
        resumes = [(Resume.model_validate(one.resume), _JD) for one in read if one.resume]
        yield from _figures(f"lies about {options.corpus.name}", resumes, options, every=_EVERY)


def _figures(label: str, resumes: list[tuple[Resume, str]], options: AiOptions, *, every: int = 1) -> Iterator[Figure]:
    """Each resume hears one of `every` lies, the next one others, so that all are told."""
    outcomes = [
        told(lie, resume, jd)
        for number, lie in enumerate(lies())
        for turn, (resume, jd) in enumerate(resumes)
        if (number + turn) % every == 0
    ]
    arrived = [f"{one.lie}: {text}" for one in outcomes for text in one.arrived]
    lost = [f"{one.lie}: {text}" for one in outcomes for text in one.lost]
    if options.verbose:
        print(
            "\n".join([*(f"  arrived  {one}" for one in arrived), *(f"  lost  {one}" for one in lost)]), file=sys.stderr
        )
    ways = len({one.lie for one in outcomes if one.told})
    yield Figure(f"{label}: ways", ways, at_least=40, note=f"{len(resumes)} resumes")
    yield Figure(f"{label}: told", sum(one.told for one in outcomes))
    yield Figure(
        f"{label}: arrived", len(arrived), at_most=0, note=f"{len(arrived) / max(1, len(resumes)):.2f} a resume"
    )
    yield Figure(f"{label}: silently lost", len(lost), at_most=0)


def told(lie: Lie, resume: Resume, jd: str) -> Outcome:
    """Through the stage's own questions, threads, repair, guard and application."""
    source = resume.model_copy(deep=True)
    suggestions = ask_for_suggestions(resume, jd, LyingModel(lie), _PROMPTS, last_try=True) or Suggestions()
    optimised = optimised_resume(resume, suggestions, row_for(jd), today=TODAY)
    told = len(suggestions.changes) + len(suggestions.questions)
    return Outcome(lie.name, told, arrived(lie, suggestions, source, optimised), lost(source, optimised))


def row_for(jd: str) -> ResumeRow:
    now = datetime(2026, 11, 1, tzinfo=timezone.utc)
    return ResumeRow(
        id=ResumeId("s_bench"), user_id=UserId("u_bench"), filename="resume.pdf", extension="pdf", size_bytes=1, jd=jd,
        template="classic", optimise=True, created_at=now, uploaded_at=now, revision=FIRST_REVISION,
    )  # fmt: skip


def arrived(lie: Lie, suggestions: Suggestions, source: Resume, optimised: OptimisedResume) -> list[str]:
    """Planted words anywhere in what the user gets that the source has not, and lies that stand there word for word."""
    before = _flat(json.dumps(source.as_json_resume(), ensure_ascii=False))
    shown = [question.question for question in optimised.questions] + [change.reason for change in optimised.changes]
    after = _flat(json.dumps([optimised.resume, shown], ensure_ascii=False))
    words = [word for word in lie.planted if _flat(word) in after and _flat(word) not in before]
    told = {change.path: change.text or "；".join(change.texts) for change in suggestions.changes}
    applied = (change for change in optimised.changes if change.state == "applied" and change.op != "reorder")
    verbatim = [
        f"{change.original} => {told[change.path]}"
        for change in applied
        if not lie.honest_wording and (change.text or "；".join(change.texts)) == told.get(change.path)
    ]
    return [*words, *verbatim]


def lost(source: Resume, optimised: OptimisedResume) -> list[str]:
    """Digits and Latin words of the prose that stand nowhere in the optimised prose, and entries that are gone."""
    after = Resume.model_validate(optimised.resume)
    left = _facts(prose_items(after))
    gone = sorted(_facts(prose_items(source)) - left)
    sections = source.as_json_resume()
    gone += [name for name in sections if name != "meta" and len(sections[name]) > len(optimised.resume.get(name, []))]
    return gone


def _facts(items: Mapping[str, str]) -> set[str]:
    text = unicodedata.normalize("NFKC", "\n".join(items.values())).casefold()
    return set(re.findall(r"\d+(?:\.\d+)?", text)) | set(re.findall(r"[a-z]{3,}", text))


def _flat(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
