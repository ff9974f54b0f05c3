"""What lies on a PDF page beside its content: filled form fields, typed notes and stamps are text; links are addresses."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from common.documents.links import unseen_links
from common.documents.pdf_glyphs import Edges
from common.domain.parsing.source import Line

_MAX_ANNOTATIONS = 500
_MAX_ADDRESS_BYTES = 600


class Link(NamedTuple):
    edges: Edges
    target: str


def has_drawn_annotations(page: Any) -> bool:
    """Are there form fields, typed notes or stamps? `page` is a raw PDFium page."""
    import pypdfium2.raw as pdfium

    drawn = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
    return any(pdfium.FPDFAnnot_GetSubtype(annotation) in drawn for annotation in _annotations(page))


def drawn_into(page: Any) -> None:
    """Makes annotations part of the content, as printing does; the page has to be loaded anew afterwards."""
    import pypdfium2.raw as pdfium

    pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)


def links_of(document: Any, page: Any) -> list[Link]:
    """Links to addresses outside, with their places on the page; both raw PDFium objects."""
    import pypdfium2.raw as pdfium

    found = []
    rectangle = pdfium.FS_RECTF()
    for annotation in _annotations(page):
        if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_LINK:
            continue
        target = _address(document, pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation)))
        if target and pdfium.FPDFAnnot_GetRect(annotation, rectangle):
            edges = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
            found.append(Link(edges, target))
    return found


def with_links(lines: Sequence[Line], links: Sequence[Link], paper: Edges) -> list[Line]:
    """Each line with the addresses that lie over it; `paper` are the edges of the page the lines' boxes were measured on."""
    if not links:
        return list(lines)
    targets: dict[int, list[str]] = {}
    for link in links:
        place = _line_under(lines, link.edges, paper)
        if place is not None:
            targets.setdefault(place, []).append(link.target)
    return [
        replace(line, links=unseen_links(targets[place], line.text)) if place in targets else line
        for place, line in enumerate(lines)
    ]


def _line_under(lines: Sequence[Line], edges: Edges, paper: Edges) -> int | None:
    x, y = (edges[0] + edges[2]) / 2 - paper[0], paper[3] - (edges[1] + edges[3]) / 2
    for place, line in enumerate(lines):
        if line.box and line.box[0] - 1 <= x <= line.box[2] + 1 and line.box[1] <= y <= line.box[3]:
            return place
    return None


def _annotations(page: Any) -> Iterator[Any]:
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            yield annotation
            pdfium.FPDFPage_CloseAnnot(annotation)


def _address(document: Any, action: Any) -> str:
    import pypdfium2.raw as pdfium

    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(_MAX_ADDRESS_BYTES)
    length = pdfium.FPDFAction_GetURIPath(document, action, buffer, _MAX_ADDRESS_BYTES)
    return buffer.value.decode("utf-8", "replace") if length <= _MAX_ADDRESS_BYTES else ""
