"""Telephone number: mainland, Hong Kong, Taiwan, international, or masked the way people hide digits in samples."""

import re
from collections.abc import Iterable

from common.domain.parsing.fields.email import without_addresses
from common.domain.parsing.found import LABELLED, PATTERN, Found
from common.domain.parsing.rows import Row

_LABEL = (
    r"(?:电\s*话|電\s*話|手\s*机|手\s*機|联系方式|聯絡方式|聯繫方式|移动电话|行動電話|联系电话|"
    r"mobile|phone|\btel\b|\bcell\b)"
)
_DIGITS = r"[\dxX*＊×]"
_LABELLED = re.compile(
    rf"{_LABEL}[^\d+(（xX*\n]{{0,10}}([+(（]?{_DIGITS}[\dxX*＊×\-–\s()（）+]{{5,20}}{_DIGITS})", re.IGNORECASE
)
_MOBILE = re.compile(
    r"(?<![\d.])((?:[(（]?\+?\s?(?:00)?86[)）]?[\s-]{0,2})?1[3-9]\d[\s.-]?\d{4}[\s.-]?\d{4})(?![\dxX*])"
)
_MASKED = re.compile(
    rf"(?<![\d.])((?:[(（]?\+?\s?86[)）]?[\s-]{{0,2}})?1[3-9]{_DIGITS}[\s-]?{_DIGITS}{{3,4}}[\s-]?{_DIGITS}{{3,5}})(?![\w*])"
)
_INTERNATIONAL = re.compile(
    r"((?:[(（]\+\d{1,3}[)）]|\+\d{1,3})[\s.-]?(?:[(（]\d{1,4}[)）][\s.-]?)?\d[\d\s.-]{5,14}\d)(?![\s.-]?[\dxX*])"
)
_NORTH_AMERICAN = re.compile(r"(?<!\d)((?:\+?1[\s.-])?[(（]?\d{3}[)）]?[\s.-]?\d{3}[\s.-]\d{4})(?![\s.-]?[\dxX*])")
_TAIWAN = re.compile(r"(?<!\d)(09\d{2}[\s-]?\d{3}[\s-]?\d{3})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)([(（]?0\d{2,3}[)）]?[-\s]\d{7,8})(?!\d)")
_BRITISH = re.compile(r"(?<![\d.])(0\d{2,4}\s\d{3,4}\s\d{3,4})(?![\d.])")
_FORMS = (_MOBILE, _INTERNATIONAL, _NORTH_AMERICAN, _TAIWAN, _LANDLINE, _BRITISH, _MASKED)
_FEWEST_DIGITS, _MOST_DIGITS = 5, 17


def find_phone(rows: Iterable[Row]) -> Found | None:
    """A labelled number first; then by form, the most certain form anywhere before a less certain one."""
    texts = [(row, without_addresses(row.text[:300])) for row in rows]
    texts = [(row, text) for row, text in texts if len(re.findall(_DIGITS, text)) >= _FEWEST_DIGITS]
    for pattern, confidence in ((_LABELLED, LABELLED), *((form, PATTERN) for form in _FORMS)):
        for row, text in texts:
            found = pattern.search(text)
            inner = _MOBILE.search(found[1]) if found else None
            number = inner[1] if inner else _trimmed(found[1]) if found else ""
            if re.search(r"\d", number) and len(re.findall(_DIGITS, number)) <= _MOST_DIGITS:
                return Found(number, row, confidence)
    return None


def is_masked(number: str) -> bool:
    return bool(re.search(r"[xX*＊×]", number))


def _trimmed(number: str) -> str:
    number = re.split(r"\s{2,}", number.strip())[0]
    return number.lstrip("（(") if not re.search(r"[)）]", number) else number
