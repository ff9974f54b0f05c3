"""Timer and invoke events."""

from datetime import datetime, timedelta, timezone

import pytest

from common.errors import BadRequest
from common.platform.events.invoke import read_invoke_event
from common.platform.events.timer import read_timer_event
from tests.unit.platform.recorded import recorded


def test_timer_tells_its_name_time_and_argument_when_it_fires():
    event = read_timer_event(recorded("timer"))

    assert (event.trigger_name, event.message) == ("reconcile", "only v3")
    assert event.fired_at == datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


@pytest.mark.parametrize("time", ["2026-03-01T09:30:00", "2026-03-01T17:30:00+08:00"])
def test_time_is_aware_when_the_zone_is_left_out_or_another(time):
    event = read_timer_event(recorded("timer", Time=time))

    assert event.fired_at == datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)
    assert event.fired_at.utcoffset() in (timedelta(0), timedelta(hours=8))


@pytest.mark.parametrize(
    "event", [{}, recorded("invoke"), recorded("timer", Type="Other"), recorded("timer", Time="noon")]
)
def test_event_is_refused_when_it_is_no_timer_event(event):
    with pytest.raises(BadRequest):
        read_timer_event(event)


def test_invocation_is_read_when_it_is_an_object():
    assert read_invoke_event(recorded("invoke"))["order"] == "M1"


@pytest.mark.parametrize("event", [None, [], "text", 5])
def test_invocation_is_refused_when_it_is_no_object(event):
    with pytest.raises(BadRequest):
        read_invoke_event(event)
