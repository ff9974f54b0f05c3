"""The platform's timer expressions: second minute hour day month weekday year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_FIRST_YEAR, _LAST_YEAR = 1970, 2099


@dataclass(frozen=True)
class _Field:
    name: str
    lowest: int
    highest: int
    names: tuple[str, ...] = ()


# Weekday 0 is Monday, as the platform's page has it and unlike any other cron (scf.md 4.3): better write names.
_FIELDS = (
    _Field("second", 0, 59),
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("weekday", 0, 6, _WEEKDAYS),
    _Field("year", _FIRST_YEAR, _LAST_YEAR),
)


class CronInvalid(ValueError):
    """The platform would refuse this expression; the text says which field and why."""


class CronEnded(LookupError):
    """The expression never fires again."""


@dataclass(frozen=True)
class Cron:
    """A parsed expression: what each field admits. Days obey `day` OR `weekday` when both are restricted."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    years: tuple[int, ...]
    either_day: bool

    @classmethod
    def parse(cls, text: str) -> Cron:
        """Read seven fields with `*`, lists, ranges, steps and names (MON-SUN, JAN-DEC). Raises CronInvalid."""
        parts = text.split()
        if len(parts) != len(_FIELDS):
            wanted = " ".join(field.name for field in _FIELDS)
            raise CronInvalid(f"a timer has 7 fields ({wanted}), this one has {len(parts)}")
        second, minute, hour, day, month, weekday, year = (
            _admitted(part, field) for part, field in zip(parts, _FIELDS, strict=True)
        )
        return cls(
            seconds=tuple(sorted(second)),
            minutes=tuple(sorted(minute)),
            hours=tuple(sorted(hour)),
            days=day,
            months=month,
            weekdays=weekday,
            years=tuple(sorted(year)),
            either_day=parts[3] != "*" and parts[5] != "*",
        )

    def next_after(self, moment: datetime) -> datetime:
        """The first firing later than `moment`, read on the wall clock of `moment`'s own time zone.

        Which zone the platform uses is not documented (scf.md 4.3). Raises CronEnded.
        """
        start = moment.replace(microsecond=0) + timedelta(seconds=1)
        for day in self._days_from(start.date()):
            earliest = start.time() if day == start.date() else time.min
            at = self._time_from(earliest)
            if at is not None:
                return datetime.combine(day, at, tzinfo=moment.tzinfo)
        raise CronEnded(f"never fires after {moment.isoformat()}")

    def _days_from(self, first: date) -> Iterator[date]:
        for year in self.years:
            day = max(first, date(year, 1, 1))
            while day.year == year:
                if self._fires_on(day):
                    yield day
                if day == date(_LAST_YEAR, 12, 31):
                    return
                day += timedelta(days=1)

    def _fires_on(self, day: date) -> bool:
        in_month, in_week = day.day in self.days, day.weekday() in self.weekdays
        return day.month in self.months and (in_month or in_week if self.either_day else in_month and in_week)

    def _time_from(self, earliest: time) -> time | None:
        candidates = (
            time(hour, minute, second)
            for hour in self.hours
            if hour >= earliest.hour
            for minute in self.minutes
            for second in self.seconds
        )
        return next((at for at in candidates if at >= earliest), None)


def _admitted(part: str, field: _Field) -> frozenset[int]:
    return frozenset(value for entry in part.split(",") for value in _range(entry, field))


def _range(entry: str, field: _Field) -> range:
    """One list entry: `*`, `5`, `1-5`, `*/10`, `5/10` (from 5 on) or `10-50/10`."""
    span, slash, step = entry.partition("/")
    if slash and not re.fullmatch(r"[1-9][0-9]*", step):
        raise CronInvalid(f"{field.name}: {entry} has no whole step after the slash")
    if span == "*":
        return range(field.lowest, field.highest + 1, int(step or 1))
    first, dash, last = span.partition("-")
    low = _number(first, entry, field)
    high = _number(last, entry, field) if dash else (field.highest if slash else low)
    if low > high:
        raise CronInvalid(f"{field.name}: {entry} runs backwards")
    return range(low, high + 1, int(step or 1))


def _number(text: str, entry: str, field: _Field) -> int:
    if text.upper() in field.names:
        return field.lowest + field.names.index(text.upper())
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise CronInvalid(f"{field.name}: {entry} is not understood")
    if not field.lowest <= int(text) <= field.highest:
        raise CronInvalid(f"{field.name}: {entry} is outside {field.lowest}-{field.highest}")
    return int(text)
