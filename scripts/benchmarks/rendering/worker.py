"""One engine in its own process: pages in on standard input, one JSON line of figures each out.

python -m scripts.benchmarks.rendering.worker mojian|stock|weasyprint|typst FONT_FOLDER
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Job = dict[str, Any]
Draw = Callable[[Job], bytes]


def mojian(fonts: Path) -> Draw:
    """The whole engine as the product calls it: missing glyphs, page count and limits included."""
    sys.path.insert(0, str(fonts.parent))
    from common.documents.typesetting.engine import PdfMetadata, typeset

    return lambda job: typeset(job["html"], PdfMetadata("", "", "", ""))[0]


def stock(fonts: Path) -> Draw:
    """xhtml2pdf as its documentation shows it, with the same faces by @font-face, repaired by nothing."""
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    policy = ResourceAccessPolicy.server(str(fonts), allow_remote=False)

    def draw(job: Job) -> bytes:
        buffer = io.BytesIO()
        pisa.CreatePDF(_with_faces(job, str(fonts)), dest=buffer, encoding="utf-8", resource_policy=policy)
        return buffer.getvalue()

    return draw


def weasyprint(fonts: Path) -> Draw:
    engine = importlib.import_module("weasyprint")

    return lambda job: bytes(engine.HTML(string=_with_faces(job, fonts.as_uri())).write_pdf())


def typst(fonts: Path) -> Draw:
    """Its own template, of the same structure and sizes as `classic`: it sets no HTML."""
    engine = importlib.import_module("typst")

    template = str(Path(__file__).with_name("peer.typ"))
    shelf = engine.Fonts(include_system_fonts=False, font_paths=[str(fonts)])
    compiler = engine.Compiler(template, font_paths=shelf)
    return lambda job: bytes(compiler.compile(format="pdf", sys_inputs={"resume": json.dumps(job["view"])}))


def _with_faces(job: Job, place: str) -> str:
    faces = (
        f"@font-face {{ font-family: {family}; font-weight: {weight}; src: url({place}/{file}); }}"
        for family, files in job["faces"].items()
        for weight, file in zip(("normal", "bold"), files, strict=True)
    )
    return str(job["html"]).replace("<style>", f"<style>{' '.join(faces)}", 1)


def main(engine: str, fonts: str) -> None:
    draw = {"mojian": mojian, "stock": stock, "weasyprint": weasyprint, "typst": typst}[engine](Path(fonts).resolve())
    for line in sys.stdin:
        job = json.loads(line)
        wall, cpu = time.perf_counter(), time.process_time()
        pdf = draw(job)
        figures = {
            "wall": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
            "bytes": len(pdf),
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:3])
