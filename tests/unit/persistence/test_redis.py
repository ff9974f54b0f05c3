"""Rate limits, locks and cache over the Redis protocol, and what they do when nobody answers."""

import time

import pytest
from redis.exceptions import ConnectionError as RedisDown

from common.errors import SettingsInvalid, StoreUnavailable, TooManyRequests
from common.persistence.locks import RedisLocks
from common.persistence.rate_limits import RedisRateLimits
from common.persistence.redis_cache import RedisCache
from common.persistence.redis_connection import RedisConnection


def allowed(limits, key="login:1.2.3.4", times=5, limit=3, window_s=60):
    outcomes = []
    for _ in range(times):
        try:
            limits.hit(key, limit=limit, window_s=window_s)
            outcomes.append(True)
        except TooManyRequests:
            outcomes.append(False)
    return outcomes


def test_uses_are_refused_when_the_window_is_full(redis):
    assert allowed(RedisRateLimits(redis)) == [True, True, True, False, False]


def test_keys_are_counted_apart_when_they_differ(redis):
    limits = RedisRateLimits(redis)
    allowed(limits, key="a")

    assert allowed(limits, key="b", times=3) == [True, True, True]


def test_refusal_says_when_to_come_back(redis):
    limits = RedisRateLimits(redis)
    limits.hit("a", limit=1, window_s=60)

    with pytest.raises(TooManyRequests) as refusal:
        limits.hit("a", limit=1, window_s=60)

    assert refusal.value.facts["retry_after_s"] in (59, 60)


def test_uses_are_allowed_again_when_the_window_is_over(redis):
    limits = RedisRateLimits(redis)
    allowed(limits, window_s=1, limit=1)

    time.sleep(1.1)

    assert allowed(limits, window_s=1, limit=1, times=1) == [True]


def test_window_ends_when_its_key_lost_its_lifetime(redis):
    limits = RedisRateLimits(redis)
    with redis.client() as client:
        client.set(redis.key("limit", "a"), 5)

    with pytest.raises(TooManyRequests) as refusal:
        limits.hit("a", limit=1, window_s=60)

    assert refusal.value.facts["retry_after_s"] == 60
    with redis.client() as client:
        assert 0 < client.ttl(redis.key("limit", "a")) <= 60


def test_uses_are_allowed_when_redis_is_down_and_the_limit_may_open(dead_redis, caplog):
    RedisRateLimits(dead_redis).hit("a", limit=1, window_s=60)

    assert "rate limits are not counted" in caplog.text


def test_uses_are_refused_when_redis_is_down_and_the_limit_must_hold(dead_redis):
    with pytest.raises(StoreUnavailable):
        RedisRateLimits(dead_redis).hit("a", limit=1, window_s=60, fail_open=False)


def test_uses_of_several_keys_are_counted_at_once(redis):
    limits = RedisRateLimits(redis)
    limits.hit_all([("all", 3), ("route", 1)], window_s=60)

    with pytest.raises(TooManyRequests):
        limits.hit_all([("all", 3), ("route", 1)], window_s=60)

    limits.hit("all", limit=3, window_s=60)
    with pytest.raises(TooManyRequests):
        limits.hit("all", limit=3, window_s=60)


def test_uses_of_several_keys_are_allowed_when_redis_is_down(dead_redis, caplog):
    RedisRateLimits(dead_redis).hit_all([("all", 1), ("route", 1)], window_s=60)

    assert "not counted" in caplog.text


def test_nobody_waits_for_redis_again_when_it_did_not_answer_a_moment_ago(monkeypatch):
    tried = []

    def refuse(_connection):
        tried.append(1)
        raise RedisDown("refused")

    monkeypatch.setattr("redis.Connection.connect", refuse)
    redis = RedisConnection("redis://127.0.0.1:1/0", timeout_s=0.1)
    limits = RedisRateLimits(redis)
    limits.hit("a", limit=1, window_s=60)
    first = len(tried)

    for _ in range(5):
        limits.hit("a", limit=1, window_s=60)

    assert first >= 1
    assert len(tried) == first


def test_lock_is_held_by_one_when_two_want_it(redis):
    locks = RedisLocks(redis)

    with locks.held("token", lease_s=30) as first, locks.held("token", lease_s=30) as second:
        outcome = (first, second)

    assert outcome == (True, False)
    with locks.held("token", lease_s=30) as again:
        assert again is True


def test_lock_of_another_survives_when_our_lease_was_over(redis):
    locks = RedisLocks(redis)

    with locks.held("token", lease_s=0.05):
        time.sleep(0.1)
        theirs = locks.held("token", lease_s=30)
        assert theirs.__enter__() is True

    with locks.held("token", lease_s=30) as ours:
        assert ours is False
    theirs.__exit__(None, None, None)


def test_lock_is_refused_when_redis_is_down(dead_redis):
    with pytest.raises(StoreUnavailable), RedisLocks(dead_redis).held("token", lease_s=30):
        pass


def test_value_is_read_back_when_cached(redis):
    cache = RedisCache(redis)
    cache.put("jobs", {"城市": ["北京"]}, lifetime_s=60)

    assert cache.get("jobs") == {"城市": ["北京"]}
    assert cache.get("other") is None


def test_value_is_gone_when_its_lifetime_is_over(redis):
    cache = RedisCache(redis)
    cache.put("jobs", 1, lifetime_s=0.05)

    time.sleep(0.1)

    assert cache.get("jobs") is None


def test_value_is_unknown_when_it_is_not_json(redis):
    with redis.client() as client:
        client.set(redis.key("cache", "jobs"), "{broken")

    assert RedisCache(redis).get("jobs") is None


def test_cache_is_empty_and_silent_when_redis_is_down(dead_redis):
    cache = RedisCache(dead_redis)

    cache.put("jobs", 1, lifetime_s=60)

    assert cache.get("jobs") is None


def test_url_is_refused_by_its_setting_when_it_is_none():
    connection = RedisConnection("nonsense")

    with pytest.raises(SettingsInvalid) as problem, connection.client():
        pass

    assert "REDIS_URL" in str(problem.value)


def test_connection_opens_again_when_it_was_closed(redis):
    cache = RedisCache(redis)
    cache.put("jobs", 1, lifetime_s=60)

    redis.close()

    assert cache.get("jobs") == 1
