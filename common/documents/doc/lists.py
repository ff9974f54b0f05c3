"""List definitions of a Word file → what stands in front of its items (MS-DOC 2.9.131, 2.9.147, 2.9.150)."""

import struct
from collections.abc import Iterator

from common.documents.list_markers import DefinedLevel, Level, ListMarkers

_LIST_BYTES, _LEVEL_BYTES, _USE_BYTES, _OVERRIDE_BYTES = 28, 28, 16, 8
_LEVELS = 9
_FIRST_USE = 4
# In a level's text, the numbers of levels stand for what they have counted.
_PLACES = {level: f"%{level + 1}" for level in range(_LEVELS)}
_IS_SIMPLE, _STARTS_ANEW, _HAS_LEVEL = 0x01, 0x10, 0x20
_FORMS = {  # numbers of MS-OSHARED 2.2.1.3 → names of ECMA-376 part 1, 17.18.59
    0: "decimal",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    22: "decimalZero",
    23: "bullet",
    37: "chineseCounting",
    39: "chineseCountingThousand",
    255: "none",
}


class Lists(ListMarkers):
    """The lists of one file; of their definitions only those that are used are read, when a list item is met."""

    def __init__(self, definitions: bytes, levels: bytes, uses: bytes) -> None:
        """`definitions` name the lists, `levels` holds their levels one behind the other, `uses` say which list is which.

        Paragraphs name one of the uses, counted from 1. What a damaged file does not define has no levels.
        """
        super().__init__(self._definition)
        self._definitions, self._levels, self._uses = definitions, levels, uses
        self._places: dict[bytes, list[int]] | None = None

    def _definition(self, list_id: str, level_number: int) -> DefinedLevel:
        use = _FIRST_USE + (int(list_id) - 1) * _USE_BYTES
        own_id = self._uses[use : use + 4]
        if self._places is None:
            self._places = dict(self._level_places())
        places = self._places.get(own_id, ())
        level = _level(self._levels, places[level_number]) if 0 <= level_number < len(places) else None
        counted_as = f"list {list_id}" if list_id in self._starting_anew() else own_id.hex()
        return DefinedLevel(level, counted_as)

    def _level_places(self) -> Iterator[tuple[bytes, list[int]]]:
        """Identity of each list, and where its levels are."""
        count = int.from_bytes(self._definitions[:2], "little")
        last = min(2 + count * _LIST_BYTES, len(self._definitions) - _LIST_BYTES + 1)
        place = 0
        for start in range(2, last, _LIST_BYTES):
            places: list[int] = []
            for _ in range(1 if self._definitions[start + 26] & _IS_SIMPLE else _LEVELS):
                if place + _LEVEL_BYTES + 2 > len(self._levels):
                    return
                places.append(place)
                place = _behind_level(self._levels, place)
            yield self._definitions[start : start + 4], places

    def _starting_anew(self) -> set[str]:
        """The uses that say at which number they start."""
        found: set[str] = set()
        count = min(int.from_bytes(self._uses[:4], "little"), max(len(self._uses) - 4, 0) // _USE_BYTES)
        place = _FIRST_USE + count * _USE_BYTES
        for number in range(count):
            place += 4
            for _ in range(self._uses[_FIRST_USE + number * _USE_BYTES + 12]):
                if place + _OVERRIDE_BYTES > len(self._uses):
                    return found
                flags = self._uses[place + 4]
                place += _OVERRIDE_BYTES
                if flags & _STARTS_ANEW:
                    found.add(str(number + 1))
                if flags & _HAS_LEVEL and place + _LEVEL_BYTES + 2 <= len(self._uses):
                    place = _behind_level(self._uses, place)
        return found


def _text_place(content: bytes, place: int) -> int:
    """A level's text stands behind two property lists."""
    return place + _LEVEL_BYTES + content[place + 24] + content[place + 25]


def _behind_level(content: bytes, place: int) -> int:
    text = _text_place(content, place)
    return text + 2 + 2 * int.from_bytes(content[text : text + 2], "little")


def _level(content: bytes, place: int) -> Level:
    start, form = struct.unpack_from("<iB", content, place)
    text = content[_text_place(content, place) + 2 : _behind_level(content, place)].decode("utf-16-le", "replace")
    return Level(_FORMS.get(form, "other"), text.translate(_PLACES), start)
