"""functions/monitor: GET /health, and a timer every minute."""

import json
from collections.abc import Callable

import pytest

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud


def test_health_is_ok_when_everything_answers(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "GET", "/health")

    assert answer.status == 200
    assert answer.json["status"] == "ok"
    assert (answer.json["stage"], answer.json["build"]) == ("development", "unknown")
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

    assert result == {"stuck": 0, "open_orders": 0, "waiting_messages": 0, "incidents": 0, "told": 0}


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
    assert result == {"stuck": 1, "open_orders": 1, "waiting_messages": 0, "incidents": 0, "told": 0}
    assert {name: line[name] for name in result} == result


def _break_bucket(cloud: Cloud) -> None:
    cloud.fault("cos", "HeadObject", kind="status", status=500, times=3)


def test_both_chats_are_told_once_and_operators_woken_when_the_bucket_is_down(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALERT_PHONES", "138 0013 8000，13900139000")
    for _ in range(2):
        _break_bucket(cloud)
        result = cloud.tick("monitor")

    messages = cloud.control("webhooks", "state")["messages"]
    woken = cloud.control("tencent_cloud", "state")["sms"]["messages"]
    assert (result["incidents"], result["told"]) == (1, 0)
    assert [message["chat"] for message in messages] == ["wecom", "feishu"]
    assert {message["text"].splitlines()[1] for message in messages} == {"objects 无法访问"}
    assert [message["phone"] for message in woken] == ["+8613800138000", "+8613900139000"]


def test_the_end_is_told_in_both_chats_and_wakes_nobody_when_the_bucket_is_back(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALERT_PHONES", "13800138000")
    _break_bucket(cloud)
    cloud.tick("monitor")
    cloud.pass_time(minutes=4)

    result = cloud.tick("monitor")

    messages = cloud.control("webhooks", "state")["messages"]
    assert (result["incidents"], result["told"]) == (0, 1)
    assert ["恢复" in message["text"] for message in messages] == [False, False, True, True]
    assert len(cloud.control("tencent_cloud", "state")["sms"]["messages"]) == 1


def test_one_monitor_tells_when_two_run_at_once(cloud: Cloud) -> None:
    cloud.fault("cos", "HeadObject", kind="status", status=500, times=6)

    results = cloud.at_once(lambda: cloud.tick("monitor"), times=2)

    assert sorted(result["told"] for result in results) == [0, 1]
    assert len(cloud.control("webhooks", "state")["messages"]) == 2


def test_the_other_chat_is_told_and_the_failure_logged_when_one_is_down(
    cloud: Cloud, capsys: pytest.CaptureFixture[str]
) -> None:
    cloud.fault("webhooks", "wecom", kind="drop")
    _break_bucket(cloud)

    cloud.tick("monitor")

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    alerts = [line for line in lines if line["kind"] == "alert"]
    assert [message["chat"] for message in cloud.control("webhooks", "state")["messages"]] == ["feishu"]
    assert [(line["vendor"], line["code"]) for line in alerts] == [("wecom", "vendor_unavailable")]
    assert [line["incident"] for line in lines if line["kind"] == "incident"] == ["store_down"]


@pytest.mark.parametrize(("status", "name"), [(401, "vendor_key_refused"), (402, "vendor_quota_used_up")])
def test_a_refused_key_of_the_model_is_told_at_once_when_one_resume_met_it(
    cloud: Cloud, status: int, name: str
) -> None:
    cloud.fault("deepseek", "chat", kind="status", status=status, times=2)
    cloud.member().finish(files.docx())

    cloud.tick("monitor")

    messages = cloud.control("webhooks", "state")["messages"]
    assert [message["text"].splitlines()[0].rpartition("】")[2] for message in messages] == [f"告警：{name}"] * 2


def test_everybody_is_told_when_the_database_is_down(cloud: Cloud, down: Callable[[str], None]) -> None:
    down("database")

    for _ in range(2):
        with pytest.raises(InternalError):
            cloud.tick("monitor")

    texts = [message["text"] for message in cloud.control("webhooks", "state")["messages"]]
    assert [text.splitlines()[1] for text in texts] == ["database 无法访问"] * 2


def test_monitor_is_refused_over_http_when_the_path_is_another(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "POST", "/health")

    assert answer.refusal == (405, "method_not_allowed", "不支持这种请求方式")


def test_the_contract_is_served_as_json(cloud: Cloud) -> None:
    answer = cloud.call("monitor", "GET", "/openapi.json")

    assert answer.status == 200
    assert answer.json["openapi"].startswith("3.1")
    assert "/auth/login" in answer.json["paths"]
