"""Parts of a Word file that careless readers miss, or read although Word does not show them."""

from collections.abc import Callable

from scripts.benchmarks.generator.degradations.in_pdf import INJECTED
from scripts.benchmarks.generator.formats.docx import write_docx
from scripts.benchmarks.generator.sheet import Heading, Sheet


def page_header(sheet: Sheet) -> bytes:
    """Name and contacts stand in the header of the page."""
    first = next(at for at, block in enumerate(sheet.blocks) if isinstance(block, Heading))
    return write_docx(sheet, in_header=first)


def hidden_run(sheet: Sheet) -> bytes:
    return write_docx(sheet, hidden=INJECTED)


IN_DOCX: dict[str, Callable[[Sheet], bytes]] = {"page_header": page_header, "hidden_run": hidden_run}
