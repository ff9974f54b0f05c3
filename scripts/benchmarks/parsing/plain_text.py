"""The peer of our readers: the text that pdfium and python-docx give by themselves, structured by the same rules."""

from pathlib import Path

from common.domain.parsing.source import Line
from common.domain.parsing.structure import structure
from scripts.benchmarks.parsing.reading import Reading


def plain_reading(path: Path) -> Reading:
    lines = [text for text in (_pdfium if path.suffix == ".pdf" else _python_docx)(path) if text.strip()]
    return Reading(path, structure([Line(text) for text in lines]).as_json_resume() if lines else {}, lines)


def _pdfium(path: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document).splitlines()
    finally:
        document.close()


def _python_docx(path: Path) -> list[str]:
    """Paragraphs and table rows in body order, as its documentation shows."""
    import docx

    document = docx.Document(str(path))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += ["    ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return [part for line in lines for part in line.splitlines()]
