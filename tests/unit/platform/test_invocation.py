"""What an invocation knows of itself."""

from dataclasses import replace

import pytest

from common.platform.invocation import MARGIN_S, Invocation
from tests.unit.platform.recorded import CONTEXT


def begun_ago(seconds: float, context: dict[str, object] = CONTEXT) -> Invocation:
    invocation = Invocation.from_context(context, cold=False)
    return replace(invocation, started=invocation.started - seconds)


def test_invocation_is_named_by_the_context_when_it_begins():
    begun = Invocation.from_context(CONTEXT, cold=True)

    assert (begun.request_id, begun.function, begun.cold) == (CONTEXT["request_id"], "mojian-login-dev", True)


def test_time_is_left_less_a_margin_when_seconds_passed():
    begun = begun_ago(4)

    assert begun.remaining_s() == pytest.approx(10 - 4 - MARGIN_S, abs=0.5)
    assert begun.elapsed_ms() == pytest.approx(4000, abs=500)


def test_no_time_is_left_when_the_limit_has_passed():
    assert begun_ago(60).remaining_s() == 0


def test_the_platforms_default_limit_counts_when_the_context_says_nothing():
    begun = begun_ago(0, {})

    assert begun.remaining_s() == pytest.approx(3 - MARGIN_S, abs=0.5)
    assert begun.request_id == ""
