"""What a stranger's reader finds in a PDF: its text, its lines, its fonts. Used to judge what we write."""

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from common.documents.template_shelf import theme
from common.documents.typesetting.line_breaks import NO_LINE_END, NO_LINE_START
from common.domain.rendering.arrange import arrange
from common.domain.rendering.present import present
from common.domain.rendering.view import ResumeView
from common.domain.resume.model import Resume

#: Characters that look like Han and are found by nobody who searches for Han.
RADICALS = re.compile("[\u2e80-\u2fdf]")
_SUBSET = re.compile(r"/[A-Z]{6}\+.")


def shown_by(template: str, resume: Resume) -> ResumeView:
    """What the template shows when nothing was chosen."""
    look = theme(template)
    return arrange(present(resume, language=look.language), look)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pypdf_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def poppler_text(pdf: bytes) -> str | None:
    """None where pdftotext is not installed."""
    if not shutil.which("pdftotext"):
        return None
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def page_lines(pdf: bytes) -> list[list[str]]:
    """The lines of each page as PDFium sees them."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [[line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()] for text in texts]


def forbidden_starts(lines: list[str]) -> list[str]:
    """A bullet is no text."""
    return [line for line in lines if line[0] in NO_LINE_START - {"·"}]


def forbidden_ends(lines: list[str]) -> list[str]:
    return [line for line in lines if line[-1] in NO_LINE_END]


def split_words(lines: list[str], source: str) -> list[str]:
    """English words of `source` that a line end cut in two; a hyphen of the word itself is a fair place."""
    cuts = []
    for before, after in pairwise(lines):
        head, tail = re.search(r"[A-Za-z]+$", before), re.match(r"[A-Za-z]+", after)
        if head and tail and re.search(rf"\b{head.group()}{tail.group()}\b", source):
            cuts.append(head.group() + tail.group())
    return cuts


def loose_fonts(pdf: bytes) -> list[str]:
    """Fonts of the document that are not embedded, or embedded whole."""
    return sorted({str(font.get("/BaseFont")) for font in _fonts(pdf) if not _is_embedded_subset(font)})


def _fonts(pdf: bytes) -> Iterator[DictionaryObject]:
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources = page["/Resources"].get_object()
        if isinstance(resources, DictionaryObject):
            for font in resources.get("/Font", {}).values():
                yield font.get_object()


def _is_embedded_subset(font: DictionaryObject) -> bool:
    descriptor = font.get("/FontDescriptor")
    embedded = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return embedded and bool(_SUBSET.match(str(font["/BaseFont"])))
