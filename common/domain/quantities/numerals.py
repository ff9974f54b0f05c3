"""Chinese and English numerals → Decimal: 一百二十, 两千万, 一万五千, three, twenty-five."""

from decimal import Decimal

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
MULTIPLES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "k": 3, "w": 4, "m": 6, "b": 9, "mn": 6, "bn": 9,
             "thousand": 3, "million": 6, "billion": 9, "hundred": 2}  # fmt: skip
ENGLISH = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())} | {word: value * 10 for value, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)} | {"dozen": 12}  # fmt: skip


def chinese_value(numeral: str) -> Decimal:
    """一万五 is 15,000 as people say it; 二〇二四 and 一二三 are read digit by digit."""
    if len(numeral) > 1 and all(char in DIGITS for char in numeral):
        return Decimal("".join(str(DIGITS[char]) for char in numeral))
    total = section = digit = 0
    unit = 1
    for char in numeral:
        if char in DIGITS:
            digit = DIGITS[char]
            unit = unit if digit else 1
        elif char in ("万", "亿"):
            total, section, digit = (total + section + digit) * 10 ** MULTIPLES[char], 0, 0
            unit = int(10 ** MULTIPLES[char] // 10)
        else:
            unit = int(10 ** MULTIPLES[char])
            section, digit, unit = section + (digit or 1) * unit, 0, unit // 10
    colloquial = digit * unit if unit > 1 and numeral[-1] in DIGITS and "零" not in numeral[-2:] else digit
    return Decimal(total + section + colloquial)


def scaled(digits: str, multiple: str) -> Decimal:
    """ "1.5" and "万" → 15000; "3" and "千万" → 30000000; commas are allowed."""
    power = MULTIPLES.get(multiple.lower().strip()) if multiple else 0
    if power is None:
        power = sum(MULTIPLES[char] for char in multiple)
    return Decimal(digits.replace(",", "")).scaleb(power).normalize() + 0


def english_value(words: str) -> Decimal:
    """ "twenty-five" → 25."""
    return Decimal(sum(ENGLISH[word] for word in words.lower().replace("-", " ").split()))
