"""The v2 fake tells the merchant: once or often, late, on its schedule, forged, and of refunds."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.local_cloud.fakes.wechat_pay_v2 import crypto
from scripts.local_cloud.fakes.wechat_pay_v2.courier import GAPS_S
from scripts.local_cloud.fakes.wechat_pay_v2.letters import FORGERIES, LIES
from tests.unit.local_cloud.fakes.wechat_pay_v2_merchant import NUMBER, RECEIPT, MerchantV2, fields_of


@pytest.mark.parametrize("kind", crypto.KINDS)
def test_notification_is_signed_as_the_order_was(merchant_v2: MerchantV2, kind: str) -> None:
    order = {**fields_of(_order_body(merchant_v2)), "sign_type": kind, "nonce_str": "n", "sign": None}
    merchant_v2.call("/pay/unifiedorder", order, kind=kind)

    merchant_v2.pay()

    (told,) = [fields_of(body) for body in merchant_v2.shop.arrived]
    assert told["sign"] == crypto.signature(told, merchant_v2.fake.account.api_key, kind)
    assert (told["out_trade_no"], told["total_fee"], told["fee_type"]) == (NUMBER, "990", "CNY")


def _order_body(merchant: MerchantV2) -> bytes:
    merchant.order("RB-model-1")
    kept = merchant.fake.orders.orders["RB-model-1"].body
    fields = {**kept, "out_trade_no": NUMBER}
    return "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items()).encode()


@pytest.mark.parametrize("wishes", [{"notify": 3}, {"notify": 3, "concurrent": True}])
def test_notification_comes_as_often_as_wished_with_the_same_bytes(
    merchant_v2: MerchantV2, wishes: dict[str, Any]
) -> None:
    merchant_v2.order()

    merchant_v2.pay(**wishes)

    assert len(merchant_v2.shop.arrived) == 3
    assert len(set(merchant_v2.shop.arrived)) == 1


def test_notification_is_lost_when_none_is_wished(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.pay(notify=0)
    merchant_v2.fake.clock.shift(86_400)
    merchant_v2.control("deliver_due")

    assert merchant_v2.shop.arrived == []


def test_notification_arrives_on_schedule_when_the_first_try_vanished(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.pay(late=True)

    before = len(merchant_v2.shop.arrived)
    merchant_v2.fake.clock.shift(15)
    merchant_v2.control("deliver_due")

    assert (before, len(merchant_v2.shop.arrived)) == (0, 1)
    assert merchant_v2.fake.courier.waiting == []


@pytest.mark.parametrize(
    "answer",
    [
        (500, RECEIPT),
        (201, RECEIPT),
        (204, ""),
        (200, ""),
        (200, "SUCCESS"),
        (200, f"{RECEIPT}<!-- page --><p>"),
        (200, RECEIPT.replace("SUCCESS", "FAIL")),
        (200, '{"code": "SUCCESS"}'),
    ],
)
def test_notification_is_repeated_when_the_answer_is_not_exactly_the_receipt(
    merchant_v2: MerchantV2, answer: tuple[int, str]
) -> None:
    merchant_v2.order()
    merchant_v2.shop.answers = [answer]

    (first,) = merchant_v2.pay()["notifications"]
    merchant_v2.fake.clock.shift(15)
    (second,) = merchant_v2.control("deliver_due").json()["notifications"]

    assert (first["accepted"], second["accepted"]) == (False, True)


def test_notification_is_given_up_when_nobody_acknowledges_it_for_a_day(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.shop.answers = [(500, "")] * 100
    merchant_v2.pay()

    merchant_v2.fake.clock.shift(sum(GAPS_S) - 1)
    merchant_v2.control("deliver_due")
    almost = len(merchant_v2.shop.arrived)
    merchant_v2.fake.clock.shift(10 * sum(GAPS_S))
    merchant_v2.control("deliver_due")

    assert sum(GAPS_S) == 24 * 3600 + 4 * 60
    assert (almost, len(merchant_v2.shop.arrived)) == (15, 16)
    assert merchant_v2.fake.courier.waiting == []


def test_delivery_is_the_same_bytes_when_it_is_replayed(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.pay()

    merchant_v2.control("replay", index=0)

    assert merchant_v2.shop.arrived[0] == merchant_v2.shop.arrived[1]


@pytest.mark.parametrize("forge", sorted(FORGERIES))
def test_nobody_pays_when_a_notification_is_forged(merchant_v2: MerchantV2, forge: str) -> None:
    merchant_v2.order()
    merchant_v2.shop.answers = [(401, "")]

    merchant_v2.pay(forge=forge)

    told = fields_of(merchant_v2.shop.arrived[0])
    rightly = told.get("sign") == crypto.signature(told, merchant_v2.fake.account.api_key, "MD5")
    assert rightly is (forge in {*LIES, "twice"})
    assert merchant_v2.query()["trade_state"] == "NOTPAY"
    assert merchant_v2.fake.courier.waiting == []


@pytest.mark.parametrize("change", [{"paySign": "0" * 32}, {"signType": "RSA"}, {"package": "x"}, {"timeStamp": "1"}])
def test_phone_refuses_to_pay_when_a_parameter_is_wrong(merchant_v2: MerchantV2, change: dict[str, str]) -> None:
    prepay_id = merchant_v2.order()["prepay_id"]
    given = {"timeStamp": "1764000000", "nonceStr": "n", "package": f"prepay_id={prepay_id}", "signType": "MD5"}
    key, appid = merchant_v2.fake.account.api_key, merchant_v2.fake.appid
    payment = {**given, "paySign": crypto.signature({"appId": appid, **given}, key, "MD5")}

    refused = merchant_v2.control("pay", payment={**payment, **change})
    paid = merchant_v2.control("pay", payment=payment)

    assert refused.status_code == 400
    assert "requestPayment:fail" in refused.json()["error"]
    assert paid.status_code == 200


def test_refund_is_told_sealed_and_unsigned_when_it_is_settled(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.pay(notify=0)
    merchant_v2.refund()

    settled = merchant_v2.control("settle_refund", out_refund_no="R1", status="CHANGE").json()

    told = fields_of(merchant_v2.shop.arrived[0])
    assert settled["refund"]["refund_status_0"] == "CHANGE"
    assert set(told) == {"return_code", "appid", "mch_id", "nonce_str", "req_info"}
    assert NUMBER not in merchant_v2.shop.arrived[0].decode()


@pytest.mark.parametrize(
    ("name", "wishes"),
    [
        ("pay", {"out_trade_no": "RB-unknown"}),
        ("pay", {"out_trade_no": NUMBER, "forge": "x"}),
        ("pay", {"out_trade_no": NUMBER, "notify": 21}),
        ("notify", {"out_trade_no": NUMBER}),
        ("replay", {"index": 0}),
        ("settle_refund", {"out_refund_no": "R9"}),
        ("settle_refund", {"out_refund_no": "R9", "status": "x"}),
    ],
)
def test_control_says_why_when_it_makes_no_sense(merchant_v2: MerchantV2, name: str, wishes: dict[str, Any]) -> None:
    merchant_v2.order()

    reply = merchant_v2.control(name, **wishes)

    assert reply.status_code == 400
    assert reply.json()["error"]
