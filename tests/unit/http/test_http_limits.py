"""The breaker: opens after failures in a row, lets calls pass again after its pause."""

import pytest

from common.errors import VendorUnavailable
from common.http.limits import Breaker


def broken(times):
    breaker = Breaker("acme", failures=3, pause_s=10)
    for _ in range(times):
        breaker.failed()
    return breaker


def test_breaker_stays_closed_when_failures_are_not_in_a_row(time_flow):
    breaker = broken(2)
    breaker.succeeded()
    breaker.failed()

    assert breaker.check() is None


def test_breaker_tells_when_to_come_back_when_it_is_open(time_flow):
    breaker = broken(3)
    time_flow.sleep(4)

    with pytest.raises(VendorUnavailable) as caught:
        breaker.check()

    assert caught.value.facts["retry_after_s"] == 6.0


def test_breaker_opens_again_at_the_first_failure_when_its_pause_is_over(time_flow):
    breaker = broken(3)
    time_flow.sleep(10)

    passed = breaker.check()
    breaker.failed()

    assert passed is None
    with pytest.raises(VendorUnavailable):
        breaker.check()
