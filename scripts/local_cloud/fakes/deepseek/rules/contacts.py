"""Finds the name, email and phone of a resume's owner in its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PHONE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?(1[3-9]\d[-\s]?\d{4}[-\s]?\d{4})(?!\d)")
_LABELLED_NAME = re.compile(r"姓\s*名\s*[:：]?\s*([\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .'-]{1,40})")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,3}")
_LATIN_NAME = re.compile(r"[A-Z][a-z'-]+(?: [A-Z][A-Za-z.'-]*){1,3}")
_HEADINGS = re.compile(
    r"简历|求职|意向|教育|工作|项目|实习|技能|经历|信息|评价|证书|荣誉|校园|联系|resume|vitae", re.IGNORECASE
)
_NAME_IS_WITHIN_LINES = 8


def find_email(lines: Sequence[str]) -> str | None:
    return _first(_EMAIL, lines, 0)


def find_phone(lines: Sequence[str]) -> str | None:
    """Return a mainland mobile number as it is printed, without a country code."""
    return _first(_PHONE, lines, 1)


def find_name(lines: Sequence[str]) -> str | None:
    """Return the labelled name, or else the first line that is nothing but a name."""
    if labelled := _first(_LABELLED_NAME, lines, 1):
        return labelled.strip()
    for line in lines[:_NAME_IS_WITHIN_LINES]:
        text = line.strip().lstrip("#").strip()
        if _HEADINGS.search(text):
            continue
        if _HAN_NAME.fullmatch(text):
            return re.sub(r"\s", "", text)
        if _LATIN_NAME.fullmatch(text):
            return text
    return None


def _first(pattern: re.Pattern[str], lines: Sequence[str], group: int) -> str | None:
    return next((match.group(group) for line in lines if (match := pattern.search(line))), None)
