"""functions/monitor: GET /health, and a timer every minute."""

import json
from collections.abc import Callable

import pytest

from tests.functional import files
from tests.functional.cloud import Cloud


def test_health_is_ok_when_everything_answers(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "GET", "/health")

    assert answer.status == 200
    assert answer.json["status"] == "ok"
    assert answer.json["stage"] == "development"
    assert answer.json["dependencies"] == {"database": "ok", "redis": "ok", "objects": "ok"}


@pytest.mark.parametrize("store", ["redis", "database"])
def test_health_names_the_store_and_still_asks_the_others_when_one_is_down(
    cloud: Cloud, down: Callable[[str], None], store: str
) -> None:
    down(store)

    answer = cloud.call("monitor", "GET", "/health")

    others = {name: code for name, code in answer.json["dependencies"].items() if name != store}
    assert (answer.status, answer.json["status"]) == (503, "degraded")
    assert answer.json["dependencies"][store] == "store_unavailable"
    assert set(others.values()) == {"ok"}


def test_health_names_the_bucket_when_it_is_down(cloud: Cloud) -> None:
    cloud.fault("cos", "HeadObject", kind="status", status=500, times=3)

    answer = cloud.call("monitor", "GET", "/health")

    assert answer.status == 503
    assert answer.json["dependencies"] == {"database": "ok", "redis": "ok", "objects": "vendor_unavailable"}


def test_health_shows_no_setting_when_anybody_asks(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "GET", "/health")

    shown = json.dumps(answer.json)
    secrets = [value for name, value in cloud.settings.items() if len(value) > 12 and name != "APP_ENV"]
    assert len(secrets) >= 10
    assert not any(secret in shown for secret in secrets)


def test_monitor_counts_nothing_when_there_is_no_work(cloud: Cloud) -> None:
    result = cloud.tick("monitor")

    assert result == {"stuck": 0, "open_orders": 0, "waiting_messages": 0}


def test_monitor_counts_what_piles_up_and_logs_it_when_work_waits(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = cloud.member()
    phone.accept_message()
    phone.open_order()
    phone.upload(files.docx())
    cloud.follow(lose="optimise")
    cloud.pass_time(minutes=6)

    result = cloud.tick("monitor")

    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert result == {"stuck": 1, "open_orders": 1, "waiting_messages": 0}
    assert {name: line[name] for name in result} == result


def test_monitor_is_refused_over_http_when_the_path_is_another(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "POST", "/health")

    assert answer.refusal == (405, "method_not_allowed", "不支持这种请求方式")


def test_the_contract_is_served_as_json(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "GET", "/openapi.json")

    assert answer.status == 200
    assert answer.json["openapi"].startswith("3.1")
    assert "/auth/login" in answer.json["paths"]
