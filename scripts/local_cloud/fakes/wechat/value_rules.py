"""What a subscription message may carry under each keyword prefix.

Source: the parameter table of api_sendmessage (mini-program message management).
"""

from __future__ import annotations

import re
from collections.abc import Callable

KEY = re.compile(r"([a-z_]+?)_?\d+")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")

CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
M, D = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
DAY = rf"\d{{4}}(?:年{M}月{D}日|-{M}-{D}|/{M}/{D}|\.{M}\.{D})"
MOMENT = rf"(?:{DAY} ?)?{CLOCK}"


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _at_most(length: int) -> Callable[[str], bool]:
    return lambda value: len(value) <= length


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None and sum(map(str.isdigit, value)) <= 32


def _is_name(value: str) -> bool:
    return len(value) <= (10 if HAN.search(value) else 20)


RULES: dict[str, Callable[[str], bool]] = {
    "thing": _at_most(20),
    "number": _is_number,
    "letter": _matches(r"[A-Za-z]{1,32}"),
    "symbol": _matches(r"[^\w\s]{1,5}"),
    "character_string": _matches(r"[\x21-\x7e]{1,32}"),
    "time": _matches(rf"{MOMENT}(?: ?~ ?{MOMENT})?"),
    "date": _matches(rf"{DAY}(?: {CLOCK})?(?: ?~ ?{DAY}(?: {CLOCK})?)?"),
    "amount": _matches(r"[¥￥$€£]?\d{1,10}(?:\.\d+)?元?"),
    "phone_number": _matches(r"[\d+\-() ]{1,17}"),
    "car_number": _at_most(8),
    "name": _is_name,
    "phrase": _matches(r"[\u3400-\u9fff]{1,5}"),
    "enum": _at_most(20),
}


def complaint_about(key: str, value: object) -> str | None:
    """What errmsg says about one value, or None when it fits. "emtpy" is WeChat's own spelling."""
    if value in (None, ""):
        return f"data.{key}.value is emtpy"
    prefix = KEY.fullmatch(key)
    fits = RULES.get(prefix[1]) if prefix else None
    if fits is None or not isinstance(value, str) or CONTROL.search(value) or not fits(value):
        return f"data.{key}.value invalid"
    return None
