"""An expected salary as printed, and in numbers: 12k-15k·14薪 → 12000 to 15000 yuan a month, 14 months."""

import re
from typing import Any

from pydantic import ConfigDict, Field, model_validator

from common.lazy_model import LazyModel

_NUMBER = r"\d{1,9}(?:,\d{3})*(?:\.\d{1,3})?"
_SCALE = r"[kK千wW万萬]"
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<first>{_SCALE})?\s*(?:元|RMB|¥)?\s*(?:[-–—~～至到]\s*(?P<high>{_NUMBER})\s*(?P<second>{_SCALE})?)?\s*(?:元|RMB)?"
)
_MONTHS = re.compile(r"(\d{2})\s*(?:薪|个月|個月)")
_UNITS = (
    ("year", re.compile(r"年薪|[/每一]年|年$|/\s*y", re.IGNORECASE)),
    ("day", re.compile(r"[/每]\s*[天日]|日薪")),
    ("hour", re.compile(r"[/每]\s*小?时|时薪")),
)
_FACTORS = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000, "萬": 10_000}
_WHOLE = re.compile(
    rf"(?:期望|月薪|年薪|税前|税后|薪资|约)*\s*[¥￥]?{_NUMBER}\s*{_SCALE}?\s*元?\s*(?:[-–—~～至到]\s*{_NUMBER}\s*{_SCALE}?)?\s*"
    r"(?:元|RMB)?\s*(?:以上|左右|以下|起)?\s*(?:[/每]\s*[月年天日]|·|\*|×|x)?\s*(?:\d{2}\s*薪)?|(?:薪资|待遇|薪水)?面[议議]"
)
_LEAST_PLAIN = 1_000


class Salary(LazyModel):
    """`text` as printed; `min` and `max` in yuan per `unit`, `months` paid a year. Numbers always follow from the text."""

    model_config = ConfigDict(extra="allow")

    text: str | None = None
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    unit: str | None = None
    months: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        """A text alone, as people and models write it, is read; an object with a text is read again from it."""
        text = value.get("text") if isinstance(value, dict) else value
        return (
            {**(value if isinstance(value, dict) else {}), "text": text, **_numbers(text)}
            if isinstance(text, str)
            else value
        )

    @classmethod
    def from_text(cls, text: str) -> "Salary":
        return cls.model_validate({"text": text})


def is_salary(text: str) -> bool:
    """12k-15k, 8000元/月, 面议: the whole text, with a unit or in thousands."""
    return (
        len(text) <= 40 and bool(_WHOLE.fullmatch(text)) and bool(re.search(rf"{_SCALE}|元|薪|面[议議]|\d{{4,}}", text))
    )


def _numbers(text: str) -> dict[str, Any]:
    found = _RANGE.search(_MONTHS.sub("", text)) if re.search(rf"{_SCALE}|元|薪|\d{{4}}", text) else None
    if found is None:
        return {"min": None, "max": None, "unit": None, "months": None}
    low, high = found["low"], found["high"]
    second = (found["second"] or found["first"] or "").lower()
    first = (found["first"] or (second if high else "")).lower()
    months = _MONTHS.search(text)
    return {
        "min": _yuan(low, first),
        "max": _yuan(high, second) if high else None,
        "unit": next((unit for unit, pattern in _UNITS if pattern.search(text)), "month"),
        "months": int(months[1]) if months else None,
    }


def _yuan(number: str, scale: str) -> int:
    return round(float(number.replace(",", "")) * _FACTORS.get(scale, 1))
