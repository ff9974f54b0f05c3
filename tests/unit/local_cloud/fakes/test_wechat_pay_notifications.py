"""Payments and what the merchant hears of them: genuine, lost, doubled, delayed, replayed and forged."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.wechat_pay import crypto
from tests.unit.local_cloud.fakes.wechat_pay_merchant import Merchant

NUMBER = "RB202611220001"


@pytest.fixture
def ordered(merchant: Merchant) -> Merchant:
    merchant.order(attach="user=7")
    return merchant


def state_of(merchant: Merchant) -> str:
    state: str = merchant.query().json()["trade_state"]
    return state


def test_notification_is_signed_and_sealed_when_the_order_is_paid(ordered: Merchant) -> None:
    report = ordered.pay()

    headers, body = ordered.shop.arrived[0]
    envelope, content = json.loads(body), ordered.open(body)
    assert [sent["status"] for sent in report["notifications"]] == [204]
    assert ordered.verifies(headers, body)
    assert headers["Wechatpay-Serial"] == ordered.fake.account.public_key_id
    assert (envelope["event_type"], envelope["resource_type"]) == ("TRANSACTION.SUCCESS", "encrypt-resource")
    assert content == ordered.query().json()
    assert content["transaction_id"] == report["transaction_id"]
    assert (content["attach"], content["amount"]["total"]) == ("user=7", 990)


def test_order_is_paid_in_silence_when_the_notification_is_lost(ordered: Merchant) -> None:
    report = ordered.pay(notify=0)

    assert report["notifications"] == []
    assert ordered.shop.arrived == []
    assert state_of(ordered) == "SUCCESS"


def test_notification_keeps_id_and_gets_a_fresh_signature_when_sent_three_times(ordered: Merchant) -> None:
    ordered.pay(notify=3)

    headers, bodies = zip(*ordered.shop.arrived, strict=True)
    assert len(set(bodies)) == 1
    assert len({header["Wechatpay-Nonce"] for header in headers}) == 3
    assert all(ordered.verifies(header, body) for header, body in ordered.shop.arrived)


def test_notifications_arrive_together_when_concurrent_ones_are_wanted(ordered: Merchant) -> None:
    report = ordered.pay(notify=5, concurrent=True)

    assert [sent["status"] for sent in report["notifications"]] == [204] * 5
    assert len(ordered.shop.arrived) == 5
    assert sorted(sent["index"] for sent in report["notifications"]) == [0, 1, 2, 3, 4]


def test_notification_is_repeated_until_accepted_when_retrying_is_wanted(ordered: Merchant) -> None:
    ordered.shop.statuses = [500, 503]

    report = ordered.pay(retry=True)

    assert [sent["status"] for sent in report["notifications"]] == [500, 503, 204]


def test_notification_is_given_up_after_three_retries_when_never_accepted(ordered: Merchant) -> None:
    ordered.shop.statuses = [500] * 9

    report = ordered.pay(retry=True)

    assert [sent["status"] for sent in report["notifications"]] == [500] * 4


def test_notification_is_not_repeated_when_nobody_asked_for_retries(ordered: Merchant) -> None:
    ordered.shop.statuses = [500]

    report = ordered.pay()

    assert [(sent["status"], sent["body"]) for sent in report["notifications"]] == [(500, "FAIL")]


def test_notification_reports_status_0_when_nobody_listens(merchant: Merchant) -> None:
    merchant.fake.courier._transport = None
    merchant.order(notify_url="http://127.0.0.1:1/pay/notify/v3")

    report = merchant.pay()

    assert report["notifications"][0]["status"] == 0
    assert "ConnectError" in report["notifications"][0]["body"]


def test_notification_travels_over_real_http_when_the_shop_is_on_a_port(merchant: Merchant) -> None:
    merchant.fake.courier._transport = None

    with serve(merchant.shop) as serving:
        merchant.order(notify_url=f"{serving.url}/pay/notify/v3")
        report = merchant.pay()

    headers, body = merchant.shop.arrived[0]
    assert report["notifications"][0]["status"] == 204
    assert merchant.verifies(headers, body)


def test_replay_sends_the_same_bytes_and_headers_when_asked(ordered: Merchant) -> None:
    ordered.pay()

    report = ordered.control("replay", index=0).json()

    first, second = ordered.shop.arrived
    assert report["notifications"][0]["status"] == 204
    assert first == second


@pytest.mark.parametrize("wishes", [{"index": 5}, {"index": -1}, {"index": "x"}, {}])
def test_replay_is_refused_when_there_is_no_such_notification(ordered: Merchant, wishes: dict[str, Any]) -> None:
    ordered.pay()

    reply = ordered.control("replay", **wishes)

    assert reply.status_code == 400


def test_notify_tells_again_when_the_order_is_paid(ordered: Merchant) -> None:
    paid = ordered.pay(notify=0)

    report = ordered.control("notify", out_trade_no=NUMBER).json()

    assert report["transaction_id"] == paid["transaction_id"]
    assert len(ordered.shop.arrived) == 1


def test_notify_is_refused_when_the_order_is_not_paid(ordered: Merchant) -> None:
    reply = ordered.control("notify", out_trade_no=NUMBER)

    assert reply.status_code == 400


@pytest.mark.parametrize(
    ("forge", "lie"),
    [
        ("amount", {"total": 991}),
        ("currency", {"currency": "USD"}),
        ("merchant", {"mchid": "1900009999"}),
        ("appid", {"appid": "wxffffffffffffffff"}),
    ],
)
def test_forged_content_is_rightly_signed_but_lies_when_wanted(
    ordered: Merchant, forge: str, lie: dict[str, Any]
) -> None:
    ordered.pay(forge=forge)

    headers, body = ordered.shop.arrived[0]
    content = ordered.open(body)
    assert ordered.verifies(headers, body)
    assert lie.items() <= {**content, **content["amount"]}.items()
    assert state_of(ordered) == "NOTPAY"


def test_forged_signature_does_not_verify_when_wanted(ordered: Merchant) -> None:
    ordered.pay(forge="signature")

    headers, body = ordered.shop.arrived[0]
    assert headers["Wechatpay-Serial"] == ordered.fake.account.public_key_id
    assert not ordered.verifies(headers, body)
    assert state_of(ordered) == "NOTPAY"


def test_forged_serial_is_unknown_when_wanted(ordered: Merchant) -> None:
    ordered.pay(forge="serial")

    headers, _body = ordered.shop.arrived[0]
    assert headers["Wechatpay-Serial"] != ordered.fake.account.public_key_id
    assert state_of(ordered) == "NOTPAY"


def test_stale_notification_is_ten_minutes_old_and_rightly_signed_when_wanted(ordered: Merchant) -> None:
    ordered.pay(forge="stale")

    headers, body = ordered.shop.arrived[0]
    age_s = ordered.fake.clock.now() - int(headers["Wechatpay-Timestamp"])
    assert age_s == pytest.approx(600, abs=2)
    assert ordered.verifies(headers, body)


def test_probe_is_wrong_first_and_right_later_when_the_payment_is_real(ordered: Merchant) -> None:
    ordered.shop.statuses = [401]

    ordered.pay(forge="probe", retry=True)

    (first, body), (second, _body) = ordered.shop.arrived
    assert first["Wechatpay-Signature"].startswith("WECHATPAY/SIGNTEST/")
    assert ordered.verifies(second, body)
    assert state_of(ordered) == "SUCCESS"


def test_forgery_tells_of_the_real_transaction_when_the_order_is_paid(ordered: Merchant) -> None:
    paid = ordered.pay(notify=0)

    forged = ordered.pay(forge="amount")

    assert forged["transaction_id"] == paid["transaction_id"]


def payment_for(merchant: Merchant, **change: str) -> dict[str, str]:
    """What the product hands to wx.requestPayment."""
    package = "prepay_id=" + merchant.order(attach="user=7").json()["prepay_id"]
    message = crypto.payment_message(merchant.fake.appid, "1782864000", "nonce", package)
    signature = crypto.sign(merchant.fake.account.merchant_key, message)
    payment = {"timeStamp": "1782864000", "nonceStr": "nonce", "package": package, "signType": "RSA"}
    return {**payment, "paySign": signature, **change}


def test_payment_goes_through_when_the_parameters_of_request_payment_are_signed(ordered: Merchant) -> None:
    payment = payment_for(ordered)

    reply = ordered.control("pay", payment=payment)

    assert reply.status_code == 200
    assert state_of(ordered) == "SUCCESS"


@pytest.mark.parametrize("change", [{"paySign": "x"}, {"nonceStr": "y"}, {"signType": "MD5"}, {"package": "wx1"}])
def test_payment_is_refused_when_the_parameters_of_request_payment_are_wrong(
    ordered: Merchant, change: dict[str, str]
) -> None:
    payment = payment_for(ordered, **change)

    reply = ordered.control("pay", payment=payment)

    assert reply.status_code == 400
    assert reply.json()["error"].startswith("requestPayment:fail")
    assert state_of(ordered) == "NOTPAY"


@pytest.mark.parametrize(
    "wishes",
    [
        {},
        {"out_trade_no": "RB-unknown"},
        {"prepay_id": "wx-unknown"},
        {"out_trade_no": NUMBER, "forge": "magic"},
        {"out_trade_no": NUMBER, "notify": -1},
        {"out_trade_no": NUMBER, "notify": "many"},
        {"out_trade_no": NUMBER, "notify": 21},
    ],
)
def test_payment_is_refused_when_the_wishes_make_no_sense(ordered: Merchant, wishes: dict[str, Any]) -> None:
    reply = ordered.control("pay", **wishes)

    assert reply.status_code == 400
    assert state_of(ordered) == "NOTPAY"


def test_payment_is_refused_when_the_order_is_paid_already(ordered: Merchant) -> None:
    ordered.pay()

    reply = ordered.control("pay", out_trade_no=NUMBER)

    assert reply.status_code == 400
    assert "SUCCESS" in reply.json()["error"]


def test_payment_is_refused_when_the_prepay_id_is_two_hours_old(ordered: Merchant) -> None:
    ordered.fake.clock.shift(7201)

    reply = ordered.control("pay", out_trade_no=NUMBER)

    assert "two hours" in reply.json()["error"]


def test_payment_is_refused_when_time_expire_has_passed(merchant: Merchant) -> None:
    merchant.order(time_expire=crypto.beijing(merchant.fake.clock.now() + 600))
    merchant.fake.clock.shift(601)

    reply = merchant.control("pay", out_trade_no=NUMBER)

    assert "time_expire" in reply.json()["error"]


def test_payment_goes_through_when_time_expire_was_lifted_to_a_minute(merchant: Merchant) -> None:
    merchant.order(time_expire=crypto.beijing(merchant.fake.clock.now() - 600))
    merchant.fake.clock.shift(30)

    reply = merchant.control("pay", out_trade_no=NUMBER)

    assert reply.status_code == 200


def test_merchant_can_ask_back_when_it_is_being_notified(merchant: Merchant) -> None:
    asked: list[str] = []

    def shop(environ: Any, start_response: Any) -> Any:
        asked.append(state_of(merchant))
        return merchant.shop(environ, start_response)

    merchant.fake.courier._transport = httpx.WSGITransport(app=shop)
    merchant.order()

    merchant.pay(notify=2, concurrent=True)

    assert asked == ["SUCCESS", "SUCCESS"]


def test_state_lists_every_delivery_when_asked(ordered: Merchant) -> None:
    ordered.pay(forge="amount")
    ordered.pay()

    listed = ordered.client.get("/__fake__/state").json()["notifications"]

    assert [(sent["index"], sent["forge"], sent["status"]) for sent in listed] == [(0, "amount", 204), (1, None, 204)]
    assert {sent["event_type"] for sent in listed} == {"TRANSACTION.SUCCESS"}


@pytest.mark.parametrize("key", ["next_public_key", "certificate", "public_key"])
def test_notifications_are_signed_by_another_key_when_the_keys_rotate(ordered: Merchant, key: str) -> None:
    ordered.control("sign_with", key=key)
    ordered.pay()

    headers, body = ordered.shop.arrived[0]

    assert headers["Wechatpay-Serial"] == ordered.fake.account.signers()[key].serial
    assert ordered.verifies(headers, body)


def test_key_is_refused_when_the_platform_has_no_such_key(ordered: Merchant) -> None:
    assert ordered.control("sign_with", key="magic").status_code == 400


def test_order_stays_payable_when_the_bank_refuses_a_try(ordered: Merchant) -> None:
    refused = ordered.control("refuse", out_trade_no=NUMBER).json()

    assert refused == {"trade_state": "NOTPAY", "refused": 1}
    assert list(ordered.shop.arrived) == []
    assert ordered.pay()["transaction_id"]


def test_notification_has_no_associated_data_when_it_is_to_be_bare(ordered: Merchant) -> None:
    ordered.pay(notify=0)
    ordered.control("notify", out_trade_no=NUMBER, bare=True)

    _, body = ordered.shop.arrived[0]

    assert json.loads(body)["resource"]["associated_data"] == ""
    assert ordered.open(body)["out_trade_no"] == NUMBER


def test_refund_is_told_before_its_payment_when_the_order_is_turned_round(ordered: Merchant) -> None:
    ordered.pay(notify=0)
    total = {"refund": 990, "total": 990, "currency": "CNY"}
    body = {
        "out_trade_no": NUMBER,
        "out_refund_no": "R1",
        "notify_url": ordered.order_body()["notify_url"],
        "amount": total,
    }
    ordered.call("POST", "/v3/refund/domestic/refunds", body)

    ordered.control("settle_refund", out_refund_no="R1")
    ordered.control("notify", out_trade_no=NUMBER)

    told = [json.loads(letter)["event_type"] for _, letter in ordered.shop.arrived]
    assert told == ["REFUND.SUCCESS", "TRANSACTION.SUCCESS"]
