"""HTML to PDF bytes with xhtml2pdf: same input, same bytes; nothing is read from disk or network; size and time are bounded."""

import gc
import io
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from common.documents.typesetting import fonts
from common.documents.typesetting.length import MAX_PAGES
from common.errors import DeadlineExceeded, FileHasTooManyPages

MAX_HTML_BYTES = 1_000_000
MAX_RENDER_SECONDS = 30

_render_lock = threading.Lock()


@dataclass(frozen=True)
class PdfMetadata:
    title: str
    author: str
    subject: str
    keywords: str


def typeset(html: str, metadata: PdfMetadata, *, serif: bool = False) -> tuple[bytes, int, str]:
    """The PDF, its page count, and the characters that were drawn as 〓.

    `serif`: the page names the serif pair.
    The whole of `html` but a photo is bounded by MAX_HTML_BYTES. Raises FileHasTooManyPages, DeadlineExceeded.
    """
    if len(html.encode("utf-8")) > MAX_HTML_BYTES:
        raise FileHasTooManyPages(max_pages=MAX_PAGES)
    with prepared(serif=serif) as policy:
        missing = fonts.missing_from_fonts(html)
        fonts.draw_as_mark(missing)
        content = _convert(html, metadata, policy)
    pages = _page_count(content)
    if pages > MAX_PAGES:
        raise FileHasTooManyPages(pages=pages, max_pages=MAX_PAGES)
    return content, pages, missing


@contextmanager
def prepared(*, serif: bool) -> Iterator[Any]:
    """The engine and its faces for one caller at a time; the access policy of every render."""
    with _render_lock:
        policy = _prepare_engine()
        if serif:
            fonts.register_serif()
        yield policy


def _convert(html: str, metadata: PdfMetadata, policy: Any) -> bytes:
    from xhtml2pdf import pisa
    from xhtml2pdf.config.resources import RenderLimitError

    buffer = io.BytesIO()
    try:
        pisa.CreatePDF(html, dest=buffer, encoding="utf-8", resource_policy=policy, context_meta=_written(metadata))
    except RenderLimitError as limit:
        raise DeadlineExceeded(operation="typeset", max_seconds=MAX_RENDER_SECONDS) from limit
    return buffer.getvalue()


@cache
def _prepare_engine() -> Any:
    """Import, repair and configure the engine once per process."""
    with _without_collector():
        return _prepared()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Modules and fonts are a million objects that stay: looking for garbage among them takes a tenth of a cold start."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _prepared() -> Any:
    from reportlab import rl_config
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    from common.documents.typesetting import patches

    rl_config.invariant = 1
    rl_config.useA85 = 0
    rl_config.ttfAsciiReadable = 0
    patches.install(next(iter(fonts.FACES)))
    fonts.register()
    # ReportLab opens every page in Helvetica, which it does not embed; with one of ours it opens in none.
    rl_config.canvas_basefontname = next(iter(fonts.FACES))
    # Its warnings quote the document, and a resume's text never goes to the log.
    logging.getLogger("xhtml2pdf").setLevel(logging.CRITICAL)
    return ResourceAccessPolicy.server(None, allow_remote=False, max_render_seconds=MAX_RENDER_SECONDS)


def _written(metadata: PdfMetadata) -> dict[str, str]:
    return {
        "title": metadata.title,
        "author": metadata.author,
        "subject": metadata.subject,
        "keywords": metadata.keywords,
    }


def _page_count(content: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)
