"""The cache in front of boards: fresh, stale, one at a time, and what happens while Redis is not there."""

from contextlib import contextmanager

import pytest
from pydantic import BaseModel

from common.errors import (
    DeadlineExceeded,
    StoreUnavailable,
    TooManyRequests,
    VendorBusy,
    VendorObjectMissing,
    VendorUnavailable,
)
from common.services.job_cache import JobCache
from tests.doubles import Clock


class Word(BaseModel):
    text: str


class Board:
    name, title, is_open, per_minute, cache_s = "boss", "Boss直聘", True, 5, 600


class Redis:
    """Cache, locks and limits in one: `down` takes all of them away, `busy` means that somebody else holds every lock."""

    def __init__(self):
        self.kept = {}
        self.down = self.down_on_leaving = self.busy = False
        self.touched = 0
        self.on_look = lambda: None

    def get(self, key):
        self.touched += 1
        self.on_look()
        return None if self.down else self.kept.get(key)

    def put(self, key, value, *, lifetime_s):
        self.touched += 1
        if not self.down:
            self.kept[key] = value

    @contextmanager
    def held(self, name, *, lease_s):
        self.touched += 1
        if self.down:
            raise StoreUnavailable(store="redis")
        yield not self.busy
        if self.down_on_leaving:
            raise StoreUnavailable(store="redis")

    def hit(self, key, *, limit, window_s, fail_open=True):
        self.touched += 1
        if self.kept.get("over"):
            raise TooManyRequests(retry_after_s=9)


class Ask:
    """Gives the listed answers in turn, raising those that are errors; then counts on."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.times = 0

    def __call__(self):
        self.times += 1
        answer = self.answers.pop(0) if self.answers else f"answer {self.times}"
        if isinstance(answer, Exception):
            raise answer
        return Word(text=answer)


@pytest.fixture
def redis():
    return Redis()


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("common.clock.sleep", lambda seconds: None)
    return Clock()


@pytest.fixture
def cache(redis, clock):
    return JobCache(cache=redis, locks=redis, limits=redis, now=clock)


def get(cache, ask):
    return cache.get(Board(), "key", Word, ask)


def test_answer_is_given_again_while_it_is_fresh(cache, clock):
    ask = Ask()

    first = get(cache, ask)
    clock.pass_(seconds=599)
    second = get(cache, ask)
    clock.pass_(seconds=2)
    third = get(cache, ask)

    assert [answer.value.text for answer in (first, second, third)] == ["answer 1", "answer 1", "answer 2"]
    assert (second.fetched_at, second.stale) == (first.fetched_at, False)


@pytest.mark.parametrize("trouble", [VendorUnavailable(), VendorBusy(), DeadlineExceeded()])
def test_old_answer_stands_in_when_the_board_fails(cache, clock, trouble):
    first = get(cache, Ask())
    clock.pass_(hours=3)

    second = get(cache, Ask(trouble))

    assert (second.value, second.fetched_at) == (first.value, first.fetched_at)
    assert (second.stale, second.trouble) == (True, trouble)


def test_old_answer_stands_in_when_our_own_limit_is_used_up(cache, clock, redis):
    get(cache, Ask())
    clock.pass_(hours=3)
    redis.kept["over"] = True
    ask = Ask()

    answer = get(cache, ask)

    assert answer.stale
    assert ask.times == 0


def test_error_comes_out_when_there_is_nothing_old(cache):
    with pytest.raises(VendorUnavailable):
        get(cache, Ask(VendorUnavailable()))


def test_a_job_that_is_gone_is_gone_although_it_was_kept(cache, clock):
    get(cache, Ask())
    clock.pass_(hours=3)

    with pytest.raises(VendorObjectMissing):
        get(cache, Ask(VendorObjectMissing()))


def test_who_comes_meanwhile_takes_the_answer_of_who_asks(cache, redis, clock):
    get(other := JobCache(cache=redis, locks=redis, limits=redis, now=clock), Ask("theirs"))
    theirs = dict(redis.kept)
    redis.kept.clear()
    redis.busy = True
    looks = iter(range(100))
    redis.on_look = lambda: redis.kept.update(theirs) if next(looks) == 4 else None
    ask = Ask()

    answer = get(cache, ask)

    assert other is not cache
    assert (answer.value.text, ask.times) == ("theirs", 0)


def test_who_waits_is_told_when_the_other_fails(cache, redis):
    with pytest.raises(VendorBusy):
        get(cache, Ask(VendorBusy()))
    redis.busy = True
    ask = Ask()

    with pytest.raises(VendorBusy):
        get(cache, ask)

    assert ask.times == 0


def test_who_has_waited_long_enough_asks(cache, redis):
    redis.busy = True

    assert get(cache, Ask()).value.text == "answer 1"


def test_board_is_asked_directly_while_redis_is_down_and_nothing_waits_for_it_twice(cache, redis):
    redis.down = True
    ask = Ask()

    get(cache, ask)
    touched = redis.touched
    get(cache, ask)

    assert ask.times == 2
    assert redis.touched == touched == 2


def test_answer_is_kept_when_redis_goes_while_the_board_is_asked(cache, redis):
    redis.down_on_leaving = True
    ask = Ask()

    assert get(cache, ask).value.text == "answer 1"
    assert ask.times == 1


@pytest.mark.parametrize("kept", ["nonsense", 7, {"at": "x"}, {"at": "2026-11-01T00:00:00Z", "value": {"other": 1}}])
def test_what_is_kept_by_another_version_is_passed_over(cache, redis, kept):
    redis.kept["jobs:boss:key"] = kept

    assert get(cache, Ask()).value.text == "answer 1"
