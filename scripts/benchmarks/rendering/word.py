"""The Word file opened by LibreOffice and printed from there: every string is still on paper."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from common.documents.template_shelf import template_names
from common.documents.write_docx import write_docx
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.rendering import paper
from scripts.benchmarks.rendering.options import RenderBench
from scripts.benchmarks.rendering.resumes import samples
from scripts.benchmarks.rendering.workers import FONTS
from scripts.benchmarks.scoring import fold

#: LibreOffice draws Han with our fonts, or with none where the machine has no others.
_FONTS_CONF = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"""
_TIMEOUT_S = 300


def figures(options: RenderBench) -> Iterator[Figure]:
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        print("LibreOffice or pdftotext is not installed: word left out", file=sys.stderr)
        return
    shown = {(template, name): resume for template in template_names() for name, resume in samples().items()}
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for (template, name), resume in shown.items():
            (folder / f"{template}-{name}.docx").write_bytes(write_docx(resume, template=template))
        _print_all(office, folder)
        lost = strings = 0
        # Letters, digits and Han: pdftotext drops hyphens at line ends and puts emoji of another height on a line of their own.
        for (template, name), resume in shown.items():
            texts = [fold(text) for text in paper.shown_by(template, resume).texts()]
            printed = fold(paper.poppler_text((folder / f"{template}-{name}.pdf").read_bytes()) or "")
            missing = [text for text in texts if text not in printed]
            strings, lost = strings + len(texts), lost + len(missing)
            if options.verbose and missing:
                print(f"  {template}, {name}: {missing}", file=sys.stderr)
    yield Figure("strings lost by way of LibreOffice", lost, at_most=0, note=f"{len(shown)} files, {strings:,} strings")


def _print_all(office: str, folder: Path) -> None:
    conf = folder / "fonts.conf"
    conf.write_text(_FONTS_CONF.format(fonts=FONTS, folder=folder), "utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    environment = {**os.environ, "FONTCONFIG_FILE": str(conf)}
    subprocess.run([*command, *files], env=environment, capture_output=True, check=True, timeout=_TIMEOUT_S)
