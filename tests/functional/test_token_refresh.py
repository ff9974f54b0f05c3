"""functions/token_refresh: timer, every 5 minutes."""

import pytest

from common.errors import InternalError
from tests.functional.cloud import Cloud


def test_token_refresh_fetches_a_token_when_there_is_none(cloud: Cloud) -> None:
    result = cloud.tick("token_refresh")

    assert result == {"renewed": 1}
    assert len(cloud.requests("wechat", "stable_token")) == 1


def test_token_refresh_asks_nobody_when_the_token_is_young(cloud: Cloud) -> None:
    cloud.tick("token_refresh")

    result = cloud.tick("token_refresh")

    assert result == {"renewed": 0}
    assert len(cloud.requests("wechat", "stable_token")) == 1


def test_token_refresh_replaces_the_token_when_it_is_about_to_end(cloud: Cloud) -> None:
    cloud.tick("token_refresh")
    cloud.pass_time(minutes=116)

    result = cloud.tick("token_refresh")

    assert result == {"renewed": 1}


def test_token_refresh_keeps_a_token_alive_when_it_runs_for_half_a_day(cloud: Cloud) -> None:
    answers = []

    for _ in range(36):
        answers.append(cloud.tick("token_refresh")["renewed"])
        cloud.pass_time(minutes=20)

    assert 5 <= sum(answers) <= 8


def test_token_refresh_tries_again_when_wechat_fails_once(cloud: Cloud) -> None:
    cloud.fault("wechat", "stable_token", kind="status", status=500)

    result = cloud.tick("token_refresh")

    assert result == {"renewed": 1}


def test_token_refresh_is_repeated_when_wechat_is_down(cloud: Cloud) -> None:
    cloud.fault("wechat", "stable_token", kind="errcode", errcode=-1, times=3)

    with pytest.raises(InternalError) as raised:
        cloud.tick("token_refresh")

    assert raised.value.facts == {"code_seen": "vendor_unavailable"}


def test_token_refresh_is_not_repeated_when_the_secret_is_wrong(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECHAT_SECRET", "0" * 32)

    result = cloud.tick("token_refresh")

    assert result == {"dropped": 1}
    assert len(cloud.requests("wechat", "stable_token")) == 1


def test_token_refresh_drops_an_event_when_it_is_none_of_a_timer(cloud: Cloud) -> None:
    result = cloud.platform.invoke("token_refresh", {"Type": "Timer"})

    assert result == {"dropped": 1}
