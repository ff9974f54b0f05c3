"""Seven-field timer expressions: when they fire next, and which are refused."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from scripts.local_cloud.emulator.manifest.cron import Cron, CronEnded, CronInvalid

# 2026-11-22 was a Sunday.
SUNDAY_NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * * * *", "2026-11-22 12:00:01"),
        ("0 * * * * * *", "2026-11-22 12:01:00"),
        ("0 */5 * * * * *", "2026-11-22 12:05:00"),
        ("30 0 12 * * * *", "2026-11-22 12:00:30"),
        ("0 0 12 * * * *", "2026-11-23 12:00:00"),
        ("0 0 3 * * * *", "2026-11-23 03:00:00"),
        ("0 10-50/20 8,20 * * * *", "2026-11-22 20:10:00"),
        ("0 50/5 11 * * * *", "2026-11-23 11:50:00"),
        ("0 0 0 1 * * *", "2026-12-01 00:00:00"),
        ("0 0 0 1 JAN * *", "2027-01-01 00:00:00"),
        ("0 0 9 * * MON-FRI *", "2026-11-23 09:00:00"),
        ("0 0 9 * * sat,SUN *", "2026-11-28 09:00:00"),
        ("0 0 0 29 2 * *", "2028-02-29 00:00:00"),
        ("0 0 0 1 1 * 2030-2040/5", "2030-01-01 00:00:00"),
    ],
)
def test_next_firing_is_the_first_later_moment_when_fields_restrict_it(text, expected):
    cron = Cron.parse(text)

    assert f"{cron.next_after(SUNDAY_NOON):%Y-%m-%d %H:%M:%S}" == expected


def test_day_or_weekday_fires_when_both_are_given():
    cron = Cron.parse("0 0 0 25 * TUE *")

    first = cron.next_after(SUNDAY_NOON)
    second = cron.next_after(first)
    third = cron.next_after(second)

    assert [moment.day for moment in (first, second, third)] == [24, 25, 1]


def test_weekday_zero_is_monday_when_written_as_a_number():
    cron = Cron.parse("0 0 0 * * 0 *")

    assert cron.next_after(SUNDAY_NOON).date().isoformat() == "2026-11-23"


def test_hours_are_those_of_the_given_time_zone_when_it_is_not_utc():
    shanghai = timezone(timedelta(hours=8))

    fired = Cron.parse("0 0 3 * * * *").next_after(SUNDAY_NOON.astimezone(shanghai))

    assert fired.isoformat() == "2026-11-23T03:00:00+08:00"


def test_fractions_of_a_second_do_not_fire_early_when_the_moment_has_some():
    cron = Cron.parse("* * * * * * *")

    fired = cron.next_after(SUNDAY_NOON.replace(microsecond=999_999))

    assert fired == SUNDAY_NOON + timedelta(seconds=1)


@pytest.mark.parametrize("text", ["0 0 0 31 2 * *", "0 0 0 1 1 * 2025"])
def test_expression_has_ended_when_no_later_moment_fits(text):
    with pytest.raises(CronEnded):
        Cron.parse(text).next_after(SUNDAY_NOON)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0 3 * * *", "this one has 5"),
        ("", "this one has 0"),
        ("60 * * * * * *", "second: 60 is outside 0-59"),
        ("0 0 24 * * * *", "hour: 24 is outside 0-23"),
        ("0 0 0 0 * * *", "day: 0 is outside 1-31"),
        ("0 0 0 * 13 * *", "month: 13 is outside 1-12"),
        ("0 0 0 * * 7 *", "weekday: 7 is outside 0-6"),
        ("0 0 0 * * FUN *", "weekday: FUN is not understood"),
        ("0 0 0 ? * * *", "day: ? is not understood"),
        ("0 0 0 L * * *", "day: L is not understood"),
        ("0 */0 * * * * *", "minute: */0 has no whole step"),
        ("0 30-10 * * * * *", "minute: 30-10 runs backwards"),
        ("0 0 0 * * FRI-MON *", "weekday: FRI-MON runs backwards"),
        ("0 1,,2 * * * * *", "minute:  is not understood"),
        ("0 0 0 * * * 2100", "year: 2100 is outside 1970-2099"),
    ],
)
def test_expression_is_refused_naming_the_field_when_the_platform_would(text, words):
    with pytest.raises(CronInvalid, match=words.replace("?", r"\?").replace("*", r"\*")):
        Cron.parse(text)
