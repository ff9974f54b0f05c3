"""The pictures of a PDF page that may be a portrait, as the page shows them: clipped, masked, turned, in any colour space."""

import ctypes
import io
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import Any

from common.documents.portrait import PHOTO_SIDES_PX, Picture, may_be_portrait, portrait
from common.domain.parsing.source import Photo

_MOST_OBJECTS = 300
_MOST_DECODED_PIXELS = 16_000_000
_FORMS_DEEP = 3
_DEVICE_UNITS = 16  # a point; PDFium converts places on a page to whole device units

Rectangle = tuple[float, float, float, float]


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
    for image, bounds in _images(page):
        left, top, right, bottom = _as_seen(page, bounds)
        size = (right - left, bottom - top)
        wide, high = image.get_px_size()
        if not may_be_portrait(size) or wide * high > _MOST_DECODED_PIXELS:
            continue
        scale = min(PHOTO_SIDES_PX[0] / size[0], PHOTO_SIDES_PX[1] / size[1], max(wide, high) / max(size))
        page_width, page_height = page.get_size()
        crop = (left, page_height - bottom, page_width - right, top)
        if min(crop) < 0 or scale <= 0:
            continue
        out = io.BytesIO()
        page.render(scale=scale, crop=crop).to_pil().convert("RGB").save(out, "PNG")
        pictures.append(Picture(out.getvalue(), shown_pt=size))
    return pictures


def _images(page: Any) -> Iterator[tuple[Any, Rectangle]]:
    """Image objects with their bounds on the page, (left, bottom, right, top)."""
    import pypdfium2.raw as pdfium

    images = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_FORMS_DEEP)
    for image in islice(images, _MOST_OBJECTS):
        left, bottom, right, top = image.get_bounds()
        form = image.container
        while form is not None:  # the bounds of what stands in a form are measured inside it
            corners = [form.get_matrix().on_point(x, y) for x in (left, right) for y in (bottom, top)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            bottom, top = min(y for _, y in corners), max(y for _, y in corners)
            form = form.container
        yield image, (left, bottom, right, top)


def _as_seen(page: Any, bounds: Rectangle) -> Rectangle:
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
