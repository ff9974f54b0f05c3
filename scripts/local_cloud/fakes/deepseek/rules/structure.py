"""The structure task: keep of a draft resume only what the numbered source lines really say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from scripts.local_cloud.fakes.deepseek.rules.contacts import find_email, find_name, find_phone
from scripts.local_cloud.fakes.deepseek.rules.evidence import Evidence

_LINE_NUMBER = re.compile(r"^\s*\d+\s*\|\s?")
# Values of these keys are conclusions (an enumeration, a country) and not quotations, so no line can hold them.
_CONCLUSIONS = frozenset(
    {"countryCode", "kind", "degree_level", "employment_type", "unit", "network", "full_time", "current", "type"}
)
# The parser's own bookkeeping about the document.
_BOOKKEEPING = frozenset({"meta", "$schema"})
_DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})


def corrected(lines: Sequence[str], draft: dict[str, Any]) -> dict[str, Any]:
    """Return the draft without scalars that occur in no line, and with name, email and phone filled from them.

    `lines` look like `12| 文字`; the draft is a JSON Resume with x_cn.
    """
    texts = [_LINE_NUMBER.sub("", line) for line in lines]
    resume = _kept_object(draft, Evidence(texts))
    found = {"name": find_name(texts), "email": find_email(texts), "phone": find_phone(texts)}
    basics = resume.get("basics") or {}
    missing = {key: value for key, value in found.items() if value and not basics.get(key)}
    if basics or missing:
        resume["basics"] = {**basics, **missing}
    return resume


def _kept_object(document: dict[str, Any], evidence: Evidence) -> dict[str, Any]:
    raw_date = (document.get("x_cn") or {}).get("date_raw") if isinstance(document.get("x_cn"), dict) else None
    dates_are_quoted = isinstance(raw_date, str) and evidence.has_text(raw_date)
    kept: dict[str, Any] = {}
    for key, value in document.items():
        if key in _BOOKKEEPING or key in _CONCLUSIONS or (key in _DATES and dates_are_quoted):
            kept[key] = value
        elif (checked := _checked(key, value, evidence)) is not None:
            kept[key] = checked
    return kept


def _checked(key: str, value: Any, evidence: Evidence) -> Any:
    """Return the value with everything unproven removed, None when nothing of it is left."""
    if isinstance(value, dict):
        return _kept_object(value, evidence) or ({} if not value else None)
    if isinstance(value, list):
        checked = [_checked(key, item, evidence) for item in value]
        kept = [item for item in checked if item is not None and _says_something(item)]
        return kept if kept or not value else None
    if isinstance(value, bool) or value is None or value == "":
        return value
    return value if evidence.proves(key, value) else None


def _says_something(value: Any) -> bool:
    """An entry of which only conclusions are left describes nothing any more."""
    if isinstance(value, dict):
        return any(_says_something(part) for key, part in value.items() if key not in _CONCLUSIONS)
    return value not in (None, "", [])
