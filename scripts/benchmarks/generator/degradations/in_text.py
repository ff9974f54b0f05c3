"""Damage to the printed strings, whatever the format: characters that look right and are others."""

import re
from collections.abc import Callable

from scripts.benchmarks.generator.sheet import Sheet, with_texts

#: Han → the Kangxi radical of the same shape, as fonts and converters leave them behind.
RADICALS = {
    "一": "⼀", "人": "⼈", "力": "⼒", "土": "⼟", "大": "⼤", "女": "⼥", "子": "⼦", "小": "⼩", "山": "⼭", "工": "⼯",
    "心": "⼼", "手": "⼿", "文": "⽂", "方": "⽅", "日": "⽇", "月": "⽉", "水": "⽔", "用": "⽤", "目": "⽬", "生": "⽣",
    "立": "⽴", "自": "⾃", "行": "⾏", "西": "⻄", "见": "⻅", "言": "⾔", "车": "⻋", "金": "⾦", "长": "⻓", "门": "⻔",
    "青": "⻘", "面": "⾯", "页": "⻚", "高": "⾼",
}  # fmt: skip


def kangxi(sheet: Sheet) -> Sheet:
    return with_texts(sheet, lambda text: "".join(RADICALS.get(char, char) for char in text))


def odd_separators(sheet: Sheet) -> Sheet:
    """Soft hyphens inside phone numbers, no-break and ideographic blanks between words, as browsers and Word leave them."""

    def change(text: str) -> str:
        text = re.sub(r"(?<=\d{3})[ -]?(?=\d{4}(?!\d))", "\u00ad", text)
        return text.replace("  ", "\u3000").replace(" ", "\u00a0")

    return with_texts(sheet, change)


def full_width(sheet: Sheet) -> Sheet:
    """Digits and Latin letters in the width of Han, as some input methods type them; addresses stay as they are."""
    return with_texts(sheet, lambda text: text if "@" in text else text.translate(_WIDE))


_WIDE = {code: code - 0x21 + 0xFF01 for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}

IN_TEXT: dict[str, Callable[[Sheet], Sheet]] = {
    "kangxi_text": kangxi,
    "odd_separators": odd_separators,
    "full_width": full_width,
}
