"""A good PDF made into one whose text layer lies, while its pages look as before: what careless PDF programs do to ToUnicode.

Every function takes the bytes of a PDF whose fonts have ToUnicode maps and gives the bytes of the damaged one.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

Change = Callable[[str], str | None]

_BLOCK = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODE = re.compile(r"<([0-9A-Fa-f]*)>|(\[|\])")
_HEAD = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Damaged def /CMapType 2 def"
_TAIL = "endcmap CMapName currentdict /CMap defineresource pop end end"
_MOST_ENTRIES = 100  # of one bfchar block (Adobe technical note 5014)


def without_digits(pdf: bytes) -> bytes:
    """The digits are drawn, but say they are spaces: dates and phone numbers are gone, the rest is fine."""
    return remapped(pdf, lambda text: " " if text.isdigit() else text)


def with_private_digits(pdf: bytes) -> bytes:
    """The digits map to private-use characters, as fonts with old-style figures have them."""
    return remapped(pdf, lambda text: chr(0xF730 + int(text)) if text.isdecimal() and text.isascii() else text)


def with_other_han(pdf: bytes, *, seed: int = 1) -> bytes:
    """A wrong character map: every Han becomes another valid one, the same for all its places."""
    dice = random.Random(seed)
    wrong: dict[str, str] = {}
    return remapped(
        pdf,
        lambda text: (
            wrong.setdefault(text, chr(dice.randrange(0x4E00, 0x9FA0))) if "\u4e00" <= text <= "\u9fff" else text
        ),
    )


def with_shifted_letters(pdf: bytes, *, by: int = 3) -> bytes:
    """Every Latin letter is another one: the subset's glyph numbers taken for characters."""

    def shifted(text: str) -> str:
        first = "a" if text.islower() else "A"
        is_letter = len(text) == 1 and text.isascii() and text.isalpha()
        return chr(ord(first) + (ord(text) - ord(first) + by) % 26) if is_letter else text

    return remapped(pdf, shifted)


def with_private_text(pdf: bytes) -> bytes:
    """Everything maps to private-use characters."""
    return remapped(pdf, lambda text: chr(0xE000 + ord(text[0]) % 0x1800))


def with_foreign_text(pdf: bytes) -> bytes:
    """Glyph numbers taken for characters: Latin Extended, Cyrillic, Armenian, Georgian and Burmese letters, all mixed."""
    return remapped(pdf, lambda text: chr(0x0100 + ord(text[0]) * 7 % 0x0FFF))


def without_maps(pdf: bytes) -> bytes:
    """No ToUnicode at all."""
    return remapped(pdf, None)


def remapped(pdf: bytes, change: Change | None) -> bytes:
    """`change` gives what a glyph's text becomes, None to leave the glyph unmapped; without it the maps are removed."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    for font in _fonts(writer):
        if change is None:
            del font["/ToUnicode"]
            continue
        stream = DecodedStreamObject()
        stream.set_data(_map(font["/ToUnicode"].get_object().get_data().decode("latin-1"), change))
        font[NameObject("/ToUnicode")] = writer._add_object(stream)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _fonts(writer: PdfWriter) -> Iterator[Any]:
    seen: set[int] = set()
    for page in writer.pages:
        for font in (_dictionary(page["/Resources"]).get("/Font") or {}).values():
            if "/ToUnicode" in font.get_object() and id(font.get_object()) not in seen:
                seen.add(id(font.get_object()))
                yield font.get_object()


def _dictionary(value: Any) -> Any:
    return value.get_object()


def _map(source: str, change: Change) -> bytes:
    entries = [(code, width, new) for code, width, text in _entries(source) if (new := change(text)) is not None]
    width = max((width for _, width, _ in entries), default=2)
    lines = [_HEAD, f"1 begincodespacerange <{0:0{width}X}> <{16**width - 1:0{width}X}> endcodespacerange"]
    for start in range(0, len(entries), _MOST_ENTRIES):
        block = entries[start : start + _MOST_ENTRIES]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:0{width}X}> <{text.encode('utf-16-be').hex().upper()}>" for code, width, text in block]
        lines.append("endbfchar")
    return "\n".join([*lines, _TAIL]).encode()


def _entries(source: str) -> Iterator[tuple[int, int, str]]:
    """(code, its hexadecimal digits, text) of every glyph of a ToUnicode map (ISO 32000-1, 9.10.3)."""
    for kind, body in _BLOCK.findall(source):
        tokens = [code or bracket for code, bracket in _CODE.findall(body)]
        while tokens:
            first = tokens.pop(0)
            last = tokens.pop(0) if kind == "bfrange" else first
            codes = range(int(first, 16), int(last, 16) + 1)
            if tokens[0] == "[":
                end = tokens.index("]")
                texts = list(map(_text, tokens[1:end]))
                del tokens[: end + 1]
            else:
                start = _text(tokens.pop(0))
                texts = [start[:-1] + chr(ord(start[-1]) + step) for step in range(len(codes))]
            yield from ((code, len(first), text) for code, text in zip(codes, texts, strict=False))


def _text(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be")
