"""Text → its quantities, in order, however they are spelt: 10w = 10万 = 100,000, 三个 = 3个, 百分之五十 = 50% = 一半."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
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
    r"进一步|第三方|第一时间|第一线|第一性|第二课堂|万一|千万(?:别|不)|十分(?!钟)|二次(?:开发|封装|创业|元)|一次性|三次握手|四次挥手|百分百|"
    r"[零一二三四五六七八九十]+[手线维方岸星农]|五险一金|24/7|7[×x*]24(?:小时)?|\d{1,2}:\d{2}"
)
_ARTICLE = re.compile(
    rf"(?<![{_HAN}第前])一(?=[个项款种类套篇条家次台部件场期支份轮张名位站批座])(?!个?(?:月|季度|小时|星期|百分点))"
)
_LEAST_BEFORE = re.compile(
    r"(?:超过?|逾|突破|多达|不少于|不低于|至少|大于|over|more than|above|at least|exceed(?:ing|ed|s)?)\s*$", re.I
)
_ABOUT_BEFORE = re.compile(
    r"(?:约|近|接近|将近|不到|不足|(?<![\d\s])[~～]|≈|about|around|roughly|nearly|almost|approximately|up to)\s*$", re.I
)
_LEAST_AFTER = re.compile(
    r"\s*(?:\+|余|几(?=\s?[\u4e00-\u9fff])|多(?!媒体|元化|样|语言|平台|维|线程|端|方)(?=\s?[\u4e00-\u9fff])|以上|之多|plus\b)"
)
_ABOUT_AFTER = re.compile(r"\s*(?:左右|上下|以内)")
_LATIN_BEFORE = re.compile(r"[A-Za-z][A-Za-z+#.]*([ \-_]?)$")
_SCORED = re.compile(r"(?:GPA|score|TOEFL|IELTS)[ \-:：]*$", re.I)
_YEAR_BEFORE = re.compile(r"\b(?:from|in|since|to|until|till|by|of|during|between|and|through)\s+$", re.I)
_RANKED = re.compile(r"(?:排名|排行|名次|位列|rank(?:ed)?)\D{0,6}$", re.I)

#: Python 3, but not Managed 3: a capital at the beginning of a sentence makes no name.
_NAME_BEFORE = re.compile(r"[a-z,(/&\-]\s+[A-Z][A-Za-z+#.]*\s?$|[A-Z]{2,}[A-Za-z+#.]*\s?$")
_CHINESE = re.compile("[\u4e00-\u9fff]")

_Match = re.Match[str]


def quantities(text: str, *, articles: bool = False) -> list[Quantity]:
    """`text` is NFKC normalised. 第三方 and 十分 are words, and so is 一周 in front of what is done in one: 一周16节.

    With `articles`, 一个 is a quantity too.
    """
    blanked = _PER.sub(_blank, _NO_NUMBER.sub(_blank, text))
    return sorted((one for one in _read(blanked) if articles or not one.article), key=lambda one: one.at)


def _blank(found: _Match) -> str:
    return " " * len(found[0])


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


def _month_year(found: _Match, text: str) -> Quantity:
    year = Decimal(found["y"])
    value = year * 100 + _MONTHS.index(found["m"].lower()[:3]) + 1
    return _made(found, value, "date", text=text, count=year, digits=found["y"])


def _quarter(found: _Match, text: str) -> Quantity:  # noqa: ARG001
    number = found["a"] or found["b"]
    value = Decimal("一二三四".find(number) + 1 or int(number))
    return Quantity(value, value, "version", found[0], found.start(), found.end(), digits=f"Q{value}", attached=True)


def _place(found: _Match, text: str) -> Quantity:
    return _made(found, Decimal(_ORDINALS.index((found["n"] or found["m"]).lower()) + 1), "rank", text=text)


def _fold(found: _Match, text: str) -> Quantity:
    number = found["n"]
    return _made(found, Decimal(number) if number.isdigit() else english_value(number), "ratio", text=text)


def _one(found: _Match, text: str) -> Quantity:
    kind, factor, end, _ = unit_after(text, found.end())
    return replace(_made(found, factor, kind, text=text, end=end, count=Decimal(1)), article=True)


def _fraction(found: _Match, text: str) -> Quantity:
    part, whole = Decimal(found["a"]), Decimal(found["b"])
    ranked = _RANKED.search(text[: found.start()]) or whole > 10
    share = "." not in found[0] and not ranked and Decimal(0) < part < whole
    value = part / whole if share else part + whole / Decimal(10**9)
    return _made(found, value, "ratio" if share else "grade")


def _of_hundred(found: _Match, text: str) -> Quantity:
    whole = _number_of(found["whole"]) if found["whole"] else Decimal(100)
    ranked = re.search(r"(?:前|top\s?)$", text[: found.start()], re.I)
    return _made(found, _number_of(found["part"]) / whole, "rank" if ranked else "ratio")


def _rank(found: _Match, text: str) -> Quantity | None:
    kind, _, end, _ = unit_after(text, found.end())
    if found["front"] and kind in ("months", "seconds"):
        return None  # 前三年 is a time
    value = _number_of(found["n"])
    if kind == "ratio" and text[found.end() : end].strip().lower() in ("%", "percent"):
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


def _claim(found: _Match, text: str) -> Quantity:
    low, high = next((low, high) for pattern, low, high in _CLAIMS if re.fullmatch(pattern, found[0], re.I))
    bound = _bound(text, found.start(), found.end(), more=False)
    return _made(found, Decimal(low), "ratio", high=Decimal(high), vague=low != high, bound=bound)


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
    is_year = kind == "plain" and bool(re.fullmatch(r"(?:19|20)\d{2}", digits))
    is_year = is_year and (not before or bool(_YEAR_BEFORE.search(text[: found.start()])))
    is_name = before and (
        _NAME_BEFORE.search(text[: found.start()]) or before[1] != " " or "." in digits or _CHINESE.search(text)
    )
    named = is_name and kind == "plain" and digits and not is_year and not _SCORED.search(text[: found.start()])
    attached = bool(before and before[1] != " ")
    if named:
        kind = "version"
    elif is_year:
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
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_PER = re.compile(
    r"(?<![\u4e00-\u9fff])一(?:年|周|天|个?月|学期|个?季度)(?=[\u4e00-\u9fff]{0,4}?\s?[\d一二三四五六七八九十])"
)
_WORD_NUMBERS = "|".join(sorted((word for word in ENGLISH if word not in ("zero", "one")), key=len, reverse=True))

_FORMS: tuple[tuple[re.Pattern[str], Callable[[_Match, str], Quantity | None]], ...] = (
    (re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})\s*(?:[./\-]|年)\s*(?P<m>\d{1,2})(?:月|(?![\d.]))"), _date),
    (re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d{2})\s*(?P<m>)年"), _date),
    (
        re.compile(rf"\b(?P<m>(?:{'|'.join(_MONTHS)})[a-z]*)\.?,?\s+(?P<y>(?:19|20)\d{{2}})(?!\d)", re.I),
        _month_year,
    ),
    (re.compile(r"第(?P<a>[一二三四1-4])季度|\bQ(?P<b>[1-4])(?!\d)", re.I), _quarter),
    (
        re.compile(
            rf"\b(?P<n>{'|'.join(_ORDINALS)})(?=[ -](?:place|prize|class|runner|rank|out of|of \d|in (?:the|my|class)))"
            rf"|(?:(?<=ranked )|(?<=ranking )|(?<=placed ))(?P<m>{'|'.join(_ORDINALS)})\b",
            re.I,
        ),
        _place,
    ),
    (re.compile(rf"\b(?P<n>\d+|{'|'.join(ENGLISH)})[ -]?fold\b", re.I), _fold),
    (_ARTICLE, _one),
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
