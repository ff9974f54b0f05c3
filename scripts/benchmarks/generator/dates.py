"""How people print a period: every form of the Chinese convention, with the truth that form still tells."""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.benchmarks.generator.person import Language, Month, Period

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = "January February March April May June July August September October November December".split()
_FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@dataclass(frozen=True)
class DateForm:
    """`month` prints one end, `between` stands between both, `now` is what goes on; a year alone tells only the year.

    `duration` adds how long it was.
    """

    month: Callable[[Month], str]
    between: str
    now: str
    years_only: bool = False
    duration: bool = False

    def printed(self, period: Period) -> str:
        end = self.now if period.end is None else self.month(period.end)
        start = self.month(period.start)
        lasted = f"（{_duration(period)}）" if self.duration and period.end else ""
        return start if start == end else f"{start}{self.between}{end}{lasted}"

    def truth(self, period: Period) -> dict[str, str | None]:
        start, end = self._iso(period.start), "present" if period.end is None else self._iso(period.end)
        return {"start": start, "end": None if self.years_only and start == end else end}

    def _iso(self, month: Month) -> str:
        return f"{month.year}" if self.years_only else f"{month.year}-{month.month:02d}"


def _duration(period: Period) -> str:
    end = period.end or period.start
    years, months = divmod((end.year - period.start.year) * 12 + end.month - period.start.month + 1, 12)
    return (f"{years}年" if years else "") + (f"{months}个月" if months else "")


def _padded(separator: str) -> Callable[[Month], str]:
    return lambda one: f"{one.year}{separator}{one.month:02d}"


def _bare(separator: str) -> Callable[[Month], str]:
    return lambda one: f"{one.year}{separator}{one.month}"


def _full_width(one: Month) -> str:
    return f"{one.year}.{one.month:02d}".translate(_FULL_WIDTH)


def _short(one: Month) -> str:
    return f"{one.year % 100:02d}.{one.month:02d}"


def _chinese(one: Month) -> str:
    return f"{one.year}年{one.month}月"


def _english(one: Month) -> str:
    return f"{_MONTHS[one.month - 1]} {one.year}"


def _year(one: Month) -> str:
    return f"{one.year}"


def _chinese_padded(one: Month) -> str:
    return f"{one.year}年{one.month:02d}月"


def _english_long(one: Month) -> str:
    return f"{_LONG_MONTHS[one.month - 1]} {one.year}"


FORMS: dict[str, DateForm] = {
    "dots": DateForm(_padded("."), "-", "至今"),
    "dots_spaced": DateForm(_padded("."), " - ", "至今"),
    "slashes": DateForm(_padded("/"), "-", "至今"),
    "slashes_bare": DateForm(_bare("/"), "-", "现在"),
    "dashes": DateForm(_padded("-"), " ~ ", "至今"),
    "chinese": DateForm(_chinese, "-", "至今"),
    "chinese_to": DateForm(_chinese, "至", "今"),
    "chinese_long": DateForm(_chinese, " — ", "至今"),
    "dots_bare_now": DateForm(_bare("."), "-", "今"),
    "wave": DateForm(_padded("."), "～", "至今"),
    "en_dash": DateForm(_padded("."), "–", "至今"),
    "full_width": DateForm(_full_width, "－", "至今"),
    "month_first": DateForm(lambda one: f"{one.month:02d}/{one.year}", " - ", "至今"),
    "short_years": DateForm(_short, "-", "至今"),
    "chinese_padded": DateForm(_chinese_padded, "~", "至今"),
    "dashes_to": DateForm(_padded("-"), "至", "至今"),
    "double_dash": DateForm(_padded("."), " -- ", "现在"),
    "with_duration": DateForm(_padded("."), "-", "至今", duration=True),
    "days": DateForm(lambda one: f"{one.year}/{one.month:02d}/01", "-", "至今"),
    "years": DateForm(_year, "-", "至今", years_only=True),
    "years_chinese": DateForm(lambda one: f"{one.year}年", "-", "至今", years_only=True),
    "english": DateForm(_english, " – ", "Present"),
    "english_long": DateForm(_english_long, " - ", "Present"),
    "english_to": DateForm(_english, " to ", "Now"),
    "english_numbers": DateForm(lambda one: f"{one.month:02d}/{one.year}", " - ", "Present"),
    "traditional": DateForm(_padded("/"), " – ", "迄今"),
    "traditional_chinese": DateForm(_chinese, " - ", "至今"),
}
_ENGLISH = ("english", "english_long", "english_to", "english_numbers")
_TRADITIONAL = ("traditional", "traditional_chinese", "dots")


def forms_for(language: Language) -> tuple[str, ...]:
    if language == "en":
        return _ENGLISH
    return (
        _TRADITIONAL
        if language == "zh-Hant"
        else tuple(name for name in FORMS if name not in _ENGLISH + _TRADITIONAL[:2])
    )
