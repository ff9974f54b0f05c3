"""numbering.xml of a Word file → what Word prints in front of a list item: a bullet, "1.", "一、"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from common.documents.docx_names import attribute, by_full_name
from common.documents.docx_package import parse_xml

BULLET = "•"
_DEEPEST = 9  # levels a list can have (ECMA-376 part 1, 17.9.6)
_CHINESE = "〇一二三四五六七八九"
_CHINESE_FORMATS = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting")


@dataclass
class _Level:
    form: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass
class Numbering:
    """Counts as it is asked, so it has to be asked in the order of the document."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)
    _restarted: set[str] = field(default_factory=set)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)

    def define_level(self, abstract_id: str, number: int, level: _Level) -> None:
        self._levels.setdefault(abstract_id, {})[number] = level

    def define_list(self, list_id: str, abstract_id: str) -> None:
        self._abstract[list_id] = abstract_id

    def restart(self, list_id: str) -> None:
        """This list counts for itself; lists of one definition otherwise go on counting from each other."""
        self._restarted.add(list_id)

    def forget(self) -> None:
        """Count from the beginning again."""
        self._counters.clear()

    def marker(self, list_id: str, level_number: int) -> str:
        """The marker of the next item; a list nobody defined has bullets. Empty for a list without markers."""
        abstract_id = self._abstract.get(list_id, "")
        level = self._levels.get(abstract_id, {}).get(level_number)
        if level is None or not 0 <= level_number < _DEEPEST:
            return BULLET
        counted_as = f"list {list_id}" if list_id in self._restarted else abstract_id
        counters = self._counters.setdefault(counted_as, [None] * _DEEPEST)
        current = counters[level_number]
        counters[level_number] = level.start if current is None else current + 1
        counters[level_number + 1 :] = [None] * (_DEEPEST - level_number - 1)
        return _printed(level, counters[level_number] or 0, level_number)


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
    def __init__(self) -> None:
        self.numbering = Numbering()
        self._abstract_id = self._list_id = ""
        self._level: _Level | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _NAMES.get(tag)
        if name is None:
            return
        value = attribute(attributes, "val")
        if name == "abstractNum":
            self._abstract_id, self._list_id = attribute(attributes, "abstractNumId"), ""
        elif name == "num":
            self._list_id, self._level = attribute(attributes, "numId"), None
        elif name == "abstractNumId" and self._list_id:
            self.numbering.define_list(self._list_id, value)
        elif name == "startOverride":
            self.numbering.restart(self._list_id)
        elif name == "lvl" and not self._list_id:
            self._level = _Level()
            self.numbering.define_level(self._abstract_id, _number(attribute(attributes, "ilvl")), self._level)
        elif self._level is not None:
            self._set(self._level, name, value)

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
)  # fmt: skip


#: How markers look and where they stand.
_SILENT = re.compile(rb"<w:([rp])Pr>.*?</w:\1Pr>|<w:(?:lvlJc|suff|nsid|tmpl|multiLevelType)(?: [^<>]*)?/>", re.DOTALL)


def read_numbering(chunks: Iterator[bytes]) -> Numbering:
    """A list that overrides a level restarts; what else it overrides is left aside. Raises FileDamaged."""
    reading = _Reading()
    parse_xml(chunks, start=reading.start, silent=_SILENT)
    return reading.numbering
