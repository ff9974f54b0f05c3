"""functions/messages: what users see of their messages, what they accepted, and SMS where WeChat may not tell them."""

from typing import Any

import pytest

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.test_notify import _rendered
from tests.functional.test_sms import ask, code_sent, texts, verify

NUMBER = "13800138000"


def reachable(cloud: Cloud, phone: Phone) -> None:
    """The phone has a bound number and wants SMS; half a minute has passed since the code."""
    ask(phone, scene="sms_notify")
    cloud.control("tencent_cloud", "limits/sms", {"per_30_seconds": 0})
    assert verify(phone, code_sent(cloud), scene="sms_notify").status == 200


def notices(cloud: Cloud) -> list[dict[str, Any]]:
    return [text for text in texts(cloud) if not text["parameters"]]


def messages(phone: Phone) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = phone.call("GET", "/notify/messages").json["messages"]
    return found


def left(phone: Phone, kind: str = "ready") -> int:
    listed = phone.call("GET", "/notify/subscriptions").json["subscriptions"]
    return int(next(item["left"] for item in listed if item["kind"] == kind))


def accept(cloud: Cloud, phone: Phone) -> str:
    """The user allows one message, and the mini-program reports it."""
    template = cloud.settings["WECHAT_TEMPLATE_READY"]
    phone.accept_message()
    assert phone.call("POST", "/notify/subscriptions", {"template_ids": [template]}).status == 200
    return template


def test_templates_are_listed_when_nothing_was_answered(cloud: Cloud, alice: Phone) -> None:
    listed = alice.call("GET", "/notify/subscriptions").json["subscriptions"]

    assert [(item["kind"], item["left"], item["last_answer"]) for item in listed] == [
        ("ready", 0, None),
        ("failed", 0, None),
        ("refunded", 0, None),
    ]


def test_acceptance_is_counted_and_used_up_by_its_message(cloud: Cloud, alice: Phone) -> None:
    accept(cloud, alice)
    accept(cloud, alice)
    before = left(alice)
    _, key = _rendered(cloud, alice)

    cloud.deliver("notify", key)

    assert (before, left(alice)) == (2, 1)


def test_nothing_is_left_when_wechat_says_so(cloud: Cloud, alice: Phone) -> None:
    template = cloud.settings["WECHAT_TEMPLATE_READY"]
    for _ in range(3):
        alice.call("POST", "/notify/subscriptions", {"template_ids": [template]})
    _, key = _rendered(cloud, alice)

    cloud.deliver("notify", key)

    assert left(alice) == 0
    assert messages(alice)[0]["state"] == "undeliverable"


def test_rejection_is_recorded_and_counts_nothing(cloud: Cloud, alice: Phone) -> None:
    template = cloud.settings["WECHAT_TEMPLATE_READY"]

    answer = alice.call("POST", "/notify/subscriptions", {"results": {template: "reject"}})

    (ready, *_) = answer.json["subscriptions"]
    assert (ready["left"], ready["last_answer"]) == (0, "reject")


@pytest.mark.parametrize(
    "content", [{"template_ids": ["nobody's"]}, {"template_ids": []}, {}, {"results": {"x": "yes"}}]
)
def test_answers_are_refused_as_a_whole_when_a_template_is_none_of_ours(
    cloud: Cloud, alice: Phone, content: dict[str, Any]
) -> None:
    own = cloud.settings["WECHAT_TEMPLATE_READY"]
    if content.get("template_ids"):
        content = {"template_ids": [own, *content["template_ids"]]}

    answer = alice.call("POST", "/notify/subscriptions", content)

    assert answer.refusal[:2] == (422, "invalid_field")
    assert left(alice) == 0


def test_push_about_the_same_tap_counts_nothing_more(cloud: Cloud, alice: Phone) -> None:
    template = accept(cloud, alice)
    openid = cloud.control("wechat", "open", {"user": "alice"})["openid"]
    event = {
        "ToUserName": "gh_1",
        "FromUserName": openid,
        "CreateTime": 1795334400,
        "MsgType": "event",
        "Event": "subscribe_msg_popup_event",
        "List": [{"TemplateId": template, "SubscribeStatusString": "accept", "PopupScene": "0"}],
    }

    statuses = [
        sent["status"] for sent in cloud.control("wechat", "push", {"event": event, "notify": 2})["notifications"]
    ]

    assert (statuses, left(alice)) == ([200, 200], 1)


@pytest.mark.parametrize("xml", [False, True])
def test_push_counts_when_the_phone_said_nothing(cloud: Cloud, alice: Phone, xml: bool) -> None:
    cloud.control("wechat", "push_form", {"xml": xml})
    openid = cloud.control("wechat", "open", {"user": "alice"})["openid"]
    item = {"TemplateId": cloud.settings["WECHAT_TEMPLATE_READY"], "SubscribeStatusString": "accept", "PopupScene": "0"}
    listed = {"SubscribeMsgPopupEvent": {"List": [item]}} if xml else {"List": [item]}
    event = {"FromUserName": openid, "CreateTime": 1795334400, "MsgType": "event", "Event": "subscribe_msg_popup_event"}

    cloud.control("wechat", "push", {"event": {**event, **listed}})

    assert left(alice) == 1


def test_sms_cannot_be_wanted_when_no_number_is_bound(cloud: Cloud, alice: Phone) -> None:
    answer = alice.call("PUT", "/notify/preferences", {"sms": True})

    assert answer.refusal[:2] == (409, "phone_missing")
    assert alice.call("GET", "/notify/preferences").json == {"sms": False, "phone": None}


