"""A number proven by SMS, guessing stopped, and a finished resume told of on one way only."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.local_cloud.mini_program import MiniProgram, Refused
from tests.e2e.conftest import SAMPLE, Journey

NUMBER = "13800138000"


@pytest.fixture
def shy(journey: Journey) -> Iterator[Journey]:
    """Somebody who has allowed no subscription message; numbers may be written to as often as the test likes."""
    journey.control("tencent_cloud", "reset", {})
    journey.control("tencent_cloud", "limits/sms", {"per_30_seconds": 0})
    phone = MiniProgram(journey.stack.url, journey.stack.urls, user=f"shy-{id(journey)}")
    phone.log_in()
    yield Journey(journey.stack, phone)
    phone.close()


def texts(journey: Journey) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = journey.stack.fakes.tencent_cloud.state()["sms"]["messages"]
    return sent


def notices(journey: Journey) -> list[dict[str, Any]]:
    return [text for text in texts(journey) if not text["parameters"]]


def want_sms(journey: Journey, number: str) -> None:
    journey.phone.call("POST", "/sms/code", {"phone": number, "scene": "sms_notify"})
    code = texts(journey)[-1]["parameters"][0]
    journey.phone.call("POST", "/sms/verify", {"phone": number, "code": code, "scene": "sms_notify"})


def refusal(journey: Journey, path: str, content: dict[str, Any]) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        journey.phone.call("POST", path, content)
    return caught.value.status, caught.value.code


def test_guessing_a_code_is_stopped_and_binds_nothing(shy: Journey) -> None:
    shy.phone.call("POST", "/sms/code", {"phone": NUMBER})
    code = texts(shy)[-1]["parameters"][0]
    guesses = [f"{(int(code) + step) % 1_000_000:06}" for step in range(1, 30)]

    outcomes = [refusal(shy, "/sms/verify", {"phone": NUMBER, "code": guess}) for guess in guesses]
    right_one_too_late = refusal(shy, "/sms/verify", {"phone": NUMBER, "code": code})
    after = refusal(shy, "/sms/verify", {"phone": "13900139000", "code": code})

    assert outcomes == [(400, "sms_code_wrong")] * 29
    assert right_one_too_late == (400, "sms_code_wrong")
    assert after == (429, "too_many_requests")
    assert shy.phone.call("GET", "/notify/preferences") == {"sms": False, "phone": None}


def test_finished_resume_is_told_by_sms_when_no_message_is_allowed(shy: Journey) -> None:
    want_sms(shy, "13700137000")

    detail = shy.finish(shy.phone.upload(SAMPLE, optimise=False))
    shy.stack.tick("sweep")
    assert shy.stack.wait_idle(30)

    (message,) = shy.phone.call("GET", "/notify/messages")["messages"]
    assert detail["state"] == "ready"
    assert [text["phone"] for text in notices(shy)] == ["+8613700137000"]
    assert (message["state"], message["channel"], message["resume_id"]) == ("sent", "sms", detail["resume_id"])
    assert not any(detail["resume_id"] in str(sent["page"]) for sent in shy.messages())


def test_finished_resume_is_told_by_subscription_message_only_when_one_is_allowed(shy: Journey) -> None:
    want_sms(shy, "13600136000")
    template = shy.stack.environment["WECHAT_TEMPLATE_READY"]
    shy.phone.accept_messages(template)
    shy.phone.call("POST", "/notify/subscriptions", {"results": {template: "accept"}})

    detail = shy.finish(shy.phone.upload(SAMPLE, optimise=False))
    shy.stack.tick("sweep")
    assert shy.stack.wait_idle(30)

    (ready, *_) = shy.phone.call("GET", "/notify/subscriptions")["subscriptions"]
    assert len([sent for sent in shy.messages() if detail["resume_id"] in str(sent["page"])]) == 1
    assert (notices(shy), ready["left"]) == ([], 0)


@pytest.mark.parametrize(("vendor", "operation"), [("tencent_cloud", "SendSms"), ("wechat", "subscribe_send")])
def test_message_is_never_sent_again_when_its_worker_dies_in_the_call(
    shy: Journey, vendor: str, operation: str
) -> None:
    want_sms(shy, f"1350013500{len(vendor) % 10}")
    fake = {"tencent_cloud": shy.stack.fakes.tencent_cloud, "wechat": shy.stack.fakes.wechat}[vendor]
    fake.log.clear()
    shy.break_vendor(vendor, operation=operation, kind="slow", seconds=3)

    def calls() -> int:
        return sum(entry["operation"] == operation for entry in fake.log.as_json())

    def is_over() -> bool:
        """The vendor has taken its time, although nobody listened any more."""
        end = time.monotonic() + 10
        while vendor == "tencent_cloud" and not notices(shy) and time.monotonic() < end:
            time.sleep(0.1)
        return time.monotonic() < end

    shy.stack.kill_next("notify", when=lambda: calls() > 0)
    shy.finish(shy.phone.upload(SAMPLE, optimise=False))
    for _ in range(3):
        shy.stack.tick("sweep")
        assert shy.stack.wait_idle(30)

    (message,) = shy.phone.call("GET", "/notify/messages")["messages"]
    assert message["state"] == "unknown"
    assert is_over()
    assert calls() == 1
    assert len(notices(shy)) == (1 if vendor == "tencent_cloud" else 0)
