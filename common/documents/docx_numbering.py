"""numbering.xml of a Word file → what Word prints in front of a list item: a bullet, "1.", "一、"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from common.documents.docx_names import attribute, by_full_name
from common.documents.docx_package import parse_xml

BULLET = "•"
_DEEPEST = 9  # levels a list can have (ECMA-376 part 1, 17.9.6)
_CHINESE = "〇一二三四五六七八九"
_CHINESE_FORMATS = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting")
_DEFINITION = b"<w:abstractNum "
_USED = re.compile(rb'<w:num w:[^>]*>\s*<w:abstractNumId w:val="(\d+)".*?</w:num>', re.DOTALL)
_END_OF_DEFINITION = b"</w:abstractNum>"


@dataclass
class _Level:
    form: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(frozen=True)
class _List:
    """Lists of one definition go on counting from each other, unless one restarts: `counted_as` tells them apart."""

    levels: dict[int, _Level]
    counted_as: str


class Numbering:
    """Counts as it is asked, so it has to be asked in the order of the document."""

    def __init__(self, read: Callable[[], bytes] = bytes) -> None:
        """`read` gives the part; it is called, and of the part only what is used is parsed, when a list item is met."""
        self._read = read
        self._content: bytes | None = None
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}

    def marker(self, list_id: str, level_number: int) -> str:
        """The marker of the next item; a list nobody defined has bullets. Empty for a list without markers.

        Raises FileDamaged.
        """
        if list_id not in self._lists:
            self._lists[list_id] = self._define(list_id)
        defined = self._lists[list_id]
        level = defined.levels.get(level_number)
        if level is None or not 0 <= level_number < _DEEPEST:
            return BULLET
        counters = self._counters.setdefault(defined.counted_as, [None] * _DEEPEST)
        current = counters[level_number]
        counters[level_number] = level.start if current is None else current + 1
        counters[level_number + 1 :] = [None] * (_DEEPEST - level_number - 1)
        return _printed(level, counters[level_number] or 0, level_number)

    def forget(self) -> None:
        """Count from the beginning again."""
        self._counters.clear()

    def _define(self, list_id: str) -> _List:
        if self._content is None:
            self._content = self._read()
        if not self._content:
            return _List({}, list_id)
        reading = _Reading(list_id)
        parse_xml(iter([_only(list_id, self._content)]), start=reading.start, silent=_SILENT)
        counted_as = f"list {list_id}" if reading.restarts else reading.abstract_id
        return _List(reading.definitions.get(reading.abstract_id, {}), counted_as)


def _only(list_id: str, content: bytes) -> bytes:
    """The part with nothing but this list and its definition, where it is written as usual."""
    used = _USED.match(content, max(0, content.find(b'<w:num w:numId="%s"' % list_id.encode())))
    begin = content.find(b'<w:abstractNum w:abstractNumId="%s"' % used[1]) if used else -1
    end = content.find(_END_OF_DEFINITION, begin)
    if used is None or begin < 0 or end < 0:
        return content
    before, after = content[: content.find(_DEFINITION)], content[content.rfind(b"</") :]
    return before + content[begin : end + len(_END_OF_DEFINITION)] + used[0] + after


def _printed(level: _Level, number: int, level_number: int) -> str:
    """A marker of several levels (1.2.3), and letters, say no more than a bullet."""
    if level.form == "none":
        return ""
    place = f"%{level_number + 1}"
    if level.text.count("%") != 1 or place not in level.text:
        return BULLET
    if level.form in ("decimal", "decimalZero", "decimalFullWidth"):
        return level.text.replace(place, str(number))
    if level.form in _CHINESE_FORMATS and 0 < number < 100:
        return level.text.replace(place, _chinese(number))
    return BULLET


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ((_CHINESE[tens] if tens > 1 else "") + "十" if tens else "") + (_CHINESE[ones] if ones else "")


class _Reading:
    """State while numbering.xml streams by: every definition, and which one `list_id` uses."""

    def __init__(self, list_id: str) -> None:
        self.definitions: dict[str, dict[int, _Level]] = {}
        self.abstract_id = ""
        self.restarts = False
        self._wanted = list_id
        self._list_id: str | None = None
        self._levels: dict[int, _Level] = {}
        self._level: _Level | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _NAMES.get(tag)
        if name == "abstractNum":
            self._levels = self.definitions.setdefault(attribute(attributes, "abstractNumId"), {})
        elif name == "num":
            self._list_id, self._level = attribute(attributes, "numId"), None
        elif name == "lvl" and self._list_id is None:
            self._level = self._levels[_number(attribute(attributes, "ilvl"))] = _Level()
        elif name and self._level is not None:
            self._set(self._level, name, attribute(attributes, "val"))
        elif self._list_id == self._wanted:
            self._set_list(name, attributes)

    def _set_list(self, name: str | None, attributes: dict[str, str]) -> None:
        if name == "abstractNumId":
            self.abstract_id = attribute(attributes, "val")
        elif name == "startOverride":
            self.restarts = True

    def _set(self, level: _Level, name: str, value: str) -> None:
        if name == "numFmt":
            level.form = value
        elif name == "lvlText":
            level.text = value
        elif name == "start":
            level.start = _number(value)


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
