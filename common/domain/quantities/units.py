"""Units: what a number counts, and how many of the kind's own unit it is."""

import re
from decimal import Decimal

from common.domain.quantities.quantity import Kind

#: Pattern of the unit as it follows a number → kind and factor. The first that matches counts. \\b is the end of a Latin word,
#: in front of Chinese too: 800ms降到.
_UNITS: tuple[tuple[str, Kind, str], ...] = (
    (r"个?百分点|percentage points?\b", "points", "0.01"),
    (r"%|percent\b|pct\b", "ratio", "0.01"),
    (r"‰", "ratio", "0.001"),
    (r"成(?![功立为果员长本都就熟绩交分])", "ratio", "0.1"),
    (r"折(?![叠线旧])", "ratio", "0.1"),
    (r"倍|x(?![A-Za-z])|-?fold\b|times\b", "ratio", "1"),
    (r"个?月|months?\b|mos?\b", "months", "1"),
    (r"年|周年|years?\b|yrs?\b|学年", "months", "12"),
    (r"学期|个?季度|quarters?\b", "items", "1"),
    (r"毫秒|ms\b|milliseconds?\b", "seconds", "0.001"),
    (r"秒钟?|s(?![A-Za-z])|secs?\b|seconds?\b", "seconds", "1"),
    (r"分钟|mins?\b|minutes?\b", "seconds", "60"),
    (r"个?(?:小时|钟头)|h(?![A-Za-z])|hours?\b|hrs?\b", "seconds", "3600"),
    (r"天|日(?!均|活|志|常|语|本|系|间|程)|days?\b", "seconds", "86400"),
    (r"个?星期|周(?!边|末|报|期)|weeks?\b", "seconds", "604800"),
    (r"平方米|平米|m2\b|sqm\b", "area", "1"),
    (r"亩", "area", "666.7"),
    (r"公顷|hectares?\b", "area", "10000"),
    (r"公里|千米|km\b|kilomet(?:er|re)s?\b", "metres", "1000"),
    (r"厘米|cm\b", "metres", "0.01"),
    (r"毫米|mm\b", "metres", "0.001"),
    (r"米|met(?:er|re)s?\b|m(?![A-Za-z])", "metres", "1"),
    (r"公斤|千克|kg\b", "grams", "1000"),
    (r"斤", "grams", "500"),
    (r"吨|tons?\b|tonnes?\b", "grams", "1000000"),
    (r"TB?(?![A-Za-z])", "bytes", "1000000000000"),
    (r"GB?(?![A-Za-z])", "bytes", "1000000000"),
    (r"MB(?![A-Za-z])", "bytes", "1000000"),
    (r"KB(?![A-Za-z])", "bytes", "1000"),
    (r"元|块钱?|人民币|RMB\b|CNY\b|yuan\b", "money", "1"),
    (r"美元|美金|USD\b|dollars?\b", "money", "1"),
    (r"个人(?![信简博主能业贡账中信])|余?人(?![月天次均工])|余?[名位](?![列次])|people\b|persons?\b|members?\b|engineers?\b|developers?\b|students?\b|"
     r"employees?\b|users?\b|customers?\b|clients?\b", "people", "1"),
    (r"分(?![钟之布析享类工])|级(?![别])|points?\b", "grade", "1"),
    (r"[个项款种类套篇条门家次台部件场届支层份期轮版页张本座栋辆间所处组批步道大]|人次|余[个项款种家次篇条台]|"
     r"projects?\b|modules?\b|services?\b|teams?\b|countries\b|stores?\b|papers?\b|articles?\b|requests?\b", "items", "1"),
)  # fmt: skip
_COMPILED = tuple(
    (re.compile(rf"\s*(?:{pattern})".replace(r"\b", "(?![A-Za-z])"), re.IGNORECASE), kind, Decimal(factor))
    for pattern, kind, factor in _UNITS
)
_CURRENCIES = {
    "美元": "USD",
    "美金": "USD",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
}


def unit_after(text: str, at: int) -> tuple[Kind, Decimal, int, str]:
    """(kind, factor, where the unit ends, currency) of what stands at `at`; plain when it is no unit."""
    for pattern, kind, factor in _COMPILED:
        found = pattern.match(text, at)
        if found:
            return kind, factor, found.end(), _CURRENCIES.get(found[0].strip().lower(), "")
    return "plain", Decimal(1), at, ""


def currency_before(text: str, at: int) -> str:
    """ "$", "€" and the like in front of a number; ¥ and ￥ are yuan, which needs no name."""
    return _CURRENCIES.get(text[max(0, at - 1) : at], "")


def is_yuan_before(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at] in ("¥", "￥")
