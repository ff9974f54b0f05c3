"""How often one caller may ask, through the real wiring and a real Redis protocol."""

from collections.abc import Callable

import pytest

from tests.functional.cloud import Cloud
from tests.functional.phone import Phone


def test_user_is_told_when_to_come_back_when_they_asked_too_often(
    cloud: Cloud, alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMITS_REQUESTS_PER_MINUTE", "2")

    answers = [cloud.call("profile", "GET", "/user/me", token=alice.token) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[-1].refusal[:2] == (429, "too_many_requests")
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_users_are_served_when_redis_is_down(
    cloud: Cloud, alice: Phone, down: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMITS_REQUESTS_PER_MINUTE", "1")
    down("redis")

    answers = [cloud.call("profile", "GET", "/user/me", token=alice.token) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 200]
