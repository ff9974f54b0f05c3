"""The robots of WeCom and Feishu against their fake, over real HTTP: what arrives, and what a code in a 200 means."""

import json
from datetime import timedelta

import httpx
import pytest

from common import clock
from common.domain.monitoring.incidents import Alert
from common.errors import (
    CredentialRejected,
    VendorBusy,
    VendorError,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.feishu_robot import errors as feishu_errors
from common.vendors.feishu_robot.client import FeishuRobot
from common.vendors.feishu_robot.settings import FeishuRobotSettings
from common.vendors.wecom_robot import errors as wecom_errors
from common.vendors.wecom_robot.client import WeComRobot
from common.vendors.wecom_robot.settings import WeComRobotSettings
from scripts.local_cloud.fakes.webhooks import WebhooksFake

ALERT = Alert("【墨简 production】告警：vendor_failing\ndeepseek 的请求失败 50%", urgent=False)
URGENT = Alert("【墨简 production】告警：store_down", urgent=True)


@pytest.fixture(scope="module")
def running(served):
    return served(WebhooksFake())


@pytest.fixture
def environment(running):
    running.fake.reset()
    return running.fake.environment(running.url)


def of_group(group, prefix, environment, **changes):
    own = {name.removeprefix(prefix).lower(): value for name, value in environment.items() if name.startswith(prefix)}
    return group(**{**own, **changes})


@pytest.fixture
def robots(environment, http):
    return {
        "wecom": WeComRobot(of_group(WeComRobotSettings, "ALERT_WECOM_", environment), http),
        "feishu": FeishuRobot(of_group(FeishuRobotSettings, "ALERT_FEISHU_", environment), http),
    }


@pytest.fixture(params=["wecom", "feishu"])
def chat(request):
    return request.param


def test_text_arrives_whole_when_an_alert_is_told(robots, chat, running):
    robots[chat].tell(ALERT)

    assert running.fake.messages == [{"chat": chat, "text": ALERT.text, "at_all": False}]


def test_everybody_is_called_when_it_is_urgent(robots, chat, running):
    robots[chat].tell(URGENT)

    (message,) = running.fake.messages
    assert message["at_all"] is True
    assert message["text"].endswith(URGENT.text)


def test_long_text_is_cut_between_characters_when_wecom_would_refuse_it(robots, running):
    robots["wecom"].tell(Alert("简" * 2000, urgent=False))

    assert running.fake.messages[0]["text"] == "简" * (2048 // 3)


@pytest.mark.parametrize(
    ("chat_name", "code", "error"),
    [
        *(("wecom", code, meaning.error) for code, meaning in wecom_errors.ERRORS.items()),
        *(("feishu", code, meaning.error) for code, meaning in feishu_errors.ERRORS.items()),
        ("wecom", 99999, VendorRejected),
        ("feishu", 99999, VendorRejected),
    ],
)
def test_code_in_a_200_is_an_error_of_ours_when_the_robot_refuses(robots, running, records, chat_name, code, error):
    running.fault(chat_name, "code", code=code)

    with pytest.raises(VendorError) as refused:
        robots[chat_name].tell(ALERT)

    assert type(refused.value) is error
    assert refused.value.facts["vendor_code"] == code
    assert (records[-1].vendor, records[-1].error, records[-1].attempts) == (f"{chat_name}_robot", error.code, 1)


@pytest.mark.parametrize(
    ("group", "robot", "prefix", "changes"),
    [
        (WeComRobotSettings, WeComRobot, "ALERT_WECOM_", {"key": "wrong"}),
        (FeishuRobotSettings, FeishuRobot, "ALERT_FEISHU_", {"token": "wrong"}),
        (FeishuRobotSettings, FeishuRobot, "ALERT_FEISHU_", {"secret": "wrong"}),
        (FeishuRobotSettings, FeishuRobot, "ALERT_FEISHU_", {"secret": ""}),
    ],
    ids=["key", "token", "secret", "unsigned"],
)
def test_wrong_secret_is_refused_when_an_alert_is_told(environment, http, group, robot, prefix, changes, running):
    with pytest.raises(CredentialRejected) as refused:
        robot(of_group(group, prefix, environment, **changes), http).tell(ALERT)

    assert running.fake.messages == []
    assert environment["ALERT_WECOM_KEY"] not in str(refused.value)
    assert environment["ALERT_FEISHU_TOKEN"] not in str(refused.value)


def test_signature_is_refused_when_the_clock_is_two_hours_off(environment, http):
    settings = of_group(FeishuRobotSettings, "ALERT_FEISHU_", environment)
    late = FeishuRobot(settings, http, now=lambda: clock.now() - timedelta(hours=2))

    with pytest.raises(CredentialRejected):
        late.tell(ALERT)


@pytest.mark.parametrize("most", [("wecom", 20), ("feishu", 100)])
def test_robot_is_busy_when_it_has_said_enough_for_a_minute(robots, running, most):
    chat_name, count = most
    for _ in range(count):
        robots[chat_name].tell(ALERT)

    with pytest.raises(VendorBusy):
        robots[chat_name].tell(ALERT)
    running.control("clock", {"offset_s": 61})
    robots[chat_name].tell(ALERT)

    assert len(running.fake.messages) == count + 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "status", "status": 502}, VendorUnavailable),
        ({"kind": "drop"}, VendorUnavailable),
        ({"kind": "malformed", "body": "<html>"}, VendorReplyInvalid),
        ({"kind": "malformed", "body": "[]"}, VendorReplyInvalid),
    ],
)
def test_broken_answers_are_named_and_never_asked_twice(robots, chat, running, records, fault, error):
    running.fault(chat, **fault)

    with pytest.raises(error):
        robots[chat].tell(ALERT)

    assert records[-1].attempts == 1


def test_fake_refuses_what_is_no_text(environment, running):
    with httpx.Client(trust_env=False) as client:
        wecom = f"{running.url}/cgi-bin/webhook/send?key={environment['ALERT_WECOM_KEY']}"
        answers = [
            client.post(wecom, content=body).json()["errcode"]
            for body in (b"nonsense", json.dumps({"msgtype": "card"}), json.dumps({"msgtype": "text", "text": {}}))
        ]

    assert answers == [40008, 40008, 44004]
