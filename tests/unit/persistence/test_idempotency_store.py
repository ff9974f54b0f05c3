"""Idempotency keys: one run, one answer, no other body."""

from datetime import timedelta

import pytest

from common.errors import IdempotencyKeyReused, RequestInProgress
from common.persistence.idempotency import SqlIdempotencyStore
from tests.unit.persistence.builders import NOW


def begin(store, key="k", fingerprint="f", now=NOW):
    return store.begin(key, fingerprint=fingerprint, now=now, lease_s=30)


def test_request_goes_ahead_when_the_key_is_new(keys):
    assert begin(keys) is None


def test_request_gets_the_first_answer_when_repeated(keys):
    begin(keys)
    keys.finish("k", status=201, body='{"好": 1}', now=NOW)

    assert begin(keys) == (201, '{"好": 1}')


def test_request_is_refused_when_the_first_one_is_running(keys):
    begin(keys)

    with pytest.raises(RequestInProgress):
        begin(keys)


def test_request_is_refused_when_the_body_differs(keys):
    begin(keys)

    with pytest.raises(IdempotencyKeyReused):
        begin(keys, fingerprint="other")


def test_request_goes_ahead_when_the_first_one_died(keys):
    begin(keys)

    assert begin(keys, now=NOW + timedelta(seconds=30)) is None
    with pytest.raises(RequestInProgress):
        begin(keys, now=NOW + timedelta(seconds=31))


def test_key_is_free_when_abandoned(keys):
    begin(keys)

    keys.abandon("k")

    assert begin(keys, fingerprint="other") is None


def test_answer_stays_when_abandoned_or_finished_again(keys):
    begin(keys)
    keys.finish("k", status=201, body="first", now=NOW)

    keys.abandon("k")
    keys.finish("k", status=500, body="second", now=NOW)

    assert begin(keys) == (201, "first")


def test_long_answer_is_kept_whole(keys):
    begin(keys)

    keys.finish("k", status=200, body="好" * 100_000, now=NOW)

    assert begin(keys) == (200, "好" * 100_000)


@pytest.mark.parametrize("key", ["x" * 5000, "钥匙\0", "\ud800"])
def test_key_works_when_it_is_strange(keys, key):
    assert begin(keys, key=key) is None

    with pytest.raises(RequestInProgress):
        begin(keys, key=key)


def test_one_request_goes_ahead_when_many_come_at_once(at_once):
    outcomes = at_once(lambda own: begin(SqlIdempotencyStore(own)))

    assert outcomes.count(None) == 1
    assert outcomes.count(RequestInProgress) == 19


def test_one_request_takes_over_when_many_find_the_lease_over(at_once, keys):
    begin(keys)

    outcomes = at_once(lambda own: begin(SqlIdempotencyStore(own), now=NOW + timedelta(minutes=1)))

    assert outcomes.count(None) == 1
    assert outcomes.count(RequestInProgress) == 19
