"""What only the older API has: XML in both directions, its own schedule, and orders that know the payer's address."""

from collections.abc import Callable

import pytest

from scripts.local_cloud.fakes.wechat_pay_v2.letters import FORGERIES
from tests.functional.cloud import Cloud

WANTED = {"product_id": "credits_10"}


@pytest.fixture(autouse=True)
def _opened_at_v2(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAY_PROVIDER", "v2")


def test_prepay_gives_the_phone_what_it_can_pay_with(cloud: Cloud) -> None:
    phone = cloud.member()

    answer = phone.call("POST", "/pay/prepay", WANTED)

    (order,) = cloud.control("wechat_pay_v2", "state")["orders"]
    (user,) = cloud.control("wechat", "state")["users"]
    assert (answer.status, answer.json["provider"]) == (201, "v2")
    assert set(answer.json["payment"]) == {"timeStamp", "nonceStr", "package", "signType", "paySign"}
    assert order["out_trade_no"] == answer.json["order_id"]
    assert (order["total_fee"], order["openid"]) == ("990", user["openid"])
    assert order["spbill_create_ip"] == "203.0.113.7"
    assert order["notify_url"].endswith("/pay/notify/v2")


def test_notification_is_answered_in_the_vendors_own_form(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()

    phone.pay(order, forge="amount")
    phone.pay(order)

    refused, accepted = cloud.control("wechat_pay_v2", "state")["notifications"]
    assert (refused["status"], refused["accepted"]) == (401, False)
    assert "<return_code><![CDATA[FAIL]]></return_code>" in refused["body"]
    assert (accepted["status"], accepted["accepted"]) == (200, True)
    assert accepted["body"] == (
        "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"
    )


@pytest.mark.parametrize("forge", sorted(FORGERIES))
def test_notification_grants_nothing_when_it_is_forged(cloud: Cloud, forge: str) -> None:
    phone = cloud.member()
    order = phone.open_order()

    statuses = phone.pay(order, forge=forge)

    assert statuses == [401]
    assert phone.credits == (5, 0)
    assert phone.order_state(order) == "created"


def test_notification_is_taken_on_schedule_when_it_is_late(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.pay(phone.open_order(), late=True)
    before = phone.credits
    cloud.pass_time(seconds=16)

    (told,) = cloud.control("wechat_pay_v2", "deliver_due", {})["notifications"]

    assert told["accepted"]
    assert (before, phone.credits) == ((5, 0), (15, 0))


def test_notification_comes_again_and_counts_when_our_database_was_down(
    cloud: Cloud, down: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = cloud.member()
    order = phone.open_order()
    down("database")
    refused = phone.pay(order)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{cloud.database_file}")
    cloud.platform.restart()
    cloud.pass_time(seconds=16)

    (told,) = cloud.control("wechat_pay_v2", "deliver_due", {})["notifications"]

    assert refused == [503]
    assert told["accepted"]
    assert phone.credits == (15, 0)


def test_notification_grants_nothing_more_when_its_bytes_are_replayed_days_later(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.pay(phone.open_order())
    cloud.pass_time(days=3)

    (replayed,) = cloud.control("wechat_pay_v2", "replay", {"index": 0})["notifications"]

    assert replayed["accepted"]
    assert phone.credits == (15, 0)


@pytest.mark.parametrize("body", [b"", b"{}", b"<xml><return_code>SUCCESS</return_code></xml>", b"\xff"])
def test_notification_is_refused_in_xml_when_anybody_posts_anything(cloud: Cloud, body: bytes) -> None:
    answer = cloud.call("pay_notify", "POST", "/pay/notify/v2", body=body)

    assert answer.status == 401
    assert answer.headers["content-type"].startswith("text/xml")
    assert "<![CDATA[FAIL]]>" in answer.content.decode()


def test_order_can_be_paid_when_the_payer_cancelled_and_the_bank_refused_before(cloud: Cloud) -> None:
    phone = cloud.member()
    order = phone.open_order()
    for answer in ("cancel", "refuse"):
        cloud.control("wechat_pay_v2", answer, {"payment": order["payment"]})

    before = phone.order_state(order)
    phone.pay(order)

    assert before == "created"
    assert phone.credits == (15, 0)


@pytest.mark.parametrize(
    "fault", [{"kind": "error", "code": "SYSTEMERROR", "when": "after"}, {"kind": "drop", "when": "after"}]
)
def test_prepay_opens_one_order_when_wechat_pay_fails_once(cloud: Cloud, fault: dict[str, str]) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay_v2", "unifiedorder", **fault)

    answer = phone.call("POST", "/pay/prepay", WANTED)

    assert answer.status == 201
    first, second = cloud.requests("wechat_pay_v2", "unifiedorder")
    assert first["body"] == second["body"]


def test_prepay_needs_a_new_key_when_it_is_repeated_from_another_network(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay_v2", "unifiedorder", kind="error", code="SYSTEMERROR", when="after", times=3)
    phone.call("POST", "/pay/prepay", WANTED, key="k1")

    moved = cloud.call("prepay", "POST", "/pay/prepay", WANTED, token=phone.token, key="k1", ip="198.51.100.9")
    fresh = cloud.call("prepay", "POST", "/pay/prepay", WANTED, token=phone.token, key="k2", ip="198.51.100.9")

    assert moved.refusal[:2] == (502, "vendor_rejected")
    assert fresh.status == 201
    assert phone.pay(fresh.json) == [200]


def test_refund_waits_for_the_operator_when_no_certificate_is_configured(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WECHAT_PAY_V2_CLIENT_CERTIFICATE", "")
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)
    cloud.ask_for_refund(order["order_id"])

    result = cloud.tick("reconcile")

    assert result["refunded"] == 0
    assert cloud.requests("wechat_pay_v2", "refund") == []
    assert phone.order_state(order) == "granted"


def test_refund_shows_the_merchant_certificate_with_v3s_key_when_v2_has_none_of_its_own(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WECHAT_PAY_PRIVATE_KEY", cloud.settings["WECHAT_PAY_V2_CLIENT_KEY"])
    monkeypatch.setenv("WECHAT_PAY_V2_CLIENT_KEY", "undefined")
    phone = cloud.member()
    order = phone.open_order()
    phone.pay(order)
    cloud.ask_for_refund(order["order_id"])

    cloud.tick("reconcile")

    assert len(cloud.control("wechat_pay_v2", "state")["refunds"]) == 1
