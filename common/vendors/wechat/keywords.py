"""What a keyword of a subscription message may hold, by the prefix of its name, as data; and values made to fit.

Source: the parameter table of subscribeMessage.send: no line breaks or control characters, nothing empty; lengths in
characters, as WeChat counts them.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from common.errors import VendorRejected

BEIJING = timezone(timedelta(hours=8))
EMPTY = "无"

_BLANKS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_KEY = re.compile(r"([a-z]+(?:_[a-z]+)*)_?\d+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_DAY = r"\d{4}(?:年\d{1,2}月\d{1,2}日|([-/.])\d{1,2}\1\d{1,2})"


@dataclass(frozen=True)
class Rule:
    """`cut`: a longer value is shortened, with "…"; otherwise what does not match `form` is not sent."""

    longest: int
    form: str = r".+"
    cut: bool = False


RULES: dict[str, Rule] = {
    "thing": Rule(20, cut=True),
    "name": Rule(20, cut=True),
    "car_number": Rule(8),
    "number": Rule(33, r"-?\d+(\.\d+)?"),
    "letter": Rule(32, r"[A-Za-z]+"),
    "symbol": Rule(5, r"[^\w\s]+"),
    "character_string": Rule(32, r"[\x21-\x7e]+"),
    "time": Rule(60, rf"(?:{_DAY} ?)?{_CLOCK}(?: ?~ ?.+)?"),
    "date": Rule(60, rf"{_DAY}(?: {_CLOCK})?(?: ?~ ?.+)?"),
    "amount": Rule(20, r"[¥￥$€£]?\d{1,10}(?:\.\d+)?元?"),
    "phone_number": Rule(17, r"[\d+\-() ]+"),
    "phrase": Rule(5, r"[\u3400-\u9fff]+"),
    "enum": Rule(20),
}


def fitted(key: str, value: str) -> str:
    """`value` as WeChat takes it under `key`. Raises VendorRejected (naming the key, never the value) when it cannot be."""
    plain = _BLANKS.sub(" ", value).strip() or EMPTY
    found = _KEY.fullmatch(key)
    rule = RULES.get(found[1]) if found else None
    if rule is None:
        raise VendorRejected(keyword=key, reason="unknown kind of keyword", delivered="no")
    longest = 10 if found and found[1] == "name" and _HAN.search(plain) else rule.longest
    if rule.cut and len(plain) > longest:
        plain = plain[: longest - 1] + "…"
    if len(plain) > longest or not re.fullmatch(rule.form, plain):
        raise VendorRejected(keyword=key, reason="the value does not fit the keyword", delivered="no")
    return plain


def as_time(moment: datetime) -> str:
    """Beijing's clock, fit for time and date."""
    return moment.astimezone(BEIJING).strftime("%Y年%m月%d日 %H:%M")
