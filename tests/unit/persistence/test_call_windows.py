"""Counts of vendor calls: nothing in memory is lost or doubled, minutes stay apart, and a Redis that is down disturbs nobody."""

from datetime import datetime, timedelta, timezone

import pytest

from common.errors import StoreUnavailable
from common.persistence.call_windows import KEPT_S, RedisCallWindows
from common.persistence.redis_connection import RedisConnection

NOW = datetime(2026, 11, 25, 23, 59, 30, tzinfo=timezone.utc)


def test_counts_of_two_instances_are_one_sum_when_both_flush(redis):
    one, other = RedisCallWindows(lambda: redis), RedisCallWindows(lambda: redis)
    for windows in (one, other):
        windows.count("deepseek", "chat", 1500, None)
        windows.count("deepseek", "chat", 90_000, "vendor_unavailable")
        windows.flush(now=NOW)

    counts = one.recent(now=NOW, minutes=1)

    assert counts == {
        "deepseek/chat/2000": 2,
        "deepseek/chat/120000": 2,
        "deepseek/chat/!vendor_unavailable": 2,
    }


def test_nothing_is_counted_twice_when_flushed_again(redis):
    windows = RedisCallWindows(lambda: redis)
    windows.count("cos", "read", 10, None)

    windows.flush(now=NOW)
    windows.flush(now=NOW)

    assert windows.recent(now=NOW, minutes=1) == {"cos/read/50": 1}


def test_only_the_last_minutes_are_summed_when_there_are_more(redis):
    windows = RedisCallWindows(lambda: redis)
    for back in range(7):
        windows.count("cos", "read", 10, None)
        windows.flush(now=NOW - timedelta(minutes=back))

    assert windows.recent(now=NOW, minutes=5) == {"cos/read/50": 5}


def test_counts_end_by_themselves_when_an_hour_has_passed(redis):
    windows = RedisCallWindows(lambda: redis)
    windows.count("cos", "read", 10, None)
    windows.flush(now=NOW)

    with redis.client() as client:
        (key,) = client.keys(redis.key("calls", "*"))
        lives_s = client.ttl(key)

    assert 0 < lives_s <= KEPT_S


def test_nothing_is_sent_when_nothing_was_counted(dead_redis, monkeypatch):
    monkeypatch.setattr(dead_redis, "client", lambda: pytest.fail("asked for a connection"))

    RedisCallWindows(lambda: dead_redis).flush(now=NOW)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", ""])
def test_counts_are_dropped_and_nobody_is_disturbed_when_redis_is_down(url):
    windows = RedisCallWindows(lambda: RedisConnection(url, timeout_s=0.2))
    windows.count("cos", "read", 10, None)

    windows.flush(now=NOW)

    assert windows._counted == {}


def test_reading_says_that_redis_is_down_when_it_is(dead_redis):
    with pytest.raises(StoreUnavailable):
        RedisCallWindows(lambda: dead_redis).recent(now=NOW, minutes=5)
