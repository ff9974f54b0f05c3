"""Every template x sample: strings extract, Han are Han, fonts are embedded subsets, lines end well, files are small."""

import sys
from collections import Counter
from collections.abc import Iterator

from common.documents.template_shelf import template_names
from common.documents.write_pdf import write_pdf
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering import paper
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import samples

MOST_KB = {"with photo": 110, "two pages": 180}
#: Fault → what a figure calls it.
FAULTS = {
    "pypdf": "strings that pypdf does not find",
    "poppler": "strings that pdftotext does not find",
    "radical": "Kangxi radicals instead of Han",
    "font": "fonts not embedded and subset",
    "missing": "characters without a glyph",
    "start": "forbidden line starts",
    "end": "forbidden line ends",
    "word": "Latin words cut in two",
    "blank": "blank pages",
}


def figures(options: RenderBench) -> Iterator[Figure]:
    found: Counter[str] = Counter()
    largest: Counter[str] = Counter()
    strings = lines = files = 0
    for template in template_names():
        for name, resume in samples().items():
            made = write_pdf(resume, template=template)
            texts = list(paper.shown_by(template, resume).texts())
            strings += len(texts)
            lines += sum(map(len, paper.page_lines(made.content)))
            files += 1
            faults = [*_in_text(texts, made.content), *_in_lines(texts, made.content)]
            faults += [("missing", character) for character in made.missing_characters]
            found.update(kind for kind, _ in faults)
            largest[name] = max(largest[name], len(made.content))
            if options.verbose:
                _explain(f"{template}, {name}, {made.pages} pages, {len(made.content) // 1000} KB", faults)
    note = f"{files} files, {strings:,} strings, {lines:,} lines"
    if paper.poppler_text(made.content) is None:
        print("pdftotext is not installed: left out", file=sys.stderr)
    yield from (Figure(title, found[kind], at_most=0, note=note) for kind, title in FAULTS.items())
    for name, most in MOST_KB.items():
        yield Figure(f"largest file, {name}", largest[name] / 1000, "KB", at_most=most)


def _in_text(strings: list[str], pdf: bytes) -> Iterator[tuple[str, str]]:
    readings = {"pypdf": paper.pypdf_text(pdf), "poppler": paper.poppler_text(pdf)}
    for reader, text in readings.items():
        if text is not None:
            seen = paper.squeezed(text)
            yield from ((reader, string) for string in strings if paper.squeezed(string) not in seen)
            yield from (("radical", match.group()) for match in paper.RADICALS.finditer(text))
    yield from (("font", font) for font in paper.loose_fonts(pdf))


def _in_lines(strings: list[str], pdf: bytes) -> Iterator[tuple[str, str]]:
    source = "\n".join(strings)
    for lines in paper.page_lines(pdf):
        if not lines:
            yield "blank", ""
        yield from (("start", line) for line in paper.forbidden_starts(lines))
        yield from (("end", line) for line in paper.forbidden_ends(lines))
        yield from (("word", word) for word in paper.split_words(lines, source))


def _explain(title: str, faults: list[tuple[str, str]]) -> None:
    print(f"  {title}", file=sys.stderr)
    for kind, text in faults:
        print(f"    {kind}: {text[:90]}", file=sys.stderr)
