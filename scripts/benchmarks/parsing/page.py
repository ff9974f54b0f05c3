"""The result of the generated benchmark as a page of the documentation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from scripts.benchmarks.faithfulness import invented, lost
from scripts.benchmarks.parsing.reading import Reading
from scripts.benchmarks.scoring import Scores, overall, section, total

_SECTIONS = ("name", "phone", "email", "education", "work", "projects", "skills")
_AXES = {
    "read by": "Read by",
    "format": "Format",
    "degradation": "Degradation",
    "template": "Template",
    "dates": "Date form",
    "entry": "Entry form",
    "heading": "Heading form",
    "language": "Language",
    "profession": "Profession",
}
_HEAD = """# The generated resume benchmark

Written by `./scripts/bench parse --only generated --page docs/benchmark.md`; do not edit by hand.

Fictional people x templates x formats x degradations, made by `./scripts/bench generate` (seed {seed}: the same files on every
machine). {documents} documents; the truth is read off the person, never off the parser. Read by rules alone, without a model;
pictures and broken text layers by the optional local OCR. Scores are field-level F1: entries aligned by likeness, text equal
after NFKC, case and punctuation folding or at 0.9 similarity, dates at the printed precision
(`scripts/benchmarks/scoring.py`). Names, employers and schools are invented; phone numbers and addresses are nobody's.

**Overall F1 {f1:.3f}** (precision {precision:.3f}, recall {recall:.3f}) · invented values {invented} · lost lines {lost} ·
refused {refused}.

What it does not show: real people's files are messier than any generator. The people here write flawless sentences, every
template was drawn by us, and the rules were developed with these templates in sight: read it as an upper bound, and the scores
of `--corpus` on files nobody tuned for as the measure.
"""


@dataclass(frozen=True)
class Scored:
    reading: Reading
    traits: dict[str, str]
    scores: Scores


def page(scored: Sequence[Scored], *, seed: int) -> str:
    every = overall(total(one.scores for one in scored))
    head = _HEAD.format(
        seed=seed,
        documents=len(scored),
        f1=every.f1,
        precision=every.precision,
        recall=every.recall,
        invented=sum(len(invented(one.reading.resume, one.reading.source)) for one in scored),
        lost=sum(len(lost(one.reading.resume, one.reading.lines)) for one in scored),
        refused=sum(bool(one.reading.error) for one in scored),
    )
    tables = [f"## {title}\n\n{_table(title, axis, scored)}" for axis, title in _AXES.items()]
    return "\n".join([head, f"## Fields\n\n{_fields(scored)}", *tables])


def _fields(scored: Sequence[Scored]) -> str:
    rows = [
        (field, f"{tally.precision:.3f}", f"{tally.recall:.3f}", f"{tally.f1:.3f}", str(tally.hit + tally.missed))
        for field, tally in sorted(total(one.scores for one in scored).items())
    ]
    return _markdown(("Field", "P", "R", "F1", "n"), rows)


def _table(title: str, axis: str, scored: Sequence[Scored]) -> str:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.traits[axis]].append(one)
    return _markdown((title, "Documents", "F1", *_SECTIONS), [_row(name, group) for name, group in groups.items()])


def _row(name: str, group: Sequence[Scored]) -> tuple[str, ...]:
    summed = total(one.scores for one in group)
    parts = (section(summed, part).f1 for part in _SECTIONS)
    return name, str(len(group)), f"{overall(summed).f1:.3f}", *(f"{part:.2f}" for part in parts)


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
