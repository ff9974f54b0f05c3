"""Orders: creating, repeating, asking, closing, and every field rule."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.local_cloud.fakes.wechat_pay_merchant import Merchant

NUMBER = "RB202611220001"
DAY_S = 86_400


def close(merchant: Merchant, number: str = NUMBER, mchid: str | None = None) -> Any:
    target = f"/v3/pay/transactions/out-trade-no/{number}/close"
    return merchant.call("POST", target, {"mchid": mchid or merchant.fake.account.mchid})


def test_order_gets_a_prepay_id_when_everything_is_right(merchant: Merchant) -> None:
    reply = merchant.order()

    assert reply.status_code == 200
    assert reply.json()["prepay_id"].startswith("wx20")
    assert len(reply.json()["prepay_id"]) == 36


def test_order_gets_the_same_prepay_id_when_repeated_with_the_same_content(merchant: Merchant) -> None:
    first, second = merchant.order(), merchant.order()

    assert first.json() == second.json()


def test_order_gets_a_new_prepay_id_when_the_old_one_is_two_hours_old(merchant: Merchant) -> None:
    first = merchant.order().json()
    merchant.fake.clock.shift(7201)

    second = merchant.order().json()

    assert first != second


def test_order_is_refused_when_its_number_was_used_for_something_else(merchant: Merchant) -> None:
    merchant.order()

    reply = merchant.order(amount={"total": 1, "currency": "CNY"})

    assert (reply.status_code, reply.json()["code"]) == (403, "OUT_TRADE_NO_USED")


def test_order_is_refused_when_it_is_paid_or_closed_already(merchant: Merchant) -> None:
    merchant.order("RB-paid-1")
    merchant.pay("RB-paid-1")
    merchant.order("RB-closed-1")
    close(merchant, "RB-closed-1")

    paid, closed = merchant.order("RB-paid-1"), merchant.order("RB-closed-1")

    assert (paid.status_code, paid.json()["code"]) == (400, "INVALID_REQUEST")
    assert (closed.status_code, closed.json()["code"]) == (400, "ORDER_CLOSED")


def test_order_is_refused_when_the_app_is_not_bound_to_the_merchant(merchant: Merchant) -> None:
    reply = merchant.order(appid="wx0000000000000000")

    assert (reply.status_code, reply.json()["code"]) == (400, "APPID_MCHID_NOT_MATCH")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"description": ""}, "/description"),
        ({"description": "字" * 43}, "/description"),
        ({"description": 5}, "/description"),
        ({"mchid": ""}, "/mchid"),
        ({"out_trade_no": "short"}, "/out_trade_no"),
        ({"out_trade_no": "RB 2026 0001"}, "/out_trade_no"),
        ({"time_expire": "2026-07-01 08:00:00"}, "/time_expire"),
        ({"time_expire": "2026-13-01T08:00:00+08:00"}, "/time_expire"),
        ({"attach": "字" * 43}, "/attach"),
        ({"notify_url": "http://shop.example/notify"}, "/notify_url"),
        ({"notify_url": "https://shop.example/notify?a=1"}, "/notify_url"),
        ({"support_fapiao": "yes"}, "/support_fapiao"),
        ({"amount": {"total": 0}}, "/amount/total"),
        ({"amount": {"total": 9.9}}, "/amount/total"),
        ({"amount": {"total": True}}, "/amount/total"),
        ({"amount": {"total": 1, "currency": "USD"}}, "/amount/currency"),
        ({"amount": None}, "/amount"),
        ({"payer": {}}, "/payer/openid"),
    ],
)
def test_order_is_refused_naming_the_field_when_it_breaks_a_rule(
    merchant: Merchant, change: dict[str, Any], field: str
) -> None:
    reply = merchant.order(**{"number": NUMBER, **change} if "out_trade_no" not in change else change)

    assert (reply.status_code, reply.json()["code"]) == (400, "PARAM_ERROR")
    assert reply.json()["detail"]["field"] == field


@pytest.mark.parametrize("body", [b"", b"{", b"[]"])
def test_order_is_refused_when_the_body_is_not_a_json_object(merchant: Merchant, body: bytes) -> None:
    reply = merchant.call("POST", "/v3/pay/transactions/jsapi", body)

    assert (reply.status_code, reply.json()["code"]) == (400, "PARAM_ERROR")


def test_order_may_name_plain_http_when_the_url_is_on_this_machine(merchant: Merchant) -> None:
    reply = merchant.order(notify_url="http://127.0.0.1:8100/pay/notify/v3")

    assert reply.status_code == 200


def test_query_says_notpay_without_transaction_when_nobody_paid(merchant: Merchant) -> None:
    merchant.order(attach="user=7")

    found = merchant.query().json()

    assert (found["trade_state"], found["trade_state_desc"]) == ("NOTPAY", "订单未支付")
    assert (found["attach"], found["amount"]["total"]) == ("user=7", 990)
    assert "transaction_id" not in found


def test_query_says_success_under_both_names_when_the_order_is_paid(merchant: Merchant) -> None:
    merchant.order()
    transaction_id = merchant.pay()["transaction_id"]

    by_number = merchant.query().json()
    mchid = merchant.fake.account.mchid
    by_transaction = merchant.call("GET", f"/v3/pay/transactions/id/{transaction_id}?mchid={mchid}").json()

    assert by_number == by_transaction
    assert (by_number["trade_state"], by_number["transaction_id"]) == ("SUCCESS", transaction_id)
    assert by_number["amount"] == {"total": 990, "currency": "CNY", "payer_total": 990, "payer_currency": "CNY"}


@pytest.mark.parametrize("target", ["out-trade-no/RB-unknown", "id/4200000000"])
def test_query_answers_404_when_there_is_no_such_order(merchant: Merchant, target: str) -> None:
    reply = merchant.call("GET", f"/v3/pay/transactions/{target}?mchid={merchant.fake.account.mchid}")

    assert (reply.status_code, reply.json()["code"]) == (404, "ORDER_NOT_EXIST")


@pytest.mark.parametrize("query", ["", "?mchid=1900009999"])
def test_query_is_refused_when_the_merchant_is_missing_or_another(merchant: Merchant, query: str) -> None:
    merchant.order()

    reply = merchant.call("GET", f"/v3/pay/transactions/out-trade-no/{NUMBER}{query}")

    assert (reply.status_code, reply.json()["code"]) == (400, "PARAM_ERROR")
    assert reply.json()["detail"]["location"] == "query"


def test_close_answers_a_signed_204_when_repeated(merchant: Merchant) -> None:
    merchant.order()

    replies = [close(merchant), close(merchant)]

    assert [reply.status_code for reply in replies] == [204, 204]
    assert all(merchant.verifies(reply.headers, b"") for reply in replies)
    assert merchant.query().json()["trade_state"] == "CLOSED"


def test_close_is_refused_when_the_order_is_paid_unknown_or_of_another_merchant(merchant: Merchant) -> None:
    merchant.order()
    merchant.pay()

    replies = [close(merchant), close(merchant, "RB-unknown"), close(merchant, mchid="1900009999")]

    assert [(reply.status_code, reply.json()["code"]) for reply in replies] == [
        (400, "ORDERPAID"),
        (404, "ORDER_NOT_EXIST"),
        (400, "PARAM_ERROR"),
    ]


def test_order_closes_itself_when_seven_days_have_passed(merchant: Merchant) -> None:
    merchant.order()

    merchant.fake.clock.shift(7 * DAY_S)

    assert merchant.query().json()["trade_state"] == "CLOSED"


def test_order_exists_when_the_vendor_failed_after_creating_it(merchant: Merchant) -> None:
    merchant.control("faults", operation="jsapi", kind="error", status=500, when="after")

    failed = merchant.order()
    repeated = merchant.order()

    assert (failed.status_code, failed.json()["code"]) == (500, "SYSTEM_ERROR")
    assert repeated.status_code == 200
    assert len(merchant.client.get("/__fake__/state").json()["orders"]) == 1


def test_order_does_not_exist_when_the_vendor_failed_before_creating_it(merchant: Merchant) -> None:
    wishes = {"operation": "jsapi", "kind": "error", "status": 403, "code": "RULE_LIMIT", "message": "超过限额"}
    merchant.control("faults", **wishes)

    failed = merchant.order()

    assert (failed.status_code, failed.json()) == (403, {"code": "RULE_LIMIT", "message": "超过限额"})
    assert merchant.query().status_code == 404


@pytest.mark.parametrize(("status", "code"), [(429, "FREQUENCY_LIMITED"), (500, "SYSTEM_ERROR"), (504, "BANK_ERROR")])
def test_fault_answers_in_the_vendors_words_when_only_a_status_is_given(
    merchant: Merchant, status: int, code: str
) -> None:
    merchant.control("faults", operation="query_order", kind="status", status=status)

    reply = merchant.query()

    assert (reply.status_code, reply.json()["code"]) == (status, code)


def test_fault_answers_the_given_body_when_it_has_one(merchant: Merchant) -> None:
    merchant.control("faults", operation="query_order", kind="status", status=502, body="<html>")

    reply = merchant.query()

    assert (reply.status_code, reply.text) == (502, "<html>")


def test_orders_are_gone_and_the_account_stays_when_reset(merchant: Merchant) -> None:
    merchant.order()
    merchant.pay()

    merchant.control("reset")

    assert merchant.client.get("/__fake__/state").json() == {"orders": [], "refunds": [], "notifications": []}
    assert merchant.order().status_code == 200
