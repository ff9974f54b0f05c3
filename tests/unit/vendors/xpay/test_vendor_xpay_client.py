"""Orders of virtual payment, against the fake that checks every signature: open, pay, ask, deliver, refund."""

import json
from dataclasses import replace

import pytest

from common.domain.orders import PaymentStatus
from common.domain.refunds import Refund, RefundStatus
from common.errors import (
    CredentialRejected,
    VendorBusy,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
    WeChatSessionExpired,
)
from common.vendors.xpay.errors import DONE_BEFORE, ERRORS


@pytest.fixture
def refund(order, now):
    return Refund("R202611220001", order.number, 990, 10, "用户要求", "asked", now)


def order_of(server, number):
    return server.fake.orders.orders[number]


def test_order_is_unknown_until_the_phone_asks_for_it(pay, server, order, now):
    pay.prepay(order, payer_ip="", now=now)

    assert pay.find_order(order) == PaymentStatus("unknown")
    assert "query_order" in server.operations()


def test_order_is_not_signed_when_nobody_has_logged_in(pay, order, session_keys, now):
    session_keys.clear()

    with pytest.raises(WeChatSessionExpired):
        pay.prepay(order, payer_ip="", now=now)


def test_order_is_not_signed_when_the_session_was_replaced(pay, server, order, now):
    server.control("rotate_session", {"user": "alice"})

    with pytest.raises(WeChatSessionExpired):
        pay.prepay(order, payer_ip="", now=now)


def test_evidence_is_the_payment_when_the_order_was_paid(pay, server, paid, settings, alice):
    status = pay.find_order(paid)

    evidence = status.evidence
    assert status.state == "paid"
    assert (evidence.number, evidence.amount_fen, evidence.currency) == (paid.number, 990, "CNY")
    assert (evidence.appid, evidence.mchid) == (settings.appid, "sandbox")
    assert evidence.payer_openid == alice.openid
    assert evidence.transaction_id == order_of(server, paid.number).wx_order_id
    assert pay.is_ours(evidence)


def test_payment_of_the_sandbox_is_not_ours_when_we_are_in_production(pay, paid):
    evidence = pay.find_order(paid).evidence

    assert not pay.is_ours(replace(evidence, mchid="production"))
    assert not pay.is_ours(replace(evidence, appid="wx1"))


@pytest.mark.parametrize(
    ("status", "left", "refunded", "state"),
    [
        (0, 990, 0, "open"),
        (1, 990, 0, "open"),
        (2, 990, 0, "paid"),
        (3, 990, 0, "paid"),
        (4, 990, 0, "paid"),
        (4, 490, 500, "paid"),
        (4, 0, 990, "refunded"),
        (5, 990, 0, "open"),
        (5, 0, 990, "refunded"),
        (6, 0, 0, "closed"),
        (7, 990, 0, "paid"),
        (8, 0, 990, "refunded"),
        (8, 490, 500, "paid"),
        (9, 0, 990, "refunded"),
        (10, 0, 990, "refunded"),
    ],
)
def test_state_is_what_the_status_and_the_money_say(pay, server, order, status, left, refunded, state):
    told = {"order_id": order.number, "status": status, "order_fee": 990, "left_fee": left, "refund_fee": refunded}
    dated = {"paid_time": 1795334400, "env_type": 2, "wx_order_id": "4200"}
    server.fault("query_order", "malformed", body=json.dumps({"errcode": 0, "order": {**told, **dated}}))
    server.fake.orders.orders.clear()

    assert pay.find_order(order).state == state


@pytest.mark.parametrize(
    "order_told",
    [
        {"status": 11},
        {"status": 2, "wx_order_id": ""},
        {"status": 2, "paid_time": 0},
        {"order_id": "MSOMEBODYELSES0001"},
        {"order_fee": -1},
        {"status": "x"},
    ],
)
def test_answer_is_invalid_when_it_says_what_nobody_documented(pay, server, order, order_told):
    known = {"order_id": order.number, "status": 2, "order_fee": 990, "paid_time": 1, "env_type": 2, "wx_order_id": "4"}
    body = json.dumps({"errcode": 0, "order": {**known, **order_told}})
    server.fault("query_order", "malformed", body=body)

    with pytest.raises(VendorReplyInvalid):
        pay.find_order(order)


