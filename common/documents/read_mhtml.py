"""MHTML (a web page with its pictures in one file) → lines: Chinese job boards export it under the name .doc."""

from dataclasses import replace

from common.documents.mhtml_parts import Part, parts_of
from common.documents.portrait import Picture, portrait
from common.documents.read_html import read_html
from common.domain.parsing.source import SourceDocument
from common.errors import FileTypeUnsupported

_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(content: bytes) -> SourceDocument:
    """The page of the archive, which is its first; Word puts its own headers and lists behind it.

    Raises FileTypeUnsupported for a mail or an archive without a page, and like read_html.
    """
    parts = list(parts_of(content))
    page = next((part for part in parts if part.media_type in _PAGES), None)
    if page is None:
        raise FileTypeUnsupported(reason="archive_without_page")
    document = read_html(page.content, charset=page.charset)
    return replace(document, photo=portrait([Picture(part.content) for part in parts if _is_picture(part)]))


def _is_picture(part: Part) -> bool:
    return part.media_type.startswith("image/")
