"""Property lists ("grpprl"): what a paragraph or a run of characters differs in from its style (MS-DOC 2.2.5).

Word 97 numbers its properties in 16 bits, three of which say how long the value is. Word 6 and 95 use one byte and a table of
lengths; those that matter are given their Word 97 numbers here, so that nothing behind this file knows two versions.
"""

import struct
from collections.abc import Mapping

Properties = Mapping[int, int]

PARAGRAPH_STYLE = 0x4600
LIST = 0x460B
LIST_LEVEL = 0x260A
IN_TABLE = 0x2416
ENDS_ROW = 0x2417
TABLE_DEPTH = 0x6649
ENDS_INNER_CELL = 0x244B
ENDS_INNER_ROW = 0x244C
ELSEWHERE = frozenset((0x6646, 0x6645))  # the list stands in the stream "Data" because it is too long for a page
DELETED = 0x0800
BOLD = 0x0835
HIDDEN = 0x083C
CHARACTER_STYLE = 0x4A30
HALF_POINTS = 0x4A43
SYMBOL = 0x6A09
PICTURE = 0x6A03
COLOUR = 0x6870
COLOUR_NUMBER = 0x2A42
HIGHLIGHT = 0x2A0C
SHADE = 0xCA71  # given as 1 when it paints something, else 0; also for paragraphs
PARAGRAPH_SHADE = 0xC64D
LEFT_MARGIN = 0xB021
TOP_MARGIN = 0x9023

_OF_PARAGRAPHS = (PARAGRAPH_STYLE, LIST, LIST_LEVEL, IN_TABLE, ENDS_ROW, TABLE_DEPTH, ENDS_INNER_CELL, ENDS_INNER_ROW)
_OF_CHARACTERS = (
    DELETED,
    BOLD,
    HIDDEN,
    CHARACTER_STYLE,
    HALF_POINTS,
    SYMBOL,
    PICTURE,
    COLOUR,
    COLOUR_NUMBER,
    HIGHLIGHT,
)
_KEPT = frozenset((*_OF_PARAGRAPHS, *_OF_CHARACTERS, *ELSEWHERE, LEFT_MARGIN, TOP_MARGIN))
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # by the highest three bits of the number; 0 means that the value says it
_TABLE_DEFINITION, _TABS = 0xD608, 0xC615
_LONG_TABS = 255
_NO_PATTERNS = (0, 0x3F, 0xFFFF)
_SHADES = {SHADE: SHADE, 0x4866: SHADE, PARAGRAPH_SHADE: PARAGRAPH_SHADE, 0x442D: PARAGRAPH_SHADE}
_WHITE = 0xFFFFFF
_AUTOMATIC_NUMBER, _WHITE_NUMBER = 0, 8

_SHORT_PROPERTIES = {  # the number of piece properties that fit into one word, MS-DOC 2.9.215
    0x18: IN_TABLE,
    0x19: ENDS_ROW,
    0x41: DELETED,
    0x55: BOLD,
    0x5C: HIDDEN,
}
_OLD_NUMBERS = {
    2: PARAGRAPH_STYLE,
    13: LIST,  # the level of the older automatic numbering
    24: IN_TABLE,
    25: ENDS_ROW,
    65: DELETED,
    80: CHARACTER_STYLE,
    85: BOLD,
    92: HIDDEN,
    99: HALF_POINTS,
}
_OLD_SIZES = {
    **dict.fromkeys((*range(4, 12), 13, 14, 24, 25, 29, 37, 44, 50, 51, 65, 66, 67, 71, 75, 85, 86, 87, 88, 89), 1),
    **dict.fromkeys((90, 91, 92, 94, 98, 100, 102, 104, 117, 118, 119, 185, 186), 1),
    **dict.fromkeys((2, 16, 17, 18, 19, 21, 22, 26, 27, 28, *range(30, 37), *range(38, 44), *range(45, 50)), 2),
    **dict.fromkeys((69, 72, 80, 93, 96, 97, 99, 101, 107, 109, 110, 182, 183, 184, 189, 195, 197, 198), 2),
    **dict.fromkeys((73, 95), 3),
    **dict.fromkeys((20, 70, 192, 194, 196, 200), 4),
    **dict.fromkeys((193, 199), 5),
    83: 0,
    187: 12,
}
_OLD_LONG = frozenset((188, 190))  # table definitions: two bytes of length, counting one of themselves


def read_properties(content: bytes, *, is_97: bool) -> Properties:
    """Number → value, unsigned, of those above, the last one of each. Stops where a list lies."""
    return _read_97(content) if is_97 else _read_95(content)


def piece_properties(modifier: int, lists: list[bytes]) -> Properties:
    """Of a piece: one small property inside the word itself, or a list that the piece table holds (MS-DOC 2.9.214)."""
    if modifier & 1:
        return _read_97(lists[modifier >> 1]) if modifier >> 1 < len(lists) else {}
    number = _SHORT_PROPERTIES.get(modifier >> 1 & 0x7F)
    return {number: modifier >> 8} if number else {}


def _read_97(content: bytes) -> Properties:
    found: dict[int, int] = {}
    place, end = 0, len(content)
    while place + 2 < end:
        number = content[place] | content[place + 1] << 8
        place += 2
        size = _SIZES[number >> 13]
        if size and number in _KEPT:
            found[number] = int.from_bytes(content[place : place + size], "little")
        elif number in _SHADES:
            found[_SHADES[number]] = _paints(content[place : place + 2] if size else content[place + 1 : place + 11])
        place += size or _variable_size(content, place, number)
    return found


def _paints(shade: bytes) -> int:
    """A fill that is neither the automatic colour nor white, or a pattern (MS-DOC 2.9.248, older: 2.9.249)."""
    if len(shade) == 2:
        old = int.from_bytes(shade, "little")
        return int(old >> 10 not in _NO_PATTERNS or (old >> 5 & 0x1F) not in (_AUTOMATIC_NUMBER, _WHITE_NUMBER))
    if len(shade) < 10:
        return 0
    fill, pattern = struct.unpack_from("<IH", shade, 4)
    return int(pattern not in _NO_PATTERNS or (fill >> 24 == 0 and fill != _WHITE))


def _variable_size(content: bytes, place: int, number: int) -> int:
    length = content[place]
    if number == _TABLE_DEFINITION and place + 1 < len(content):
        return int(struct.unpack_from("<H", content, place)[0]) + 1
    if number == _TABS and length == _LONG_TABS and place + 1 < len(content):
        added = place + 2 + 4 * content[place + 1]
        return 3 + 4 * content[place + 1] + 3 * (content[added] if added < len(content) else 0)
    return length + 1


def _read_95(content: bytes) -> Properties:
    found: dict[int, int] = {}
    place, end = 0, len(content)
    while place + 1 < end:
        number = content[place]
        place += 1
        size = _OLD_SIZES.get(number)
        if size is None:
            long = number in _OLD_LONG and place + 1 < end
            place += int(struct.unpack_from("<H", content, place)[0]) + 1 if long else content[place] + 1
            continue
        if number in _OLD_NUMBERS:
            found[_OLD_NUMBERS[number]] = int.from_bytes(content[place : place + size], "little")
        place += size
    return found
