"""functions/notify: COS created rendered/….pdf. The PDF is put there by hand: only that it exists matters here."""

from typing import Any

import pytest

from common.errors import InternalError
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone


@pytest.fixture
def alice(cloud: Cloud) -> Phone:
    phone = cloud.member("alice")
    phone.accept_message()
    return phone


def _rendered(cloud: Cloud, phone: Phone) -> tuple[str, str]:
    """A resume with a PDF that has not been announced, and the key of the PDF."""
    resume_id = phone.upload(files.docx())
    cloud.follow(lose="optimise")
    (key,) = [key for key in cloud.keys if key.startswith("parsed/")]
    pdf = key.replace("parsed/", "rendered/").replace(".json", ".pdf")
    cloud.put(pdf, b"%PDF")
    return resume_id, pdf


def test_notify_sends_one_message_with_a_link_when_the_pdf_is_there(cloud: Cloud, alice: Phone) -> None:
    resume_id, key = _rendered(cloud, alice)

    result = cloud.deliver("notify", key)

    (message,) = cloud.messages
    assert result == {"records": 1}
    assert message["page"].endswith(f"?id={resume_id}")
    assert message["data"]["thing1"] == {"value": f"{files.NAME}的简历"}
    assert message["template_id"] == cloud.settings["WECHAT_TEMPLATE_READY"]


def test_notify_sends_one_message_when_the_event_comes_five_times(cloud: Cloud, alice: Phone) -> None:
    _, key = _rendered(cloud, alice)
    for _ in range(4):
        alice.accept_message()

    results = cloud.at_once(lambda: cloud.deliver("notify", key), times=4)
    cloud.deliver("notify", key)

    assert results == [{"records": 1}] * 4
    assert len(cloud.messages) == 1


def test_notify_is_content_when_the_user_has_accepted_no_message(cloud: Cloud) -> None:
    phone = cloud.member()
    _, key = _rendered(cloud, phone)

    result = cloud.deliver("notify", key)
    phone.accept_message()
    cloud.deliver("notify", key)

    assert result == {"records": 1}
    assert cloud.messages == []


def test_notify_is_repeated_and_sends_one_message_when_no_token_can_be_had(cloud: Cloud, alice: Phone) -> None:
    _, key = _rendered(cloud, alice)
    cloud.fault("wechat", "stable_token", kind="status", status=500, times=3)

    with pytest.raises(InternalError) as raised:
        cloud.deliver("notify", key)
    cloud.pass_time(seconds=61)
    cloud.deliver("notify", key)

    assert raised.value.facts == {"code_seen": "vendor_unavailable"}
    assert len(cloud.messages) == 1


@pytest.mark.parametrize("errcode", [-1, 45011, 43108])
def test_notify_leaves_the_message_to_sweep_when_wechat_is_busy(cloud: Cloud, alice: Phone, errcode: int) -> None:
    _, key = _rendered(cloud, alice)
    cloud.fault("wechat", "subscribe_send", kind="errcode", errcode=errcode, times=3)

    cloud.deliver("notify", key)
    too_early = cloud.tick("sweep")
    cloud.pass_time(seconds=61)
    swept = cloud.tick("sweep")

    assert (too_early["delivered"], swept["delivered"]) == (0, 1)
    assert len(cloud.messages) == 1


@pytest.mark.parametrize("fault", [{"kind": "drop", "when": "after"}, {"kind": "malformed"}])
def test_notify_never_sends_twice_when_it_cannot_know_whether_the_message_arrived(
    cloud: Cloud, alice: Phone, fault: dict[str, Any]
) -> None:
    _, key = _rendered(cloud, alice)
    alice.accept_message()
    cloud.fault("wechat", "subscribe_send", **fault)

    cloud.deliver("notify", key)
    cloud.pass_time(minutes=10)
    cloud.deliver("notify", key)
    cloud.tick("sweep")

    assert len(cloud.messages) == 1
    assert len(cloud.requests("wechat", "subscribe_send")) == 1


def test_notify_takes_a_fresh_token_when_the_shared_one_has_expired(cloud: Cloud, alice: Phone) -> None:
    _, key = _rendered(cloud, alice)
    cloud.tick("token_refresh")
    cloud.control("wechat", "expire_tokens", {})

    cloud.deliver("notify", key)

    assert len(cloud.messages) == 1
    assert len(cloud.requests("wechat", "stable_token")) == 2


def test_notify_sends_nothing_when_the_user_was_erased(cloud: Cloud, alice: Phone) -> None:
    _, key = _rendered(cloud, alice)
    cloud.erase_user(alice.call("GET", "/user/me").json["id"])

    cloud.deliver("notify", key)

    assert cloud.requests("wechat", "subscribe_send") == []


@pytest.mark.parametrize("key", ["rendered/简历.pdf", "rendered/u_bob/s_unknown/r1.pdf"])
def test_notify_ignores_an_object_when_it_belongs_to_no_resume(cloud: Cloud, key: str) -> None:
    cloud.put(key, b"%PDF")

    cloud.deliver("notify", key)

    assert cloud.requests("wechat") == []


def test_notify_tells_nobody_when_the_pdf_lies_under_somebody_elses_name(cloud: Cloud, alice: Phone) -> None:
    bob = cloud.member("bob")
    bob.accept_message()
    resume_id, _ = _rendered(cloud, alice)
    foreign = f"rendered/{bob.call('GET', '/user/me').json['id']}/{resume_id}/r1.pdf"
    cloud.put(foreign, b"%PDF")

    cloud.deliver("notify", foreign)

    assert cloud.messages == []
