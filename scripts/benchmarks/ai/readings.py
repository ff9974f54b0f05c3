"""Readings: lies about what stands in a document, told when its parts are put into form."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
from common.domain.optimising.messages import Prompts
from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from common.domain.resume import Resume
from common.services.parsing import structure_with_model
from scripts.benchmarks.ai.cases.people import people
from scripts.benchmarks.ai.options import AiOptions
from scripts.benchmarks.faithfulness import invented, lost
from scripts.benchmarks.figures import Figure

Draft = dict[str, Any]
_PROMPTS = Prompts(structure="json", optimise="json")
_REFERENCE = "证明人    王强    139 1234 5678    wang@example.org"


def _basics(**changes: Any) -> Callable[[Draft], Draft]:
    return lambda draft: {**draft, "basics": {**draft.get("basics", {}), **changes}}


def _each(section: str, **changes: Any) -> Callable[[Draft], Draft]:
    return lambda draft: {**draft, section: [{**entry, **changes} for entry in draft.get(section, [])]}


def _more(section: str, entry: Mapping[str, Any]) -> Callable[[Draft], Draft]:
    return lambda draft: {**draft, section: [*draft.get(section, []), dict(entry)]}


def _exchanged(section: str, *members: str) -> Callable[[Draft], Draft]:
    """Each entry gets the members of the next one."""

    def tell(draft: Draft) -> Draft:
        entries = draft.get(section, [])
        following = [*entries[1:], *entries[:1]]
        given = [{name: other[name] for name in members if name in other} for other in following]
        return {**draft, section: [{**entry, **other} for entry, other in zip(entries, given, strict=True)]}

    return tell


def _without(section: str) -> Callable[[Draft], Draft]:
    return lambda draft: {**draft, section: []}


#: What a model may say of a part, given the rules' draft of it.
LIES: dict[str, Callable[[Draft], Draft]] = {
    "another name": _basics(name="李雷"),
    "name of the reference": _basics(name="王强"),
    "no name": _basics(name=None),
    "word as name": _basics(name="工程师"),
    "phone of the reference": _basics(phone="139 1234 5678"),
    "phone with two digits exchanged": _basics(phone="13800138000"[:-2] + "10"),
    "phone cut short": _basics(phone="1380013800"),
    "another mail": _basics(email="hr@example.net"),
    "mail of the reference": _basics(email="wang@example.org"),
    "mail cut short": _basics(email="n@example.com"),
    "summary of its own": _basics(summary="资深专家，行业领先"),
    "summary beyond the lines": _basics(summary=[900, 905]),
    "lines backwards": _each("work", highlights=[[9, 2]]),
    "lines beyond the part": _each("work", highlights=[[1, 40]]),
    "lines as text": _each("work", highlights=["主导千万级项目"]),
    "famous employer": _each("work", name="腾讯"),
    "employer cut short": _each("work", name="科技"),
    "higher position": _each("work", position="技术总监"),
    "earlier start": _each("work", startDate="2009-01"),
    "impossible date": _each("work", startDate="2020-13"),
    "another job": _more("work", {"name": "字节跳动", "position": "架构师", "startDate": "2015-01"}),
    "famous school": _each("education", institution="清华大学"),
    "higher degree": _each("education", studyType="博士"),
    "another subject": _each("education", area="人工智能"),
    "better marks": _each("education", score="3.98"),
    "another school": _more("education", {"institution": "北京大学", "studyType": "硕士"}),
    "another skill": _more("skills", {"name": "Kubernetes"}),
    "another certificate": _more("certificates", {"name": "PMP"}),
    "another award": _more("awards", {"title": "国家奖学金"}),
    "another language": _more("languages", {"language": "法语", "fluency": "母语"}),
    "another project": _more("projects", {"name": "自动驾驶平台", "highlights": [[1, 3]]}),
    "dates of the other job": _exchanged("work", "startDate", "endDate"),
    "position of the other job": _exchanged("work", "position"),
    "no jobs": _without("work"),
    "no studies": _without("education"),
    "no skills": _without("skills"),
    "salary made up": lambda draft: {**draft, "x_cn": {"intention": {"salary": {"text": "50k-80k"}}}},
    "personal field made up": lambda draft: {**draft, "x_cn": {"personal": {"政治面貌": "党员"}}},
    "meta made up": lambda draft: {**draft, "meta": {"x_cn": {"warnings": ["李雷"], "unplaced": []}}},
}


class LyingReader:
    """Answers every part with the same lie about its draft."""

    def __init__(self, lie: Callable[[Draft], Draft]) -> None:
        self._lie = lie

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:  # noqa: ARG002
        return ModelAnswer(self._lie(json.loads(messages[1]["content"])["draft"]), "liar", ModelUsage())

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        raise NotImplementedError(f"nobody asked for a stream: {len(messages)} messages, {max_tokens} tokens")


def figures(options: AiOptions) -> Iterator[Figure]:
    documents = [[*lines, Line(_REFERENCE)] for lines, _ in people()]
    wrong = [f"{name}: {text}" for name, lie in LIES.items() for lines in documents for text in believed(lie, lines)]
    gone = [f"{name}: {text}" for name, lie in LIES.items() for lines in documents for text in dropped(lie, lines)]
    if options.verbose:
        print(
            "\n".join([*(f"  believed  {one}" for one in wrong), *(f"  lost  {one}" for one in gone)]), file=sys.stderr
        )
    yield Figure("lying readings: ways", len(LIES), at_least=30, note=f"{len(documents)} resumes")
    yield Figure("lying readings: believed", len(wrong), at_most=0)
    yield Figure("lying readings: lines lost", len(gone), at_most=0)


def believed(lie: Callable[[Draft], Draft], lines: Sequence[Line]) -> list[str]:
    """Values in no line, another identity than the rules read, and dates or positions that went to another job."""
    honest, read = structure(lines), structure_with_model(lines, LyingReader(lie), _PROMPTS)
    wrong = invented(read.as_json_resume(), [line.text for line in lines])
    pairs = [(name, _facts(honest)[name], value) for name, value in _facts(read).items() if name in _facts(honest)]
    return [*wrong, *(f"{name}: {value} for {before}" for name, before, value in pairs if value != before)]


def dropped(lie: Callable[[Draft], Draft], lines: Sequence[Line]) -> list[str]:
    read = structure_with_model(lines, LyingReader(lie), _PROMPTS)
    return lost(read.as_json_resume(), [line.text for line in lines])


def _facts(resume: Resume) -> dict[str, str | None]:
    """Who somebody is, and when and as what they worked where."""
    facts = {name: getattr(resume.basics, name) for name in ("name", "phone", "email")}
    for job in resume.work:
        facts |= {f"{job.name} from": job.start_date, f"{job.name} to": job.end_date, f"{job.name} as": job.position}
    return facts
