"""The pictures of a PDF page that may be a portrait, as the page shows them: clipped, masked, turned, in any colour space."""

import ctypes
import io
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from common.documents.pdf_glyphs import Edges
from common.documents.pdf_objects import moved, objects_of
from common.documents.portrait import PHOTO_SIDES_PX, Picture, may_be_portrait, portrait
from common.domain.parsing.source import Photo

_MOST_IMAGES = 100
_MOST_DECODED_PIXELS = 16_000_000
_DEVICE_UNITS = 16  # a point; PDFium converts places on a page to whole device units


def first_page_photo(document: Any) -> Photo | None:
    """`document` is a pypdfium2 document. A picture that cannot be drawn is no reason to refuse the text."""
    import pypdfium2

    with closing(document[0]) as page:
        try:
            return portrait(page_pictures(page))
        except pypdfium2.PdfiumError:
            return None


def page_pictures(page: Any) -> list[Picture]:
    """`page` is a pypdfium2 page, and the first one: no portrait stands on another. Pixels are bounded before decoding.

    Rendering the part of the page where the picture stands is what gets it upright whatever matrix, mask, clip or
    colour space it has.
    """
    pictures: list[Picture] = []
    page_width, page_height = page.get_size()
    for bounds, (wide, high) in _images(page):
        left, top, right, bottom = _as_seen(page, bounds)
        size = (right - left, bottom - top)
        crop = (left, page_height - bottom, page_width - right, top)
        if not may_be_portrait(size) or min(crop) < 0 or not 0 < wide * high <= _MOST_DECODED_PIXELS:
            continue
        scale = min(PHOTO_SIDES_PX[0] / size[0], PHOTO_SIDES_PX[1] / size[1], max(wide, high) / max(size))
        out = io.BytesIO()
        page.render(scale=scale, crop=crop).to_pil().convert("RGB").save(out, "BMP")
        pictures.append(Picture(out.getvalue(), shown_pt=size))
    return pictures


def _images(page: Any) -> Iterator[tuple[Edges, tuple[int, int]]]:
    """Of every image its edges on the page, (left, bottom, right, top), and its width and height in pixels."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    images = (one for one in objects_of(page.raw) if one.kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    for one in islice(images, _MOST_IMAGES):
        image = ctypes.cast(one.address, pdfium.FPDF_PAGEOBJECT)
        pdfium.FPDFPageObj_GetBounds(image, left, bottom, right, top)
        pdfium.FPDFImageObj_GetImagePixelSize(image, wide, high)
        yield moved((left.value, bottom.value, right.value, top.value), one.matrices), (wide.value, high.value)


def _as_seen(page: Any, bounds: Edges) -> Edges:
    """(left, top, right, bottom) in points from the top left corner of the page as a reader sees it, rotated and cropped."""
    import pypdfium2.raw as pdfium

    width, height = (round(side * _DEVICE_UNITS) for side in page.get_size())
    x, y = ctypes.c_int(), ctypes.c_int()
    places = []
    for corner in ((bounds[0], bounds[1]), (bounds[2], bounds[3])):
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, *corner, x, y)
        places.append((x.value / _DEVICE_UNITS, y.value / _DEVICE_UNITS))
    (x1, y1), (x2, y2) = places
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
