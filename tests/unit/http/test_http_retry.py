"""Bounded repetition: by number, by the time left, by the kind of error."""

import math

import pytest

from common.errors import VendorBusy, VendorRejected, VendorUnavailable
from common.http.retry import with_retries


class Failing:
    def __init__(self, *errors):
        self.errors = list(errors)
        self.calls = 0

    def __call__(self):
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def test_pauses_grow_when_failures_go_on(time_flow):
    attempt = Failing(*[VendorUnavailable()] * 3)

    answer = with_retries(attempt, attempts=4, remaining_s=lambda: math.inf)

    first, second, third = time_flow.slept
    assert answer == "done"
    assert 0.25 <= first <= 0.5 <= second <= 1.0 <= third <= 2.0


def test_last_error_is_raised_when_attempts_are_used_up(time_flow):
    attempt = Failing(VendorUnavailable(), VendorBusy(), VendorUnavailable())

    with pytest.raises(VendorBusy):
        with_retries(attempt, attempts=2, remaining_s=lambda: math.inf)

    assert attempt.calls == 2


def test_error_is_raised_at_once_when_it_is_final(time_flow):
    attempt = Failing(VendorRejected())

    with pytest.raises(VendorRejected):
        with_retries(attempt, attempts=3, remaining_s=lambda: math.inf)

    assert attempt.calls == 1


def test_pause_is_not_taken_when_it_outlasts_the_invocation(time_flow):
    attempt = Failing(VendorUnavailable())

    with pytest.raises(VendorUnavailable):
        with_retries(attempt, attempts=3, remaining_s=lambda: 0.2)

    assert time_flow.slept == []


def test_wish_of_the_vendor_is_refused_when_it_is_longer_than_anyone_waits(time_flow):
    attempt = Failing(VendorBusy(retry_after_s=600))

    with pytest.raises(VendorBusy):
        with_retries(attempt, attempts=3, remaining_s=lambda: 900)

    assert time_flow.slept == []
