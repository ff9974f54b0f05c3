"""Pushes of virtual payment: a delivery counts when WeChat, asked, says the same; a refund is a reason to ask."""

import pytest

from common.domain.refunds import Refund, RefundEvidence
from common.errors import NotificationRefused, VendorUnavailable
from scripts.local_cloud.fakes.xpay.events import delivery_event


@pytest.fixture
def told(server, paid, pushed, now):
    pushed.event = delivery_event(server.fake.orders.orders[paid.number], now.timestamp())
    return pushed.event


def read(pay, now):
    return pay.read_notification({"timestamp": "1"}, b"{}", now=now)


def refusal(pay, now):
    with pytest.raises(NotificationRefused) as caught:
        read(pay, now)
    return caught.value.facts


def test_delivery_is_evidence_of_our_product_when_it_is_true(pay, told, paid, pushed, now):
    evidence = read(pay, now)

    assert (evidence.number, evidence.product_id, evidence.amount_fen) == (paid.number, "credits_10", 990)
    assert pay.is_ours(evidence)
    assert pushed.seen == [({"timestamp": "1"}, b"{}")]


def test_delivery_is_evidence_when_its_numbers_are_text_as_in_xml(pay, told, now):
    told |= {"Env": "1"}
    told["GoodsInfo"] |= {"Quantity": "1", "OrigPrice": "990"}

    assert read(pay, now).amount_fen == 990


@pytest.mark.parametrize(
    ("lie", "mismatch"),
    [
        ({"Env": 0}, "environment"),
        ({"OpenId": "oNobody"}, "payer"),
        ({"OutTradeNo": "MSOMEBODYELSES0001"}, "order"),
    ],
)
def test_delivery_is_refused_when_it_is_of_something_else(pay, told, now, lie, mismatch):
    told |= lie

    assert refusal(pay, now) == {"mismatch": mismatch}


@pytest.mark.parametrize(
    ("lie", "mismatch"),
    [
        ({"ProductId": "mojian_credits_120"}, "product"),
        ({"Attach": "credits_120"}, "product"),
        ({"Quantity": 2}, "quantity"),
        ({"OrigPrice": 991}, "amount"),
    ],
)
def test_delivery_is_refused_when_other_goods_are_told(pay, told, now, lie, mismatch):
    told["GoodsInfo"] |= lie

    assert refusal(pay, now) == {"mismatch": mismatch}


def test_delivery_is_refused_before_anybody_is_asked_when_it_is_of_another_environment(pay, told, server, now):
    told["Env"] = 0
    before = len(server.operations())

    refusal(pay, now)

    assert len(server.operations()) == before


def test_delivery_is_refused_when_nobody_paid(pay, told, server, paid, now):
    server.fake.orders.orders[paid.number].paid_at = None

    assert refusal(pay, now) == {"mismatch": "state"}


def test_delivery_is_about_nothing_when_the_money_has_gone_back(pay, told, server, paid, now):
    server.control("refund", {"out_trade_no": paid.number, "notify": 0})

    assert read(pay, now) is None


def test_delivery_is_not_refused_when_wechat_cannot_be_asked(pay, told, server, now):
    server.fault("query_order", "status", status=500, times=9)

    with pytest.raises(VendorUnavailable):
        read(pay, now)


def test_refusal_names_fields_and_no_values(pay, told, now):
    told["OpenId"] = "x' OR '1'='1"
    del told["GoodsInfo"]["Quantity"]

    assert refusal(pay, now) == {"reason": "fields", "fields": ["GoodsInfo.Quantity", "OpenId"]}


@pytest.fixture
def refund_told(pushed, paid):
    pushed.event = {"Event": "xpay_refund_notify", "OpenId": paid.openid, "MchOrderId": paid.number}
    return pushed.event


def test_refund_is_a_reason_to_ask_about_its_number(pay, refund_told, paid, now):
    pay.refund(paid, Refund("R202611220001", paid.number, 990, 10, "", "asked", now))
    refund_told["MchRefundId"] = "R202611220001"

    assert read(pay, now) == RefundEvidence(paid.number, "R202611220001")


@pytest.mark.parametrize("number", [None, "", "somebodyelses01", "x' OR '1'='1"])
def test_refund_has_no_number_when_wechat_knows_none(pay, refund_told, paid, now, number):
    if number is not None:
        refund_told["MchRefundId"] = number

    assert read(pay, now) == RefundEvidence(paid.number, None)


def test_refund_is_refused_when_its_payer_is_nobody(pay, refund_told, now):
    refund_told |= {"OpenId": "oNobody", "MchRefundId": "R202611220001"}

    assert refusal(pay, now) == {"mismatch": "payer"}


def test_other_event_is_about_nothing(pay, pushed, now):
    pushed.event = {"Event": "xpay_coin_pay_notify"}

    assert read(pay, now) is None
