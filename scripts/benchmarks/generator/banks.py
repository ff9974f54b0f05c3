"""The text banks: what fictional people of a profession and a language may have done. One JSON file each."""

import json
import random
import re
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("banks")


@cache
def bank(name: str) -> dict[str, Any]:
    """`name`: "nurse.zh", "common.en", …"""
    loaded: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return loaded


@cache
def professions(language: str) -> tuple[str, ...]:
    names = sorted(path.name.removesuffix(".json") for path in _FOLDER.glob(f"*.{language}.json"))
    return tuple(name for name in names if not name.startswith("common."))


def filled(text: str, dice: random.Random) -> str:
    """Fresh numbers for the slots of a sentence, so that no two people achieved the same."""
    return re.sub(r"\{(\w+)\}", lambda slot: str(_number(slot[1], dice)), text)


def _number(slot: str, dice: random.Random) -> int:
    low, high = _SLOTS[slot]
    return dice.randint(low, high)


#: {p} percent, {p2} high percent, {n} a few, {n2} fewer, {c} tens to hundreds, {w} 万, {x} times, {y} years,
#: {cet} marks, {d} a digit.
_SLOTS = {
    "p": (8, 60),
    "p2": (82, 99),
    "n": (3, 12),
    "n2": (2, 5),
    "c": (20, 900),
    "w": (5, 800),
    "x": (2, 8),
    "y": (2, 12),
    "cet": (430, 640),
    "d": (0, 9),
}
