"""Telephone number: mainland mobile, landline, international, or masked the way people hide digits in samples."""

import re
from collections.abc import Iterable

from common.domain.parsing.found import LABELLED, PATTERN, Found
from common.domain.parsing.rows import Row

_LABEL = r"(?:电\s*话|電\s*話|手\s*机|手\s*機|联系方式|移动电话|mobile|phone|\btel\b|\bcell\b)"
_DIGITS = r"[\dxX*＊]"
_LABELLED = re.compile(
    rf"{_LABEL}[^\d+(（xX*\n]{{0,10}}([+(（]?{_DIGITS}[\dxX*\-–\s()（）+]{{5,20}}{_DIGITS})", re.IGNORECASE
)
_MOBILE = re.compile(r"(?<![\d.])((?:[(（]?\+?\s?86[)）]?[\s-]*)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?![\dxX*])")
_MASKED = re.compile(
    rf"(?<![\d.])((?:[(（]?\+?\s?86[)）]?[\s-]*)?1[3-9]{_DIGITS}[\s-]?{_DIGITS}{{3,4}}[\s-]?{_DIGITS}{{3,5}})(?![\w*])"
)
_INTERNATIONAL = re.compile(
    r"((?:[(（]\+\d{1,3}[)）]|\+\d{1,3})[\s.-]?(?:[(（]\d{1,4}[)）][\s.-]?)?\d[\d\s.-]{5,14}\d)(?![\s.-]?[\dxX*])"
)
_NORTH_AMERICAN = re.compile(r"(?<!\d)((?:\+?1[\s.-])?[(（]?\d{3}[)）]?[\s.-]?\d{3}[\s.-]\d{4})(?![\s.-]?[\dxX*])")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[-\s]\d{7,8})(?!\d)")
_FORMS = (_MOBILE, _INTERNATIONAL, _NORTH_AMERICAN, _LANDLINE, _MASKED)


def find_phone(rows: Iterable[Row]) -> Found | None:
    """A labelled number first; then by form, the most certain form anywhere before a less certain one."""
    rows = list(rows)
    for pattern, confidence in ((_LABELLED, LABELLED), *((form, PATTERN) for form in _FORMS)):
        for row in rows:
            found = pattern.search(row.text)
            if found and re.search(r"\d", found[1]):
                return Found(_trimmed(found[1]), row, confidence)
    return None


def _trimmed(number: str) -> str:
    number = re.split(r"\s{2,}", number.strip())[0]
    return number.lstrip("（(") if not re.search(r"[)）]", number) else number
