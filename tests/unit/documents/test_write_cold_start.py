"""Importing the typesetter costs nothing until it is used, and it is what the port asks for."""

import gc
import subprocess
import sys
from pathlib import Path

from common.documents.typesetter import XhtmlTypesetter
from common.documents.write_pdf import write_pdf
from common.domain.rendering.options import RenderOptions
from common.services.ports import Typesetter
from tests.unit.domain.rendering import samples

PROJECT = Path(__file__).resolve().parents[3]
HEAVY = ("xhtml2pdf", "reportlab", "docx", "pypdfium2", "jinja2", "PIL", "pypdf")


def test_no_engine_is_loaded_when_the_typesetter_is_imported() -> None:
    program = f"import sys, common.documents.typesetter; print([name for name in {HEAVY} if name in sys.modules])"

    found = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"


def test_typesetter_makes_all_three_forms() -> None:
    typesetter: Typesetter = XhtmlTypesetter()

    pdf = typesetter.pdf(samples.graduate(), template="classic", options=RenderOptions())

    assert pdf.content.startswith(b"%PDF-")
    assert typesetter.previews(pdf.content, width_px=200)[0].startswith(b"\x89PNG")
    assert typesetter.docx(samples.graduate(), template="classic", options=RenderOptions()).startswith(b"PK")


def test_garbage_is_collected_again_when_the_engine_is_ready() -> None:
    write_pdf(samples.graduate(), template="classic")

    assert gc.isenabled()
