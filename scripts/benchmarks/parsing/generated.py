"""The generated benchmark: made afresh, read, and scored by trait. `--page` writes the result as a page of the documentation."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from scripts.benchmarks.figures import Figure
from scripts.benchmarks.generator.__main__ import DEFAULT_FOLDER, generate
from scripts.benchmarks.generator.degradations.in_pdf import INJECTED_WORDS
from scripts.benchmarks.parsing.options import ParseOptions
from scripts.benchmarks.parsing.page import Scored, page
from scripts.benchmarks.parsing.plain_text import plain_reading
from scripts.benchmarks.parsing.reading import Reading, readings
from scripts.benchmarks.parsing.scores import documents_in, explain, faithfulness_figures, score_figures, truth_of
from scripts.benchmarks.scoring import overall, score, total


def figures(options: ParseOptions) -> Iterator[Figure]:
    generate(DEFAULT_FOLDER, options.seed)
    scored = scored_documents(DEFAULT_FOLDER, ocr=options.ocr)
    read = [one.reading for one in scored]
    yield from score_figures("generated F1", [one.scores for one in scored], needs=True)
    yield from faithfulness_figures("generated", read)
    yield Figure("generated injected texts that got in", sum(map(holds_injected, read)), at_most=0)
    for trait in ("read by", "format", "degradation"):
        yield from _by_trait(trait, scored)
    yield from _against_plain_text(scored)
    if options.verbose:
        explain(read, {one.reading.path: one.scores for one in scored})
    if options.page:
        options.page.write_text(page(scored, seed=options.seed), "utf-8")


def scored_documents(folder: Path, *, ocr: bool) -> list[Scored]:
    """All documents of the folder; without OCR only those that need none."""
    truths = {path: truth_of(path) for path in documents_in(folder)}
    chosen = [path for path, truth in truths.items() if ocr or truth["traits"]["read by"] == "text"]
    return [
        Scored(one, truths[one.path]["traits"], score(truths[one.path], one.resume))
        for one in readings(chosen, ocr=ocr)
    ]


def holds_injected(reading: Reading) -> bool:
    """Whether a word that was hidden in the document for machines is in the resume."""
    printed = json.dumps(reading.resume, ensure_ascii=False)
    return any(word in printed for word in INJECTED_WORDS)


def _by_trait(trait: str, scored: list[Scored]) -> Iterator[Figure]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.traits[trait]].append(one)
    for name, group in groups.items():
        tally = overall(total(one.scores for one in group))
        yield Figure(f"generated {trait} {name}", tally.f1, note=f"{len(group)} documents")


def _against_plain_text(scored: list[Scored]) -> Iterator[Figure]:
    """What reading the layout is worth: the same rules on the text that the format's own library gives."""
    for form, library in (("pdf", "pdfium text"), ("docx", "python-docx text")):
        group = [one for one in scored if one.traits["format"] == form and one.traits["degradation"] == "none"]
        ours = overall(total(one.scores for one in group))
        peers = overall(
            total(score(truth_of(one.reading.path), plain_reading(one.reading.path).resume) for one in group)
        )
        yield Figure(f"generated {form} F1", ours.f1, peer=library, peer_value=peers.f1, at_least=1)
