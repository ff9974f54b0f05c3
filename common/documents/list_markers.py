"""What Word prints in front of a list item: a bullet, "1.", "一、"; the same for every format that only says which list it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

BULLET = "•"
_DEEPEST = 9  # levels a list can have (ECMA-376 part 1, 17.9.6)
_CHINESE = "〇一二三四五六七八九"
_CHINESE_FORMATS = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting")


@dataclass
class Level:
    """`form` is a name of ECMA-376 part 1, 17.18.59; in `text`, %1 to %9 stand for the numbers of the levels."""

    form: str = "bullet"
    text: str = ""
    start: int = 1


class DefinedLevel(NamedTuple):
    """One level of a list, None where the list has no such level.

    Lists of one definition go on counting from each other, unless one restarts: `counted_as` tells them apart.
    """

    level: Level | None
    counted_as: str


class ListMarkers:
    """Counts as it is asked, so it has to be asked in the order of the document."""

    def __init__(self, define: Callable[[str, int], DefinedLevel]) -> None:
        """`define` is called once for each list and level that is met; a list that nobody defined has no levels."""
        self._define = define
        self._defined: dict[tuple[str, int], DefinedLevel] = {}
        self._counters: dict[str, list[int | None]] = {}

    def marker(self, list_id: str, level_number: int) -> str:
        """The marker of the next item; a list without levels has bullets. Empty for a list without markers.

        Raises what `define` raises.
        """
        key = (list_id, level_number)
        if key not in self._defined:
            self._defined[key] = self._define(list_id, level_number)
        level, counted_as = self._defined[key]
        if level is None or not 0 <= level_number < _DEEPEST:
            return BULLET
        counters = self._counters.setdefault(counted_as, [None] * _DEEPEST)
        current = counters[level_number]
        counters[level_number] = level.start if current is None else current + 1
        counters[level_number + 1 :] = [None] * (_DEEPEST - level_number - 1)
        return _printed(level, counters[level_number] or 0, level_number)

    def forget(self) -> None:
        """Count from the beginning again."""
        self._counters.clear()


def _printed(level: Level, number: int, level_number: int) -> str:
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
