"""What a stranger's reader finds in a PDF: used to judge the PDFs we write."""

import io
import re
from itertools import pairwise

import pypdfium2
from pypdf import PdfReader

from common.documents.template_shelf import theme
from common.documents.typesetting.line_breaks import NO_LINE_END, NO_LINE_START
from common.domain.rendering.arrange import arrange
from common.domain.rendering.present import present
from common.domain.rendering.view import ResumeView
from common.domain.resume.model import Resume


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shown_by(template: str, resume: Resume) -> ResumeView:
    """What the template shows when nothing was chosen."""
    look = theme(template)
    return arrange(present(resume, language=look.language), look)


def pypdf_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def page_lines(pdf: bytes) -> list[list[str]]:
    """The lines of each page as PDFium sees them."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [[line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()] for text in texts]


def forbidden_edges(lines: list[str]) -> list[str]:
    """Lines that begin or end with a character that may not stand there; a bullet is no text."""
    edges = (line for line in lines if line[0] in NO_LINE_START - {"·"} or line[-1] in NO_LINE_END)
    return list(edges)


def split_words(lines: list[str], source: str) -> list[str]:
    """English words of `source` that a line end cut in two; a hyphen of the word itself is a fair place."""
    cuts = []
    for before, after in pairwise(lines):
        head, tail = re.search(r"[A-Za-z]+$", before), re.match(r"[A-Za-z]+", after)
        if head and tail and re.search(rf"\b{head.group()}{tail.group()}\b", source):
            cuts.append(head.group() + tail.group())
    return cuts
