"""Scores over a folder of documents with truth, and what was invented or lost over all documents in it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.benchmarks.faithfulness import invented, lost
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.misses import misses
from scripts.benchmarks.parsing.options import ParseOptions
from scripts.benchmarks.parsing.reading import Reading, readings
from scripts.benchmarks.scoring import Scores, overall, score, section, total

#: Section → the F1 it has to reach, of issue "Read every resume".
NEEDS = {"name": None, "phone": None, "email": None, "education": 0.9, "work": 0.9, "projects": 0.8, "skills": 0.8}
OVERALL_NEED = 0.9
PICTURES = (".png", ".jpg", ".jpeg", ".webp")


def figures(options: ParseOptions) -> Iterator[Figure]:
    if options.corpus is None:
        return
    read = list(readings(documents_in(options.corpus), ocr=options.ocr))
    scored = {one.path: score(truth_of(one.path), one.resume) for one in read if truth_path(one.path).exists()}
    label = options.corpus.name
    yield from score_figures(f"{label} F1", list(scored.values()), needs=True)
    yield from faithfulness_figures(label, read)
    if options.verbose:
        explain(read, scored)


def score_figures(label: str, scores: list[Scores], *, needs: bool = False) -> Iterator[Figure]:
    summed = total(scores)
    for name, need in NEEDS.items():
        tally = section(summed, name)
        yield Figure(
            f"{label} {name}", tally.f1, at_least=need if needs else None, note=f"n {tally.hit + tally.missed}"
        )
    note = f"P {overall(summed).precision:.3f} R {overall(summed).recall:.3f}, {len(scores)} documents"
    yield Figure(f"{label} overall", overall(summed).f1, at_least=OVERALL_NEED if needs else None, note=note)


def faithfulness_figures(label: str, read: list[Reading]) -> Iterator[Figure]:
    shown = f"{sum(bool(one.resume) for one in read)} resumes"
    yield Figure(
        f"{label} invented values", sum(len(invented(one.resume, one.source)) for one in read), at_most=0, note=shown
    )
    yield Figure(f"{label} lost lines", sum(len(lost(one.resume, one.lines)) for one in read), at_most=0, note=shown)
    yield Figure(f"{label} crashes", sum(one.error.startswith("crash") for one in read), at_most=0)


def explain(read: list[Reading], scored: dict[Path, Scores]) -> None:
    """Behind the figures, on standard error: worst documents first."""
    for path, scores in sorted(scored.items(), key=lambda item: overall(item[1]).f1):
        print(f"  {overall(scores).f1:.3f}  {path.name}", file=sys.stderr)
    for one in read:
        if one.path in scored and not one.error:
            for line in misses(truth_of(one.path), one.resume):
                print(f"  wrong     {one.path.name}: {line}", file=sys.stderr)
        if one.error:
            print(f"  refused   {one.path.name}: {one.error}", file=sys.stderr)
        for value in invented(one.resume, one.source):
            print(f"  invented  {one.path.name}: {value[:80]}", file=sys.stderr)
        for line in lost(one.resume, one.lines):
            print(f"  lost      {one.path.name}: {line[:80]}", file=sys.stderr)


def documents_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix not in (".json", ".md"))


def truth_path(document: Path) -> Path:
    return document.with_name(f"{document.name}.truth.json")


def truth_of(document: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(truth_path(document).read_text("utf-8"))
    return truth
