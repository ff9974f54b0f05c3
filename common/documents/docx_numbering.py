"""numbering.xml of a Word file → what Word prints in front of a list item: a bullet, "1.", "一、"."""

import re
from collections.abc import Callable
from functools import cached_property, partial

from common.documents.docx_names import WORD, attribute, by_full_name, has_usual_prefixes
from common.documents.docx_package import parse_xml
from common.documents.list_markers import DefinedLevel, Level, ListMarkers

#: In a part with the specification's prefixes, one list and its definition stand in a root that is quicker to parse.
_ROOT, _END_OF_ROOT = f'<w:numbering xmlns:w="{WORD}">'.encode(), b"</w:numbering>"
_LONGEST_ROOT = 8192
_USED = re.compile(rb'<w:num w:[^>]*>\s*<w:abstractNumId w:val="(\d+)".*?</w:num>', re.DOTALL)
_END_OF_DEFINITION = b"</w:abstractNum>"
_LEVEL, _END_OF_LEVEL = b"<w:lvl ", b"</w:lvl>"


class Numbering(ListMarkers):
    """The lists of one numbering.xml."""

    def __init__(self, read: Callable[[], bytes] = bytes) -> None:
        """`read` gives the part; it is called, and of the part only what is used is parsed, when a list item is met."""
        super().__init__(self._definition)
        self._read = read
        self._content: bytes | None = None
        self._is_usual = False

    def _definition(self, list_id: str, level_number: int) -> DefinedLevel:
        """Raises FileDamaged."""
        if self._content is None:
            self._content = self._read()
            self._is_usual = has_usual_prefixes(self._content[:_LONGEST_ROOT])
        if not self._content:
            return DefinedLevel(None, list_id)
        alone = _only(list_id, level_number, self._content) if self._is_usual else None
        reading = self._whole if alone is None else _read(alone)
        abstract_id = reading.abstract_ids.get(list_id, "")
        counted_as = f"list {list_id}" if list_id in reading.restarting else abstract_id
        return DefinedLevel(reading.definitions.get(abstract_id, {}).get(level_number), counted_as)

    @cached_property
    def _whole(self) -> "_Reading":
        """Parsed once, however many lists are met."""
        return _read(self._content or b"")


def _only(list_id: str, level_number: int, content: bytes) -> bytes | None:
    """Nothing but this list and this level of its definition, where they are written as usual; None where not."""
    used = _USED.match(content, max(0, content.rfind(b'<w:num w:numId="%s"' % list_id.encode())))
    begin = content.find(b'<w:abstractNum w:abstractNumId="%s"' % used[1]) if used else -1
    end = content.find(_END_OF_DEFINITION, begin)
    if used is None or begin < 0 or end < 0:
        return None
    first, level = content.find(_LEVEL, begin, end), content.find(b'%sw:ilvl="%d"' % (_LEVEL, level_number), begin, end)
    end_of_level = content.find(_END_OF_LEVEL, level, end)
    if level < 0 or end_of_level < 0:
        return _ROOT + content[begin:end] + _END_OF_DEFINITION + used[0] + _END_OF_ROOT
    definition = content[begin:first] + content[level:end_of_level] + _END_OF_LEVEL + _END_OF_DEFINITION
    return _ROOT + definition + used[0] + _END_OF_ROOT


class _Reading:
    """State while numbering.xml streams by: every definition, and which one each list uses."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[int, Level]] = {}
        self.abstract_ids: dict[str, str] = {}
        self.restarting: set[str] = set()
        self._list_id: str | None = None
        self._levels: dict[int, Level] = {}
        self._level: Level | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _NAMES.get(tag)
        if name == "abstractNum":
            self._levels = self.definitions.setdefault(attribute(attributes, "abstractNumId"), {})
        elif name == "num":
            self._list_id, self._level = attribute(attributes, "numId"), None
        elif name == "lvl" and self._list_id is None:
            self._level = self._levels[_number(attribute(attributes, "ilvl"))] = Level()
        elif name and self._level is not None:
            self._set(self._level, name, attribute(attributes, "val"))
        elif self._list_id is not None:
            self._set_list(self._list_id, name, attributes)

    def _set_list(self, list_id: str, name: str | None, attributes: dict[str, str]) -> None:
        if name == "abstractNumId":
            self.abstract_ids[list_id] = attribute(attributes, "val")
        elif name == "startOverride":
            self.restarting.add(list_id)

    def _set(self, level: Level, name: str, value: str) -> None:
        if name == "numFmt":
            level.form = value
        elif name == "lvlText":
            level.text = value
        elif name == "start":
            level.start = _number(value)


def _read(content: bytes) -> _Reading:
    reading = _Reading()
    parse_xml(iter([content]), start=reading.start, without=partial(_SILENT.sub, b""))
    return reading


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0


_NAMES = by_full_name(
    {
        f"w:{name}": name
        for name in ("abstractNum", "abstractNumId", "num", "lvl", "numFmt", "lvlText", "start", "startOverride")
    }
)

#: How markers look and where they stand.
_SILENT = re.compile(rb"<w:([rp])Pr>.*?</w:\1Pr>|<w:(?:lvlJc|suff|nsid|tmpl|multiLevelType)(?: [^<>]*)?/>", re.DOTALL)
