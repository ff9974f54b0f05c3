"""Codes in Redis: tries and use are counted once each, whatever happens at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from common.errors import StoreUnavailable
from common.persistence.redis_connection import RedisConnection
from common.persistence.sms_codes import RedisSmsCodes


@pytest.fixture
def codes(redis):
    return RedisSmsCodes(redis)


@pytest.fixture
def together(redis, redis_url):
    """`work(codes)` in threads that start together, each with a connection of its own."""

    def run(work, *, times):
        start = Barrier(times)

        def one(_):
            own = RedisConnection(redis_url, prefix=redis.key(""))
            start.wait()
            try:
                return work(RedisSmsCodes(own))
            finally:
                own.close()

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    return run


def put(codes, digest="d1", place="here", tries=5, lifetime_s=60):
    codes.put(place, digest, tries=tries, lifetime_s=lifetime_s)


def test_code_is_tried_five_times_when_it_has_five_tries(codes):
    put(codes)

    assert [codes.try_once("here") for _ in range(7)] == ["d1"] * 5 + [None, None]


def test_tries_are_five_in_all_when_many_try_at_once(codes, together):
    put(codes)

    found = together(lambda own: own.try_once("here"), times=20)

    assert sorted(digest or "" for digest in found) == [""] * 15 + ["d1"] * 5


def test_code_is_used_up_by_one_when_many_are_right_at_once(codes, together):
    put(codes)

    assert sorted(together(lambda own: own.use_up("here", "d1"), times=20)) == [False] * 19 + [True]


def test_code_on_its_last_try_is_good_when_it_is_right(codes):
    put(codes, tries=1)
    codes.try_once("here")

    assert codes.use_up("here", "d1") is True


def test_code_is_void_when_another_was_sent(codes):
    put(codes)
    codes.try_once("here")
    put(codes, "d2")

    assert codes.use_up("here", "d1") is False
    assert [codes.try_once("here") for _ in range(6)] == ["d2"] * 5 + [None]


def test_code_is_gone_when_its_time_is_over_or_it_is_withdrawn(codes):
    put(codes, lifetime_s=1)
    put(codes, place="there")
    codes.withdraw("there")
    time.sleep(1.1)

    assert (codes.try_once("here"), codes.try_once("there"), codes.try_once("nowhere")) == (None, None, None)
    assert codes.use_up("here", "d1") is False


def test_nothing_is_answered_when_redis_is_down(dead_redis):
    codes = RedisSmsCodes(dead_redis)

    for ask in (lambda: put(codes), lambda: codes.try_once("here"), lambda: codes.use_up("here", "d1")):
        with pytest.raises(StoreUnavailable):
            ask()
