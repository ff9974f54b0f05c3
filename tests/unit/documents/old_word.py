"""A Word 6 file made in code: eight-bit text in one block, formatted pages listed in two bytes a page."""

import struct
from collections.abc import Sequence
from itertools import accumulate, pairwise

from scripts.benchmarks.writers.doc_pages import Pages, character_pages, paragraph_pages
from scripts.benchmarks.writers.ole_file import ole_file

IN_TABLE, ENDS_ROW = bytes((24, 1)), bytes((25, 1))
BOLD, HIDDEN = bytes((85, 1)), bytes((92, 1))
_TEXT_STARTS = 0x300


def word_6_file(
    paragraphs: Sequence[tuple[bytes, bytes]], *, language: int, characters: Sequence[bytes] = (), version: int = 101
) -> bytes:
    """`paragraphs`: text with its mark, property list; `characters`: a property list for each paragraph's characters."""
    borders = list(accumulate((len(text) for text, _ in paragraphs), initial=_TEXT_STARTS))
    text = b"".join(text for text, _ in paragraphs)
    spans = list(pairwise(borders))
    looks = characters or [b""] * len(spans)
    main = bytearray(_TEXT_STARTS) + text
    main += bytes(-len(main) % 512)
    pages = [
        character_pages([(*span, look) for span, look in zip(spans, looks, strict=True)]),
        paragraph_pages(
            [(*span, b"\0\0" + own) for span, (_, own) in zip(spans, paragraphs, strict=True)], item_bytes=7
        ),
    ]
    for place, written in zip((0xB8, 0xC0), pages, strict=True):
        first_page = len(main) // 512
        main += b"".join(written.pages)
        plc = _list_of(written, first_page)
        struct.pack_into("<2I", main, place, len(main), len(plc))
        main += plc + bytes(-len(plc) % 512)
    struct.pack_into("<6H", main, 0, 0xA5DC, version, 0, language, 0, 0)
    struct.pack_into("<2I", main, 0x18, _TEXT_STARTS, borders[-1])
    struct.pack_into("<i", main, 0x34, len(text))
    return ole_file({"WordDocument": bytes(main)})


def _list_of(pages: Pages, first_page: int) -> bytes:
    numbers = range(first_page, first_page + len(pages.pages))
    return struct.pack(f"<{len(pages.borders)}I{len(numbers)}H", *pages.borders, *numbers)
