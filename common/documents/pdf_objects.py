"""What a PDF page paints, in painting order, with the forms it draws opened."""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from typing import Any, NamedTuple

from common.documents.pdf_glyphs import Edges, address_of, bare

_MAX_OBJECTS = 5000
_MAX_FORMS_DEEP = 6

Matrix = tuple[float, float, float, float, float, float]


class PageObject(NamedTuple):
    """`address` and `kind` are PDFium's; `matrices` bring it from the forms around it to the page, innermost first.

    `veiled`: a form around it is painted with transparency, so its own colour says little about what is seen.
    """

    address: int
    kind: int
    matrices: tuple[Matrix, ...] = ()
    veiled: bool = False


def objects_of(page: Any) -> Iterator[PageObject]:
    """At most 5000 objects of a raw PDFium page."""
    import pypdfium2.raw as pdfium

    object_at = bare("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    addresses = map(object_at, repeat(address_of(page)), range(pdfium.FPDFPage_CountObjects(page)))
    return islice(_opened(addresses, (), is_veiled=False), _MAX_OBJECTS)


def _opened(addresses: Iterable[int], around: tuple[Matrix, ...], *, is_veiled: bool) -> Iterator[PageObject]:
    import pypdfium2.raw as pdfium

    kind_of = bare("FPDFPageObj_GetType", ctypes.c_int, ctypes.c_void_p)
    for address in addresses:
        kind = kind_of(address)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and len(around) < _MAX_FORMS_DEEP:
            form = ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)
            matrix = pdfium.FS_MATRIX(1, 0, 0, 1, 0, 0)
            pdfium.FPDFPageObj_GetMatrix(form, matrix)
            inner_at = bare("FPDFFormObj_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
            inside = map(inner_at, repeat(address), range(pdfium.FPDFFormObj_CountObjects(form)))
            numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
            is_thin = is_veiled or bool(pdfium.FPDFPageObj_HasTransparency(form))
            yield from _opened(inside, (numbers, *around), is_veiled=is_thin)
        else:
            yield PageObject(address, kind, around, is_veiled)


def moved(edges: Edges, matrices: Iterable[Matrix]) -> Edges:
    """The upright box around a box that was moved by matrices (a b c d e f of ISO 32000-1, 8.3.3)."""
    for a, b, c, d, e, f in matrices:
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in edges[::2] for y in edges[1::2]]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        edges = min(xs), min(ys), max(xs), max(ys)
    return edges
