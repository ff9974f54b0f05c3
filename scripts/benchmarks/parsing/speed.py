"""Speed of the readers against their peers in the same run, and what importing them costs a cold start."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from unittest.mock import patch

from common.documents.detect import detect
from common.documents.reader import FileReader
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.generator.plan import plan
from scripts.benchmarks.generator.produce import produce
from scripts.benchmarks.parsing.options import ParseOptions
from scripts.benchmarks.timing import fastest, import_seconds, medians

RULES = "common.domain.parsing.structure"
FORMAT_READERS = {"pdf": "read_pdf", "docx": "read_docx", "doc": "read_doc"}
MOST_IMPORT_MS = 60
_DOCUMENTS = 12

Files = list[bytes]


def figures(options: ParseOptions) -> Iterator[Figure]:
    """Over healthy files: those of --corpus, else generated ones."""
    for form, measure in (("pdf", _pdf), ("docx", _docx), ("doc", _doc)):
        files = _files(form, options)
        if files:
            yield from measure(files)
    yield from _imports()


def _pdf(files: Files) -> Iterator[Figure]:
    pages = sum(map(_page_count, files))
    times = _times({"mojian": _read, "pdfium": _pdfium_text, "pdfplumber": _pdfplumber_text}, files)
    ours = times["mojian"] * 1000 / pages
    yield _against("PDF text per page", ours, "raw pdfium", times["pdfium"] * 1000 / pages, at_most=5)
    yield _against("PDF text per page", ours, "pdfplumber", times["pdfplumber"] * 1000 / pages, at_most=0.2)


def _docx(files: Files) -> Iterator[Figure]:
    """python-docx is asked for the text of the body, tables included; it reads no headers, no boxes and no photo."""
    work = {
        "text": partial(_all_without_photos, files),
        "all": partial(_all, _read, files),
        "python-docx": partial(_all, _python_docx_text, files),
    }
    times = {name: seconds * 1000 / len(files) for name, seconds in medians(work, repeats=5).items()}
    peer = times["python-docx"]
    yield _against("DOCX text per file", times["text"], "python-docx", peer, at_most=0.5)
    yield _against("DOCX text and photo per file", times["all"], "python-docx", peer, at_most=0.5)


def _doc(files: Files) -> Iterator[Figure]:
    """Word's own format only: what else is named .doc (RTF, HTML, XML) has readers of its own."""
    word = [content for content in files if detect(content) == "doc"]
    if not word:
        return
    both = (partial(_all_without_photos, word), partial(_all, _read, word))
    text, everything = (fastest(work) * 1000 / len(word) for work in both)
    yield Figure("DOC text per file", text, "ms", at_most=2, note=f"{len(word)} files")
    yield Figure("DOC text and photo per file", everything, "ms", note="decoding the pictures that may be the photo")


def _imports() -> Iterator[Figure]:
    """In a fresh interpreter, as the parse function loads them: every reader of text files, and the rules by themselves."""
    from importlib.util import find_spec

    modules = [f"common.documents.{name}" for name in ("reader", *FORMAT_READERS.values())]
    readers = import_seconds(*(name for name in modules if find_spec(name)))
    yield Figure("import of the readers", readers * 1000, "ms", at_most=MOST_IMPORT_MS)
    yield Figure("import of the rules", import_seconds(RULES) * 1000, "ms", note="pydantic above all")


def _against(name: str, ours: float, peer: str, theirs: float, *, at_most: float) -> Figure:
    return Figure(f"{name}, against {peer}", ours, "ms", peer=peer, peer_value=theirs, at_most=at_most)


def _times(readers: Mapping[str, Callable[[bytes], Any]], files: Files) -> dict[str, float]:
    return medians({name: partial(_all, read, files) for name, read in readers.items()}, repeats=5)


def _all(read: Callable[[bytes], Any], files: Files) -> None:
    for content in files:
        read(content)


def _all_without_photos(files: Files) -> None:
    """No picture is decoded to see whether it is the person's photo, which no peer does."""
    with (
        patch("common.documents.read_docx.portrait", _no_portrait),
        patch("common.documents.read_doc.portrait", _no_portrait),
    ):
        _all(_read, files)


def _no_portrait(_: object) -> None:
    return None


def _files(form: str, options: ParseOptions) -> Files:
    if options.corpus:
        paths = sorted(options.corpus.glob(f"*.{form}"))
        found = [path.read_bytes() for path in paths]
    else:
        planned = [one for one in plan(options.seed) if one.format == form and not one.degradation][:_DOCUMENTS]
        found = [produce(one)[1] for one in planned]
    return [content for content in found if _is_healthy(content)]


def _is_healthy(content: bytes) -> bool:
    """Read by everybody, as text: a refusal or a picture would compare something else."""
    try:
        return not FileReader().read(content, filename="").unread
    except Exception:
        return False


def _read(content: bytes) -> Any:
    return FileReader().read(content, filename="")


def _page_count(content: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def _pdfium_text(content: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    document.close()


def _pdfplumber_text(content: bytes) -> None:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            page.extract_text()


def _python_docx_text(content: bytes) -> None:
    import docx

    document = docx.Document(io.BytesIO(content))
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                for cell in row.cells:
                    cell.text  # noqa: B018 - reading is the work
        else:
            block.text  # noqa: B018
