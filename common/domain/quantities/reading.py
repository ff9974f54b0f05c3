"""Text → its quantities, in order, however they are spelt: 10w = 10万 = 100,000, 三个 = 3个, 百分之五十 = 50% = 一半."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from common.domain.quantities.numerals import ENGLISH, chinese_value, english_value, scaled
from common.domain.quantities.quantity import Bound, Kind, Quantity
from common.domain.quantities.units import currency_before, is_yuan_before, unit_after

_HAN = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*"
_MULTIPLE = (
    r"\s*(?:万亿|[十百千]万|[百千万亿]|[wWkK](?![A-Za-z])|(?:mn|bn|[MB])(?![A-Za-z])|"
    r"(?:hundred|thousand|million|billion)\b)"
)
_NO_NUMBER = re.compile(
    r"第三方|第一时间|第一线|第一性|第二课堂|万一|千万(?:别|不)|十分(?!钟)|二次(?:开发|封装|创业|元)|一次性|三次握手|四次挥手|百分百|"
    r"[零一二三四五六七八九十]+[手线维方岸星农]|五险一金|24/7|7[×x*]24(?:小时)?|\d{1,2}:\d{2}"
)
_SKIP_ONE = re.compile(rf"(?<![{_HAN}第前])一(?=[个项款种类套篇条家次台部件场支份轮张名位站批步座])")
_LEAST_BEFORE = re.compile(
    r"(?:超过?|逾|突破|多达|不少于|不低于|至少|大于|over|more than|above|at least|exceed(?:ing|ed|s)?)\s*$", re.I
)
_ABOUT_BEFORE = re.compile(
    r"(?:约|近|接近|将近|不到|不足|~|～|≈|about|around|nearly|almost|approximately|up to)\s*$", re.I
)
_LEAST_AFTER = re.compile(r"\s*(?:\+|余|多(?=[个名位人家项次万亿种款台条篇年月天])|以上|之多|plus\b)")
_ABOUT_AFTER = re.compile(r"\s*(?:左右|上下|以内)")
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z+#.]*([ \-_]?)$")
_SCORED = re.compile(r"(?:GPA|score|TOEFL|IELTS)[ \-:：]*$", re.I)
_RANKED = re.compile(r"(?:排名|排行|名次|位列|rank(?:ed)?)\D{0,6}$", re.I)

_Match = re.Match[str]


def quantities(text: str) -> list[Quantity]:
    """`text` is NFKC normalised. 一个 counts as an article, 第三方 and 十分 as words."""
    blanked = _SKIP_ONE.sub(" ", _NO_NUMBER.sub(lambda found: " " * len(found[0]), text))
    return sorted(_read(blanked), key=lambda one: one.at)


def _read(text: str) -> Iterator[Quantity]:
    taken = bytearray(len(text))
    for pattern, make in _FORMS:
        for found in pattern.finditer(text):
            if any(taken[found.start() : found.end()]):
                continue
            quantity = make(found, text)
            if quantity:
                taken[found.start() : max(quantity.end, found.end())] = b"\1" * (
                    max(quantity.end, found.end()) - found.start()
                )
                yield quantity


def _date(found: _Match, text: str) -> Quantity | None:  # noqa: ARG001 - all makers are called alike
    year, month = found["y"], found["m"]
    if month and int(month) not in range(1, 13):
        return None
    value = Decimal(int(year) * 100 + int(month or 0))
    return Quantity(
        value, value, "date", found[0].strip(), found.start(), found.end(), count=Decimal(year), digits=year
    )


def _fraction(found: _Match, text: str) -> Quantity:
    part, whole = Decimal(found["a"]), Decimal(found["b"])
    ranked = _RANKED.search(text[: found.start()]) or whole > 10
    share = "." not in found[0] and not ranked and Decimal(0) < part < whole
    value = part / whole if share else part + whole / Decimal(10**9)
    return _made(found, value, "ratio" if share else "grade")


def _of_hundred(found: _Match, text: str) -> Quantity:  # noqa: ARG001
    whole = _number_of(found["whole"]) if found["whole"] else Decimal(100)
    return _made(found, _number_of(found["part"]) / whole, "ratio")


def _rank(found: _Match, text: str) -> Quantity | None:
    kind, _, end, _ = unit_after(text, found.end())
    if found["front"] and kind in ("months", "seconds"):
        return None  # 前三年 is a time
    value = _number_of(found["n"])
    if kind == "ratio" and text[found.end() : end].strip() == "%":
        return _made(found, value / 100, "rank", text=text, end=end)
    ends = re.compile(r"\s*[名位]").match(text, found.end())
    return _made(found, value, "rank", text=text, end=ends.end() if ends else found.end())


def _range(found: _Match, text: str) -> Quantity:
    """上百, 数千, 千万级, 近万: a range, which a number of the original has to lie in."""
    unit = scaled("1", found["unit"])
    spans = {"数": (2 * unit, 10 * unit - 1), "几": (2 * unit, 10 * unit - 1), "近": (unit * Decimal("0.8"), unit)}
    low, high = spans.get(found["how"], (unit, 10 * unit - 1))
    kind, factor, end, currency = unit_after(text, found.end())
    return _made(
        found, low * factor, kind, text=text, end=end, high=high * factor, vague=True, currency=currency, count=low
    )


def _many(found: _Match, text: str) -> Quantity:  # noqa: ARG001
    low, high = _ENGLISH_MANY[found[1].lower()]
    return _made(found, Decimal(low), "plain", high=Decimal(high), vague=True)


def _claim(found: _Match, text: str) -> Quantity:  # noqa: ARG001
    low, high = next((low, high) for pattern, low, high in _CLAIMS if re.fullmatch(pattern, found[0], re.I))
    return _made(found, Decimal(low), "ratio", high=Decimal(high), vague=low != high)


def _arabic(found: _Match, text: str) -> Quantity:
    printed, multiple = found["n"], found["multiple"] or ""
    if printed.count(".") > 1:
        return _made(found, Decimal(0), "version", digits=printed)
    return _counted(found, text, scaled(printed, multiple), printed if not multiple else "")


def _chinese(found: _Match, text: str) -> Quantity | None:
    numeral = found[0]
    kind, *_ = unit_after(text, found.end())
    more = _LEAST_AFTER.match(text, found.end())
    stands_alone = len(numeral) > 1 and numeral[-1] in "十百千万亿"
    if kind == "plain" and not more and not stands_alone:
        return None
    return _counted(found, text, chinese_value(numeral), "")


def _english(found: _Match, text: str) -> Quantity:
    value = english_value(found[1]) * (scaled("1", found[2]) if found[2] else 1)
    return _counted(found, text, value, "")


def _counted(found: _Match, text: str, value: Decimal, digits: str) -> Quantity:
    """A number with what follows it: 余, a unit, 以上; and what stands before it: 超过, ¥, the word it belongs to."""
    more = _LEAST_AFTER.match(text, found.end())
    kind, factor, end, currency = unit_after(text, more.end() if more else found.end())
    end = end if kind != "plain" else more.end() if more else found.end()
    bound = _bound(text, found.start(), end, more=more is not None)
    currency = currency or currency_before(text, found.start())
    if currency or is_yuan_before(text, found.start()):
        kind = "money"
    before = _LATIN_BEFORE.search(text[: found.start()])
    named = before and kind == "plain" and digits and not _SCORED.search(text[: found.start()])
    attached = bool(before and before[1] != " ")
    if named:
        kind = "version"
    elif kind == "plain" and re.fullmatch(r"(?:19|20)\d{2}", digits):
        return _made(found, value * 100, "date", text=text, count=value, digits=digits)
    return _made(found, value * factor, kind, text=text, end=end, bound=bound, currency=currency, count=value,
                 digits=digits, attached=attached)  # fmt: skip


def _bound(text: str, start: int, end: int, *, more: bool) -> Bound:
    before = text[max(0, start - 16) : start]
    if more or _LEAST_BEFORE.search(before) or _LEAST_AFTER.match(text, end):
        return "least"
    return "about" if _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(text, end) else "exact"


def _made(
    found: _Match, low: Decimal, kind: Kind, *, text: str = "", end: int = 0, high: Decimal | None = None,
    bound: Bound = "exact", vague: bool = False, currency: str = "", count: Decimal | None = None, digits: str = "",
    attached: bool = False,
) -> Quantity:  # fmt: skip
    end = max(end, found.end())
    return Quantity(
        low, low if high is None else high, kind, (text[found.start() : end] if text else found[0]).strip(), found.start(), end,
        bound, vague, currency, digits, low if count is None else count, attached,
    )  # fmt: skip


def _number_of(text: str) -> Decimal:
    """Arabic or Chinese, as a pattern found it."""
    return Decimal(text) if text[0].isdigit() else chinese_value(text)


_N = rf"(?:{_NUMBER}|[{_HAN}]+)"
_CLAIMS = (
    (r"翻倍|翻番|翻了?一[倍番]|double[ds]?|doubling|成倍|倍增", 1, 2),
    (r"翻了?两番", 3, 4),
    (r"过半|大半|over half|more than half", Decimal("0.5"), 1),
    (r"一半|减半|半数|half|halved|halving", Decimal("0.5"), Decimal("0.5")),
    (r"tripled?|tripling", 2, 3),
    (r"twice", 2, 2),
)
_ENGLISH_MANY = {
    "dozens": (24, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 999_999),
    "millions": (2 * 10**6, 10**9 - 1),
}
_WORD_NUMBERS = "|".join(sorted((word for word in ENGLISH if word not in ("zero", "one")), key=len, reverse=True))

_FORMS: tuple[tuple[re.Pattern[str], Callable[[_Match, str], Quantity | None]], ...] = (
    (re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})\s*(?:[./\-]|年)\s*(?P<m>\d{1,2})(?:月|(?![\d.]))"), _date),
    (re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})\s*(?P<m>)年"), _date),
    (re.compile(rf"百分之\s*(?P<part>{_N})(?P<whole>)"), _of_hundred),
    (re.compile(rf"(?P<whole>[{_HAN}]+|\d+)分之(?P<part>[{_HAN}]+|\d+)"), _of_hundred),
    (re.compile(r"(?<![\d./])(?P<a>\d+(?:\.\d+)?)\s*/\s*(?P<b>\d+(?:\.\d+)?)(?![\d/%])"), _fraction),
    (re.compile(rf"(?:第|(?P<front>前|\btop[ \-]?)|\bno\.?\s?)\s*(?P<n>\d+(?:\.\d+)?|[{_HAN}]+)", re.I), _rank),
    (re.compile(r"(?P<front>)\b(?P<n>\d{1,3})(?:st|nd|rd|th)\b", re.I), _rank),
    (re.compile(r"(?P<how>[上数几近])(?P<unit>[十百千万亿]+)级?"), _range),
    (re.compile(rf"(?P<how>)(?<![\d{_HAN}])(?<!\d )(?P<unit>[十百千万亿]+)级"), _range),
    (re.compile(r"\b(dozens|hundreds|thousands|millions) of\b", re.I), _many),
    (re.compile("|".join(pattern for pattern, *_ in _CLAIMS), re.I), _claim),
    (re.compile(rf"(?P<n>{_NUMBER})(?P<multiple>{_MULTIPLE})?"), _arabic),
    (
        re.compile(
            rf"\b((?:{_WORD_NUMBERS})(?:-(?:{_WORD_NUMBERS}))?)(?:\s+(hundred|thousand|million|billion))?\b", re.I
        ),
        _english,
    ),
    (re.compile(rf"[{_HAN}]+"), _chinese),
)
