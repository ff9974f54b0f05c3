"""Incidents, on every engine: two monitors at a time begin one and tell it once."""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from common.domain.monitoring.thresholds import Finding
from common.persistence.backlog import SqlBacklog
from common.persistence.incidents import SqlIncidents
from common.persistence.outbox import SqlOutbox
from tests.unit.persistence.builders import NOW, a_message

SLOW = Finding("vendor_slow", "cos", 3000)
LEASE_S = 45
_ids = count(1)


def store(database: Any) -> SqlIncidents:
    return SqlIncidents(database, lambda: f"i_{next(_ids)}")


@pytest.fixture
def incidents(database: Any) -> SqlIncidents:
    return store(database)


def claimed(incidents: SqlIncidents, *, after_s: float = 0) -> list[Any]:
    return incidents.claim_untold(now=NOW + timedelta(seconds=after_s), lease_s=LEASE_S, limit=10)


def test_one_incident_begins_when_many_monitors_see_it_at_once(incidents, at_once):
    results = at_once(lambda database: store(database).see([SLOW], now=NOW), times=8)

    assert results == [None] * 8
    assert [(one.name, one.subject, one.value) for one in incidents.live()] == [("vendor_slow", "cos", 3000)]


def test_one_monitor_tells_it_when_many_want_to(incidents, at_once):
    incidents.see([SLOW], now=NOW)

    results = at_once(lambda database: claimed(store(database)), times=8)

    assert sorted(len(found) for found in results) == [0] * 7 + [1]


def test_the_worst_value_stays_when_it_goes_on(incidents):
    for value in (3000, 9000, 4000):
        incidents.see([Finding("vendor_slow", "cos", value)], now=NOW)

    assert [one.value for one in incidents.live()] == [9000]


def test_another_monitor_tells_it_when_the_first_one_died(incidents):
    incidents.see([SLOW], now=NOW)

    first, while_leased, later = claimed(incidents), claimed(incidents, after_s=44), claimed(incidents, after_s=45)

    assert [len(first), len(while_leased), len(later)] == [1, 0, 1]


def test_begin_and_end_are_each_told_once_when_it_is_over(incidents):
    incidents.see([SLOW], now=NOW)
    (begun,) = claimed(incidents)
    incidents.told(begun, now=NOW)
    still = claimed(incidents, after_s=60)

    incidents.end(["vendor_slow"], quiet_since=NOW + timedelta(seconds=1), now=NOW + timedelta(minutes=4))
    (over,) = claimed(incidents, after_s=240)
    incidents.told(over, now=NOW + timedelta(minutes=4))

    assert still == []
    assert (begun.part, over.part, over.ended_at) == ("begin", "end", NOW + timedelta(minutes=4))
    assert claimed(incidents, after_s=600) == []
    assert incidents.live() == []


def test_only_what_was_judged_ends_when_others_were_not_measured(incidents):
    incidents.see([SLOW, Finding("store_down", "redis", 1)], now=NOW)

    incidents.end(["store_down"], quiet_since=NOW + timedelta(seconds=1), now=NOW)
    incidents.end([], quiet_since=NOW + timedelta(seconds=1), now=NOW)

    assert [one.name for one in incidents.live()] == ["vendor_slow"]


def test_a_second_incident_of_a_kind_begins_when_the_first_has_ended(incidents):
    incidents.see([SLOW], now=NOW)
    incidents.end(["vendor_slow"], quiet_since=NOW + timedelta(seconds=1), now=NOW)

    incidents.see([SLOW], now=NOW)

    assert len(incidents.live()) == 1
    assert len(claimed(incidents)) == 2


def test_old_incidents_are_forgotten_and_live_ones_kept_when_time_has_passed(incidents):
    incidents.see([SLOW, Finding("store_down", "redis", 1)], now=NOW)
    incidents.end(["vendor_slow"], quiet_since=NOW + timedelta(seconds=1), now=NOW)

    incidents.forget(before=NOW + timedelta(days=90))

    assert [one.name for one in claimed(incidents)] == ["store_down"]


def test_messages_are_counted_by_how_they_ended_when_they_are_dead(database, alice):
    outbox, backlog = SqlOutbox(database), SqlBacklog(database)
    for number, code in enumerate(["too_late", "too_late", "vendor_rejected"]):
        outbox.put(a_message(alice, f"m_{number}", resume_id=None))
        outbox.failed(f"m_{number}", now=NOW + timedelta(hours=1), error_code=code)

    assert backlog.ended_messages("too_late", since=NOW) == 2
    assert backlog.ended_messages("too_late", since=NOW + timedelta(hours=2)) == 0


def test_the_oldest_message_is_found_when_several_are_due(database, alice):
    outbox, backlog = SqlOutbox(database), SqlBacklog(database)
    nothing = backlog.oldest_message_due(now=NOW)
    outbox.put(a_message(alice, resume_id=None))

    assert nothing is None
    assert backlog.oldest_message_due(now=NOW + timedelta(minutes=5)) is not None


def test_everything_is_zero_when_nothing_is_there(database):
    backlog = SqlBacklog(database)

    assert backlog.failed_stages(since=NOW) == {}
    assert (backlog.overdue_orders(since=NOW), backlog.late_erasures(asked_before=NOW)) == (0, 0)
