"""Refunds: accepted once, settled later, never more than was paid."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.unit.local_cloud.fakes.wechat_pay_merchant import NOTIFY_URL, Merchant

NUMBER = "RB202611220001"
TARGET = "/v3/refund/domestic/refunds"


@pytest.fixture
def paid(merchant: Merchant) -> Merchant:
    merchant.order()
    merchant.pay(notify=0)
    return merchant


def refund(merchant: Merchant, number: str = "R1", fen: int = 990, **change: Any) -> httpx.Response:
    amount = {"refund": fen, "total": 990, "currency": "CNY"}
    body = {"out_trade_no": NUMBER, "out_refund_no": number, "amount": amount, **change}
    return merchant.call("POST", TARGET, body)


def test_refund_is_processing_at_first_and_successful_later_when_accepted(paid: Merchant) -> None:
    accepted = refund(paid)
    paid.fake.clock.shift(2)

    later = paid.call("GET", f"{TARGET}/R1")

    assert (accepted.status_code, accepted.json()["status"]) == (200, "PROCESSING")
    assert (later.json()["status"], later.json()["amount"]["payer_refund"]) == ("SUCCESS", 990)
    assert paid.verifies(later.headers, later.content)


def test_order_shows_refund_when_part_of_it_was_given_back(paid: Merchant) -> None:
    refund(paid, fen=1)

    state = paid.query().json()["trade_state"]

    assert state == "REFUND"


def test_refund_is_the_same_when_repeated_with_the_same_content(paid: Merchant) -> None:
    first, second = refund(paid), refund(paid)

    assert first.json()["refund_id"] == second.json()["refund_id"]


def test_refund_may_name_the_transaction_when_the_order_number_is_not_known(paid: Merchant) -> None:
    transaction_id = paid.query().json()["transaction_id"]

    reply = refund(paid, out_trade_no=None, transaction_id=transaction_id)

    assert reply.json()["out_trade_no"] == NUMBER


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"fen": 991}, 400, "INVALID_REQUEST"),
        ({"amount": {"refund": 1, "total": 991, "currency": "CNY"}}, 400, "INVALID_REQUEST"),
        ({"amount": {"refund": 1, "total": 990, "currency": "USD"}}, 400, "PARAM_ERROR"),
        ({"out_trade_no": None}, 400, "PARAM_ERROR"),
        ({"out_trade_no": "RB-unknown"}, 404, "RESOURCE_NOT_EXISTS"),
        ({"number": "R 1"}, 400, "PARAM_ERROR"),
    ],
)
def test_refund_is_refused_when_it_breaks_a_rule(
    paid: Merchant, change: dict[str, Any], status: int, code: str
) -> None:
    reply = refund(paid, **change)

    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_refund_is_refused_when_the_number_was_used_for_another_amount(paid: Merchant) -> None:
    refund(paid, fen=1)

    reply = refund(paid, fen=2)

    assert (reply.status_code, reply.json()["code"]) == (400, "INVALID_REQUEST")


def test_refund_is_refused_when_earlier_ones_leave_too_little(paid: Merchant) -> None:
    refund(paid, "R1", fen=600)

    reply = refund(paid, "R2", fen=400)

    assert (reply.status_code, reply.json()["code"]) == (400, "INVALID_REQUEST")
    assert refund(paid, "R3", fen=390).status_code == 200


def test_refund_can_be_tried_again_when_the_earlier_one_was_abnormal(paid: Merchant) -> None:
    refund(paid, "R1")
    paid.control("settle_refund", out_refund_no="R1", status="ABNORMAL")

    reply = refund(paid, "R2")

    assert reply.status_code == 200


def test_refund_is_refused_when_the_order_is_not_paid(merchant: Merchant) -> None:
    merchant.order()

    reply = refund(merchant)

    assert (reply.status_code, reply.json()["code"]) == (400, "INVALID_REQUEST")


def test_refund_query_answers_404_when_there_is_none(merchant: Merchant) -> None:
    reply = merchant.call("GET", f"{TARGET}/R9")

    assert (reply.status_code, reply.json()["code"]) == (404, "RESOURCE_NOT_EXISTS")


@pytest.mark.parametrize("status", ["SUCCESS", "CLOSED", "ABNORMAL"])
def test_merchant_hears_of_the_refund_when_it_is_settled(paid: Merchant, status: str) -> None:
    refund(paid, notify_url=NOTIFY_URL)

    paid.control("settle_refund", out_refund_no="R1", status=status)

    headers, body = paid.shop.arrived[0]
    content = paid.open(body)
    assert paid.verifies(headers, body)
    assert f'"event_type":"REFUND.{status}"'.encode() in body
    assert (content["refund_status"], content["out_refund_no"], content["amount"]["refund"]) == (status, "R1", 990)
    assert paid.call("GET", f"{TARGET}/R1").json()["status"] == status


@pytest.mark.parametrize("wishes", [{"out_refund_no": "R9"}, {"out_refund_no": "R1", "status": "LOST"}, {}])
def test_settling_is_refused_when_it_makes_no_sense(paid: Merchant, wishes: dict[str, str]) -> None:
    refund(paid)

    reply = paid.control("settle_refund", **wishes)

    assert reply.status_code == 400
