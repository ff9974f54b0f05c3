"""Quantities in a sentence, however they are spelt: 10w = 10万 = 100,000, 三个 = 3个, 百分之五十 = 50%, 两倍 = 2倍."""

import re
from decimal import Decimal

_MULTIPLES = {"百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "k": 3, "w": 4}
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}

_ARABIC = re.compile(
    r"(百分之\s*)?(\d+(?:,\d{3})+(?:\.\d+)*|\d+(?:\.\d+)*)\s*(%|万亿|[十百千]万|[百千万亿]|[wWkK](?![A-Za-z]))?(倍)?"
)
_YEAR_MONTH = re.compile(r"(?<![\d.])((?:19|20)\d{2})[./](\d{1,2})(?![\d.])")

_HAN = "零〇一二两三四五六七八九十百千万亿"
_MEASURE = "[个名位人次年月日天周轮期级条项款种类家台套篇本部件倍场门届支层元块大段份]|小时|分钟|季度"
_CHINESE = re.compile(
    rf"(百分之|第)([{_HAN}]+)|(?<![{_HAN}第])([一二两三四五六七八九][{_HAN}]*[十百千万亿][{_HAN}]*|十[{_HAN}]*|[二两三四五六七八九])"
    rf"(?=(倍)|({_MEASURE}))|(?<![{_HAN}第])([一二两三四五六七八九][{_HAN}]*[十百千万亿])(?![{_HAN}])"
)
_IDIOMS = re.compile("第三方|第一时间|第一线|万一|千万别")
_VAGUE = re.compile("[数几上近过超][十百千万亿]+|翻倍|翻番|翻了?[一两]番|一半|过半|减半|倍增|成倍")


def quantities(text: str) -> dict[str, str]:
    """Value in one spelling → as printed. `text` is NFKC normalised. 一个 counts as an article, not as a number."""
    text = _IDIOMS.sub("", text)
    found = {_arabic(match): match[0].strip() for match in _ARABIC.finditer(text)}
    found |= {_chinese(match): match[0] + (match[4] or match[5] or "") for match in _CHINESE.finditer(text)}
    return found | {claim: claim for claim in _VAGUE.findall(text)}


def known_quantities(text: str) -> set[str]:
    """The same for the original, where a date counts with its parts: 2019.05 may become 2019年5月."""
    dates = _YEAR_MONTH.findall(text)
    return set(quantities(text)) | {str(int(part)) for date in dates for part in date}


def _arabic(match: re.Match[str]) -> str:
    percent, printed, unit, times = match.groups()
    number, unit = printed.replace(",", ""), (unit or "").lower()
    suffix = "%" if percent or unit == "%" else "倍" if times else ""
    if unit in _MULTIPLES and number.count(".") < 2:
        return f"{Decimal(number).scaleb(_MULTIPLES[unit]):f}".removesuffix(".0") + suffix
    return (str(int(number)) if number.isdigit() else number) + suffix


def _chinese(match: re.Match[str]) -> str:
    kind, numeral, counted, times, _, bare = match.groups()
    value = str(_value(numeral or counted or bare))
    if kind == "第":
        return f"第{value}"
    return value + ("%" if kind else "倍" if times else "")


def _value(numeral: str) -> int:
    total = section = digit = 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section, digit = section + (digit or 1) * _TENS[char], 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    return total + section + digit
