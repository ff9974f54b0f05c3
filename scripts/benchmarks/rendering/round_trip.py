"""What we print we can read back: every template as PDF and as Word file, read by our own readers and scored field by field."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from common.documents.template_shelf import template_names
from common.documents.write_docx import write_docx
from common.documents.write_pdf import write_pdf
from common.domain.resume.model import Resume
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.misses import misses
from scripts.benchmarks.parsing.reading import NoOcr, Reading, read
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import people
from scripts.benchmarks.scoring import overall, score, total

LEAST_F1 = 0.98


def figures(options: RenderBench) -> Iterator[Figure]:
    chosen = list(people(options.people, options.seed))
    with tempfile.TemporaryDirectory() as folder:
        for template in template_names():
            for form in ("pdf", "docx"):
                scores = []
                for number, (resume, truth) in enumerate(chosen):
                    reading = _read_back(resume, template, Path(folder) / f"{template}-{number:02d}.{form}")
                    scores.append(score(truth, reading.resume))
                    if options.verbose:
                        _explain(reading, list(misses(truth, reading.resume)))
                tally = overall(total(scores))
                note = f"P {tally.precision:.3f} R {tally.recall:.3f}, {len(scores)} resumes"
                yield Figure(f"round trip F1, {template} {form}", tally.f1, at_least=LEAST_F1, note=note)


def _read_back(resume: Resume, template: str, path: Path) -> Reading:
    made = (
        write_pdf(resume, template=template).content if path.suffix == ".pdf" else write_docx(resume, template=template)
    )
    path.write_bytes(made)
    return read(path, NoOcr())


def _explain(reading: Reading, wrong: list[str]) -> None:
    for line in [reading.error, *wrong]:
        if line:
            print(f"  {reading.path.name}: {line}", file=sys.stderr)
