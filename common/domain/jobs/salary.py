"""What a job pays, as printed and in fen a month: 15-25K·13薪, 1.5-2万/月, 200元/天, 20-30万/年, 面议.

An hour has no month (nobody knows how many are worked), so hourly pay keeps its text and has no figures.
"""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from pydantic import ConfigDict

from common.lazy_model import LazyModel

#: Paid days of a month by the rule of 人社部发〔2025〕2号 and its forerunners: 21.75.
DAYS_OF_A_MONTH = Decimal("21.75")
FEN = 100
#: Beyond this a printed figure is a slip of the pen, not a salary: ten million yuan a month.
_MOST_FEN = 10_000_000 * FEN

_NUMBER = r"(?P<{0}>\d{{1,9}}(?:\.\d{{1,4}})?)"
_UNIT = r"(?P<{0}>k|千|w|万|元)?"
_RANGE = re.compile(
    rf"{_NUMBER.format('low')}\s*{_UNIT.format('low_unit')}\s*元?\s*"
    rf"(?:[-~至到]+\s*{_NUMBER.format('high')}\s*{_UNIT.format('high_unit')})?"
)
_MONTHS = re.compile(r"(\d{2})\s*(?:薪|个月)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PERIODS = (
    ("year", re.compile(r"年薪|(?:/|每|一)\s*年|年$")),
    ("day", re.compile(r"日薪|(?:/|每|一)\s*[天日]|[天日]$")),
    ("hour", re.compile(r"时薪|(?:/|每|一)\s*(?:个\s*)?(?:小?时|钟头)|小时$")),
)
_PER_MONTH = {"month": Decimal(1), "year": 1 / Decimal(12), "day": DAYS_OF_A_MONTH}
_FACTORS = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "元": 1}
_AT_MOST, _AT_LEAST = re.compile(r"以下|以内|不超过"), re.compile(r"以上|起")
#: A bare number below this is no monthly pay in yuan; boards that leave the unit out mean thousands nowhere.
_LEAST_PLAIN = 500
_LONGEST = 60


class JobSalary(LazyModel):
    """`min_fen` and `max_fen` a month, before tax as printed; None where the text names no figure. `months` are paid a year."""

    model_config = ConfigDict(frozen=True)

    text: str
    min_fen: int | None = None
    max_fen: int | None = None
    months: int | None = None


def read_salary(text: str | None, *, months: str | None = None) -> JobSalary | None:
    """None without a text. `months` is where a board states 13薪 in a field of its own. Never raises."""
    shown = (text or "").strip()[:_LONGEST]
    if not shown:
        return None
    plain = _THOUSANDS.sub("", _folded(shown))
    paid = _MONTHS.search(plain) or _MONTHS.search(_folded(months or ""))
    low, high = _monthly(_MONTHS.sub("", plain))
    return JobSalary(text=shown, min_fen=low, max_fen=high, months=_plausible_months(paid))


def _folded(text: str) -> str:
    """Full-width and dashes of every kind as their plain forms."""
    return re.sub("[‐‑‒–—―−~〜～]", "-", unicodedata.normalize("NFKC", text).casefold()).replace("萬", "万")


def _plausible_months(found: re.Match[str] | None) -> int | None:
    return int(found[1]) if found and 12 <= int(found[1]) <= 36 else None


def _monthly(text: str) -> tuple[int | None, int | None]:
    found = _RANGE.search(text)
    period = next((name for name, pattern in _PERIODS if pattern.search(text.strip(" ·*"))), "month")
    if found is None or period == "hour":
        return None, None
    low_unit, high_unit = found["low_unit"], found["high_unit"]
    high = _fen(found["high"], high_unit or low_unit, period) if found["high"] else None
    low = _fen(found["low"], low_unit or (high_unit if found["high"] else None), period)
    return _ordered(low, high, text)


def _ordered(low: int | None, high: int | None, text: str) -> tuple[int | None, int | None]:
    """A range written the wrong way round is turned; a single figure is a bound where the text says so, else both."""
    if low is None or (high is None and _AT_LEAST.search(text)):
        return low, high
    if high is None:
        return (None, low) if _AT_MOST.search(text) else (low, low)
    return min(low, high), max(low, high)


def _fen(number: str, unit: str | None, period: str) -> int | None:
    if unit is None and period == "month" and Decimal(number) < _LEAST_PLAIN:
        return None
    yuan = Decimal(number) * _FACTORS.get(unit or "元", 1) * _PER_MONTH[period]
    fen = int((yuan * FEN).to_integral_value(ROUND_HALF_UP))
    return fen if 0 < fen <= _MOST_FEN else None
