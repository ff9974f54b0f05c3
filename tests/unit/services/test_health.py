"""Health: every dependency is asked, and the backlog is counted."""

from typing import Any

from common.errors import StoreUnavailable
from common.services.health import check_health, count_backlog
from tests.builders import a_message, an_order


def _down() -> None:
    raise StoreUnavailable


def test_health_is_ok_when_everything_answers():
    found = check_health({"database": lambda: None}, stage="production")

    assert (found.status, found.stage, found.dependencies) == ("ok", "production", {"database": "ok"})


def test_every_dependency_is_asked_when_one_is_down():
    found = check_health({"redis": _down, "database": lambda: None}, stage="development")

    assert found.status == "degraded"
    assert found.dependencies == {"redis": "store_unavailable", "database": "ok"}


def test_backlog_is_counted_when_work_piles_up(han: Any, keep: Any, resumes: Any, orders: Any, outbox: Any, clock: Any):
    row = keep()
    resumes.claim_stage(row.id, row.revision, "parse", now=clock(), lease_s=1)
    orders.add(an_order(han.id))
    outbox.put(a_message(han.id))
    clock.pass_(minutes=10)

    counts = count_backlog(resumes=resumes, orders=orders, outbox=outbox, now=clock())

    assert counts == {"stuck": 1, "open_orders": 1, "waiting_messages": 1}
