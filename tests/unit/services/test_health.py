"""Health: every dependency is asked, and the answer says what was built."""

from common.errors import StoreUnavailable
from common.services.health import check_health


def _down() -> None:
    raise StoreUnavailable


def test_health_is_ok_when_everything_answers():
    found = check_health({"database": lambda: None}, stage="production", build="1a2b3c")

    assert (found.status, found.stage, found.build) == ("ok", "production", "1a2b3c")
    assert found.dependencies == {"database": "ok"}


def test_every_dependency_is_asked_when_one_is_down():
    found = check_health({"redis": _down, "database": lambda: None}, stage="development", build="1a2b3c")

    assert found.status == "degraded"
    assert found.dependencies == {"redis": "store_unavailable", "database": "ok"}