def test_order_is_not_there_when_it_is_of_the_other_environment(pay, server, paid):
    order_of(server, paid.number).wanted["env"] = 0

    assert pay.find_order(paid).state == "unknown"


def test_delivery_is_confirmed_once_however_often_it_is_told(pay, server, paid):
    pay.confirm_delivery(paid)
    pay.confirm_delivery(paid)

    assert server.control("state")["orders"][0]["status"] == 4


def test_closing_asks_nobody(pay, server, order):
    pay.close_order(order)

    assert server.operations() == []


def test_refund_is_pending_and_then_done(pay, server, paid, refund):
    asked = pay.refund(paid, refund)
    running = pay.find_refund(paid, refund)
    while_it_runs = pay.find_order(paid).state
    server.control("settle_refund", {"refund_order_id": refund.number, "notify": 0})

    assert (asked.state, running.state, while_it_runs) == ("pending", "pending", "open")
    assert pay.find_refund(paid, refund) == RefundStatus("done", 990)
    assert pay.find_order(paid).state == "refunded"


def test_refund_is_failed_when_wechat_says_so_and_the_order_is_paid_again(pay, server, paid, refund):
    pay.refund(paid, refund)
    server.control("settle_refund", {"refund_order_id": refund.number, "outcome": "failed", "notify": 0})

    assert pay.find_refund(paid, refund).state == "failed"
    assert pay.find_order(paid).state == "paid"


def test_refund_is_the_same_when_it_is_asked_for_again(pay, server, paid, refund):
    pay.refund(paid, refund)

    assert pay.refund(paid, refund).state == "pending"
    assert len(server.control("state")["refunds"]) == 1


def test_refund_is_unknown_when_it_was_never_asked_for(pay, paid, refund):
    assert pay.find_refund(paid, refund) == RefundStatus("unknown")


def test_refund_is_asked_for_with_what_is_left_when_a_part_went_back_before(pay, server, paid, refund):
    server.control("refund", {"out_trade_no": paid.number, "fee": 500, "notify": 0})

    assert pay.refund(paid, replace(refund, amount_fen=490)).state == "pending"


def test_refund_can_never_be_when_apple_took_the_money(pay, server, paid, refund):
    order_of(server, paid.number).apple = True

    with pytest.raises(VendorRejected):
        pay.refund(paid, refund)


def test_refund_waits_when_another_one_is_running(pay, server, paid, refund):
    pay.refund(paid, replace(refund, number="R0000000000001", amount_fen=100))

    with pytest.raises(VendorBusy):
        pay.refund(paid, refund)


def test_call_is_repeated_with_another_token_when_the_first_has_expired(pay, server, wechat, paid):
    pay.find_order(paid)
    wechat.control("expire_tokens", {})

    assert pay.find_order(paid).state == "paid"


def test_call_is_not_repeated_twice_when_every_token_is_rejected(pay, server, paid):
    server.fault("query_order", "errcode", errcode=40001, times=5)

    with pytest.raises(CredentialRejected):
        pay.find_order(paid)

    assert server.operations().count("query_order") == 2


@pytest.mark.parametrize(("kind", "options"), [("status", {"status": 500}), ("drop", {"when": "after"})])
def test_question_is_asked_again_when_the_answer_was_lost(pay, server, paid, kind, options):
    server.fault("query_order", kind, times=2, **options)

    assert pay.find_order(paid).state == "paid"


def test_call_fails_when_wechat_stays_away(pay, server, paid):
    server.fault("query_order", "status", status=500, times=9)

    with pytest.raises(VendorUnavailable):
        pay.find_order(paid)


@pytest.mark.parametrize("code", sorted(set(ERRORS) - {268490002, DONE_BEFORE}))
def test_code_is_the_error_of_the_table(pay, server, paid, code):
    server.fault("notify_provide_goods", "errcode", errcode=code, times=9)

    with pytest.raises(ERRORS[code].error):
        pay.confirm_delivery(paid)


def test_code_that_nobody_knows_is_final(pay, server, paid):
    server.fault("notify_provide_goods", "errcode", errcode=99999)

    with pytest.raises(VendorRejected):
        pay.confirm_delivery(paid)


def test_key_and_token_are_in_no_record(pay, paid, records, settings):
    pay.find_order(paid)

    assert settings.key not in repr(records)
    assert paid.openid not in repr(records)
