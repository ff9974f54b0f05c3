"""The page of the first section, for boxes whose places count from its margins (MS-DOC 2.8.26, 2.9.243)."""

from common.documents.doc.fib import Fib
from common.documents.doc.plc import read_plc
from common.documents.doc.sprms import LEFT_MARGIN, TOP_MARGIN, read_properties
from common.documents.docx_boxes import Margins

_SECTION_BYTES = 12
_TWIPS = 20


def first_margins(fib: Fib, main: bytes) -> Margins:
    """Word's own defaults where the file says nothing; a top margin below zero is as large, and lets headers overlap."""
    _, items = read_plc(fib.part("sections"), _SECTION_BYTES)
    place = int.from_bytes(items[0][2:6], "little") if items else len(main)
    length = int.from_bytes(main[place : place + 2], "little")
    found = read_properties(main[place + 2 : place + 2 + length], is_97=True)
    usual = Margins()
    left = found[LEFT_MARGIN] / _TWIPS if LEFT_MARGIN in found else usual.left
    top = abs(_signed(found[TOP_MARGIN])) / _TWIPS if TOP_MARGIN in found else usual.top
    return Margins(left, top)


def _signed(value: int) -> int:
    return value - 0x10000 if value >= 0x8000 else value
