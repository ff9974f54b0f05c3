"""The style sheet: what a style says about its paragraphs and characters, everything it is based on included (MS-DOC 2.9.271)."""

import struct
from typing import NamedTuple

from common.documents.doc.sprms import BOLD, Properties, read_properties

_PARAGRAPH, _CHARACTER = 1, 2
_NO_BASE = 0xFFF
_DEEPEST = 16
_LEAST_BASE_BYTES = 6
_SAME, _OPPOSITE = 0x80, 0x81  # of a property that can be on or off: as the style has it, and the other way round


class Style(NamedTuple):
    paragraph: Properties
    characters: Properties


_PLAIN = Style({}, {})


class _OwnStyle(NamedTuple):
    base: int
    paragraph: Properties
    characters: Properties


class Styles:
    def __init__(self, sheet: bytes) -> None:
        self._base_bytes, self._definitions = _definitions(sheet)
        self._known: dict[int, Style] = {}

    def style(self, number: int) -> Style:
        """Nothing for a number that does not exist."""
        if number not in self._known:
            self._known[number] = self._resolved(number)
        return self._known[number]

    def _resolved(self, number: int) -> Style:
        chain: list[_OwnStyle] = []
        while number in self._definitions and len(chain) < _DEEPEST:
            chain.append(_own_style(self._definitions[number], self._base_bytes))
            number = chain[-1].base
        found = _PLAIN
        for own in reversed(chain):
            found = Style({**found.paragraph, **own.paragraph}, over(found.characters, own.characters))
        return found


def over(base: Properties, own: Properties) -> Properties:
    """`own` laid over `base`: later wins, except that a switch may be relative to what it lies over."""
    merged = {**base, **own}
    value = own.get(BOLD, 0)
    if value in (_SAME, _OPPOSITE):
        merged[BOLD] = base.get(BOLD, 0) ^ (value & 1)
    return merged


def _definitions(sheet: bytes) -> tuple[int, dict[int, bytes]]:
    """How many bytes the fixed part of a definition has; number → definition, for those styles that exist."""
    if len(sheet) < 6:
        return 0, {}
    header_bytes, count, base_bytes = struct.unpack_from("<3H", sheet, 0)
    found: dict[int, bytes] = {}
    place = 2 + header_bytes
    for number in range(count if base_bytes >= _LEAST_BASE_BYTES else 0):
        length = int.from_bytes(sheet[place : place + 2], "little")
        if place + 2 > len(sheet):
            break
        if length >= base_bytes + 2:
            found[number] = sheet[place + 2 : place + 2 + length]
        place += 2 + length + length % 2
    return base_bytes, found


def _own_style(definition: bytes, base_bytes: int) -> _OwnStyle:
    if len(definition) < base_bytes:
        return _OwnStyle(_NO_BASE, {}, {})
    kind_and_base, lists_and_next = struct.unpack_from("<HH", definition, 2)
    kind, base = kind_and_base & 0xF, kind_and_base >> 4
    name_characters = int.from_bytes(definition[base_bytes : base_bytes + 2], "little")
    place = base_bytes + 2 + 2 * name_characters + 2
    lists: list[bytes] = []
    for _ in range(lists_and_next & 0xF):
        length = int.from_bytes(definition[place : place + 2], "little")
        lists.append(definition[place + 2 : place + 2 + length])
        place += 2 + length + length % 2
    paragraph = lists[0][2:] if kind == _PARAGRAPH and lists else b""
    characters = lists[kind != _CHARACTER :][:1] if kind in (_PARAGRAPH, _CHARACTER) else []
    return _OwnStyle(
        _NO_BASE if base == _NO_BASE else base,
        read_properties(paragraph, is_97=True),
        read_properties(b"".join(characters), is_97=True),
    )