def test_no_sms_comes_when_the_user_wants_none_any_more(cloud: Cloud, alice: Phone) -> None:
    reachable(cloud, alice)
    _, key = _rendered(cloud, alice)

    chosen = alice.call("PUT", "/notify/preferences", {"sms": False})
    cloud.deliver("notify", key)

    assert chosen.json == {"sms": False, "phone": "138****8000"}
    assert notices(cloud) == []
    assert messages(alice)[0]["state"] == "undeliverable"


def test_user_is_told_by_sms_and_sees_it_when_no_acceptance_is_left(cloud: Cloud, alice: Phone) -> None:
    reachable(cloud, alice)
    resume_id, key = _rendered(cloud, alice)

    cloud.deliver("notify", key)
    cloud.deliver("notify", key)
    cloud.tick("sweep")

    (text,) = notices(cloud)
    (message,) = messages(alice)
    assert (text["phone"], text["template_id"]) == (f"+86{NUMBER}", cloud.settings["SMS_TEMPLATE_READY"])
    assert (message["state"], message["channel"], message["resume_id"]) == ("sent", "sms", resume_id)
    assert (message["headline"], message["title"]) == ("简历已生成", f"{files.NAME}的简历")
    assert message["at"] >= message["created_at"]
    assert cloud.messages == []


def test_no_sms_comes_when_the_subscription_message_did(cloud: Cloud, alice: Phone) -> None:
    reachable(cloud, alice)
    accept(cloud, alice)
    _, key = _rendered(cloud, alice)

    cloud.deliver("notify", key)
    cloud.pass_time(minutes=10)
    cloud.tick("sweep")

    assert (len(cloud.messages), notices(cloud)) == (1, [])
    assert (messages(alice)[0]["state"], messages(alice)[0]["channel"]) == ("sent", "subscription")


@pytest.mark.parametrize("fault", [{"kind": "drop", "when": "after"}, {"kind": "malformed"}, {"kind": "status"}])
def test_no_sms_comes_and_the_fate_is_shown_when_the_subscription_message_may_have_arrived(
    cloud: Cloud, alice: Phone, fault: dict[str, Any]
) -> None:
    reachable(cloud, alice)
    accept(cloud, alice)
    _, key = _rendered(cloud, alice)
    cloud.fault("wechat", "subscribe_send", **fault)

    cloud.deliver("notify", key)
    cloud.pass_time(minutes=10)
    cloud.tick("sweep")

    assert notices(cloud) == []
    assert (messages(alice)[0]["state"], messages(alice)[0]["channel"]) == ("unknown", "subscription")


@pytest.mark.parametrize(
    ("fault", "state", "arrived"),
    [
        ({"kind": "drop", "when": "after"}, "unknown", 1),
        ({"kind": "status", "status": 502}, "unknown", 0),
        ({"kind": "malformed"}, "unknown", 1),
        ({"kind": "code", "code": "FailedOperation.InsufficientBalanceInSmsPackage"}, "undeliverable", 0),
        ({"kind": "code", "code": "FailedOperation.TemplateIncorrectOrUnapproved"}, "undeliverable", 0),
        ({"kind": "code", "code": "UnauthorizedOperation.ServiceSuspendDueToArrears"}, "undeliverable", 0),
        ({"kind": "code", "code": "LimitExceeded.PhoneNumberThirtySecondLimit"}, "sent", 1),
        ({"kind": "code", "code": "RequestLimitExceeded"}, "sent", 1),
    ],
)
def test_notice_arrives_at_most_once_when_the_sms_vendor_fails_once(
    cloud: Cloud, alice: Phone, fault: dict[str, Any], state: str, arrived: int
) -> None:
    reachable(cloud, alice)
    _, key = _rendered(cloud, alice)
    cloud.fault("tencent_cloud", "SendSms", **fault)

    cloud.deliver("notify", key)
    cloud.pass_time(minutes=2)
    cloud.tick("sweep")
    cloud.tick("sweep")

    assert (messages(alice)[0]["state"], len(notices(cloud))) == (state, arrived)
    assert cloud.messages == []


def test_message_is_sent_by_sms_once_when_four_workers_are_told_at_once(cloud: Cloud, alice: Phone) -> None:
    reachable(cloud, alice)
    _, key = _rendered(cloud, alice)

    cloud.at_once(lambda: cloud.deliver("notify", key), times=4)

    assert len(notices(cloud)) == 1


def test_user_is_told_once_that_a_resume_failed(cloud: Cloud, alice: Phone) -> None:
    cloud.control("wechat", "accept", {"user": "alice", "template_id": cloud.settings["WECHAT_TEMPLATE_FAILED"]})
    resume_id = alice.finish(b"no resume at all", "简历.pdf")
    assert alice.outcome(resume_id)[0] == "failed"

    counts = [cloud.tick("sweep")["announced"] for _ in range(2)]

    (message,) = messages(alice)
    assert (counts, message["kind"], message["state"]) == ([1, 0], "failed", "sent")
    assert cloud.messages[0]["data"]["thing1"]["value"] == "你的简历"
    assert message["detail"] == alice.resume(resume_id)["failure"]["message"]


def test_messages_are_only_ones_own(cloud: Cloud, alice: Phone) -> None:
    _, key = _rendered(cloud, alice)
    cloud.deliver("notify", key)

    assert messages(cloud.member("bob")) == []
    assert cloud.phone().call("GET", "/notify/messages").refusal[:2] == (401, "not_logged_in")


def test_number_from_abroad_is_masked_alike_wherever_it_is_shown(cloud: Cloud, alice: Phone) -> None:
    cloud.control("wechat", "phone", {"user": "alice", "phone": "91234567", "country": "852"})
    code = cloud.control("wechat", "phone_code", {"user": "alice"})["code"]

    bound = alice.call("POST", "/user/phone", {"code": code}).json["phone"]

    assert bound == "+852 ****67"
    assert alice.call("GET", "/notify/preferences").json["phone"] == bound
