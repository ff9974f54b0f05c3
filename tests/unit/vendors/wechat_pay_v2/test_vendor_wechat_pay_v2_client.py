"""Orders and refunds at WeChat Pay v2, against the fake that checks every signature."""

import logging
import re
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from common.domain.refunds import RefundStatus
from common.errors import (
    CredentialRejected,
    SettingsInvalid,
    SignatureInvalid,
    VendorBusy,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.wechat_pay_v2.client import WeChatPayV2

BEIJING = timezone(timedelta(hours=8))


def sent(server, operation):
    return [entry["body"] for entry in server.control("requests")["requests"] if entry["operation"] == operation]


@pytest.mark.parametrize("kind", ["MD5", "HMAC-SHA256"])
def test_order_is_payable_with_its_parameters_when_it_was_opened(settings, http, server, order, now, kind):
    pay = WeChatPayV2(settings.model_copy(update={"sign_type": kind}), http)

    payment = pay.prepay(order, payer_ip="203.0.113.7", now=now).payment

    assert server.control("pay", {"payment": dict(payment), "notify": 0})["transaction_id"]
    assert pay.find_order(order).state == "paid"


def test_order_says_what_we_said_when_the_vendor_shows_it(prepay, server, order, settings):
    prepay(replace(order, description="一" * 100))

    (shown,) = server.control("state")["orders"]

    assert shown["body"] == "一" * 42
    assert shown["notify_url"] == settings.notify_url
    assert shown["time_start"] == order.created_at.astimezone(BEIJING).strftime("%Y%m%d%H%M%S")
    assert shown["time_expire"] == order.expires_at.astimezone(BEIJING).strftime("%Y%m%d%H%M%S")
    assert (shown["spbill_create_ip"], shown["total_fee"]) == ("203.0.113.7", "990")


def test_order_has_an_address_when_nobody_knows_the_payers(prepay, server, order):
    prepay(order, payer_ip="")

    assert server.control("state")["orders"][0]["spbill_create_ip"] == "127.0.0.1"


def test_prepay_id_is_the_same_when_the_order_is_sent_again(prepay, order):
    assert prepay(order).prepay_id == prepay(order).prepay_id


def test_repetition_has_the_same_bytes_when_the_first_answer_got_lost(prepay, server, order):
    server.fault("unifiedorder", "drop", when="after", times=2)

    prepay(order)

    bodies = sent(server, "unifiedorder")
    assert len(bodies) == 3
    assert len(set(bodies)) == 1
    assert len(server.control("state")["orders"]) == 1


@pytest.mark.parametrize("change", [{"amount_fen": 991}, {"description": "other"}])
def test_order_is_refused_when_its_number_belongs_to_another(prepay, order, change):
    prepay(order)

    with pytest.raises(VendorRejected) as caught:
        prepay(replace(order, **change))

    assert caught.value.facts["vendor_code"] == "INVALID_REQUEST"


@pytest.mark.parametrize(("ending", "code"), [("pay", "ORDERPAID"), ("close", "ORDERCLOSED")])
def test_order_is_refused_when_it_has_ended(pay, prepay, server, order, ending, code):
    prepay(order)
    if ending == "pay":
        server.control("pay", {"out_trade_no": order.number, "notify": 0})
    else:
        pay.close_order(order)

    with pytest.raises(VendorRejected) as caught:
        prepay(order)

    assert caught.value.facts["vendor_code"] == code


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("status", {"status": 502}),
        ("status", {"status": 429}),
        ("malformed", {}),
        ("error", {"code": "SYSTEMERROR", "when": "after"}),
        ("error", {"code": "FREQUENCY_LIMITED"}),
        ("not_understood", {}),
    ],
)
def test_order_is_opened_once_when_the_vendor_stumbles_twice(prepay, server, order, records, fault, options):
    server.fault("unifiedorder", fault, times=2, **options)

    prepay_id = prepay(order).prepay_id

    assert prepay_id
    assert records[0].attempts == 3
    assert len(server.control("state")["orders"]) == 1


def test_evidence_is_the_payment_when_the_order_was_paid(pay, prepay, server, order, settings):
    prepay(order)
    paid = server.control("pay", {"out_trade_no": order.number, "notify": 0})

    evidence = pay.find_order(order).evidence

    assert evidence.transaction_id == paid["transaction_id"]
    assert (evidence.number, evidence.amount_fen, evidence.currency) == (order.number, 990, "CNY")
    assert pay.is_ours(evidence)
    assert not pay.is_ours(replace(evidence, mchid="1900009999"))
    assert not pay.is_ours(replace(evidence, appid="wxffffffffffffffff"))


def test_state_is_told_when_the_order_is_open_refused_closed_or_never_came(pay, prepay, server, order):
    states = [pay.find_order(order).state]
    prepay(order)
    states.append(pay.find_order(order).state)
    server.control("refuse", {"out_trade_no": order.number})
    states.append(pay.find_order(order).state)
    pay.close_order(order)
    states.append(pay.find_order(order).state)

    assert states == ["unknown", "open", "open", "closed"]


def test_refunded_order_has_no_evidence_when_the_vendor_shows_none(pay, prepay, server, order, settings, monkeypatch):
    prepay(order)
    server.control("pay", {"out_trade_no": order.number, "notify": 0})
    told = {"out_trade_no": order.number, "trade_state": "REFUND"}
    monkeypatch.setattr("scripts.local_cloud.fakes.wechat_pay_v2.app.describe_state", lambda *_: told)

    status = pay.find_order(order)

    assert (status.state, status.evidence) == ("refunded", None)


def test_closing_is_done_when_it_was_done_before_or_there_is_nothing(pay, prepay, order):
    pay.close_order(replace(order, number="MJ00000000"))
    prepay(order)

    pay.close_order(order)
    pay.close_order(order)

    assert pay.find_order(order).state == "closed"


def test_closing_is_refused_when_the_order_is_paid(pay, paid):
    with pytest.raises(VendorRejected) as caught:
        pay.close_order(paid)

    assert caught.value.facts["vendor_code"] == "ORDERPAID"


@pytest.mark.parametrize("operation", ["orderquery", "closeorder"])
def test_answer_is_not_believed_when_another_key_signed_it(pay, prepay, server, order, operation):
    prepay(order)
    server.fault(operation, "wrong_sign")

    with pytest.raises(SignatureInvalid):
        (pay.find_order if operation == "orderquery" else pay.close_order)(order)


def test_refusal_is_not_believed_when_another_key_signed_it(pay, server, order):
    server.fault("orderquery", "wrong_sign")

    with pytest.raises(SignatureInvalid):
        pay.find_order(order)


def test_answer_is_not_believed_when_it_is_another_orders(pay, prepay, order, monkeypatch):
    prepay(order)
    told = {"out_trade_no": "MJ00000000", "trade_state": "NOTPAY"}
    monkeypatch.setattr("scripts.local_cloud.fakes.wechat_pay_v2.app.describe_state", lambda *_: told)

    with pytest.raises(VendorReplyInvalid) as caught:
        pay.find_order(order)

    assert caught.value.facts["reason"] == "out_trade_no"


def test_answer_is_not_believed_when_it_is_about_another_merchant(pay, prepay, server, order, monkeypatch):
    prepay(order)
    monkeypatch.setattr(server.fake, "appid", "wxffffffffffffffff")
    monkeypatch.setattr(type(server.fake), "_authorise", lambda *_: "HMAC-SHA256")

    with pytest.raises(VendorReplyInvalid) as caught:
        pay.find_order(order)

    assert caught.value.facts["reason"] == "merchant"


@pytest.mark.parametrize("change", [{"mchid": "1900000110"}, {"appid": "wx0000000000000000"}])
def test_order_is_refused_when_the_merchant_is_not_who_it_says(settings, http, order, now, change):
    other = WeChatPayV2(settings.model_copy(update=change), http)

    with pytest.raises(CredentialRejected):
        other.prepay(order, payer_ip="", now=now)


def test_order_is_refused_when_it_is_signed_with_another_key(settings, http, order, now):
    key = type(settings.api_key)("0" * 32)
    other = WeChatPayV2(settings.model_copy(update={"api_key": key}), http)

    with pytest.raises(CredentialRejected) as caught:
        other.prepay(order, payer_ip="", now=now)

    assert caught.value.facts["reason"].startswith("签名错误")


@pytest.mark.parametrize(
    ("fault", "options", "error"),
    [
        ("status", {"status": 503}, VendorUnavailable),
        ("status", {"status": 404}, VendorRejected),
        ("status", {"status": 429}, VendorBusy),
        ("error", {"code": "NOAUTH"}, CredentialRejected),
        ("error", {"code": "SOMETHING_NEW"}, VendorRejected),
        ("malformed", {"body": "<html>"}, VendorReplyInvalid),
    ],
)
def test_refusal_has_its_error_when_the_vendor_sends_it(pay, server, order, fault, options, error):
    server.fault("orderquery", fault, times=3, **options)

    with pytest.raises(error) as caught:
        pay.find_order(order)

    assert caught.value.facts["operation"] == "find_order"


def test_state_is_not_guessed_when_the_vendor_invents_one(pay, prepay, order, monkeypatch):
    prepay(order)
    monkeypatch.setattr("common.vendors.wechat_pay_v2.client.STATES", {})

    with pytest.raises(VendorReplyInvalid):
        pay.find_order(order)


@pytest.mark.parametrize("name", ["appid", "notify_url"])
def test_client_is_not_built_when_a_setting_is_missing(settings, http, name):
    with pytest.raises(SettingsInvalid) as caught:
        WeChatPayV2(settings.model_copy(update={name: ""}), http)

    assert caught.value.facts["problems"] == [f"WECHAT_PAY_V2_{name.upper()}: missing"]


@pytest.mark.parametrize("change", [{"api_key": "short"}, {"api_key": "简" * 32}, {"sign_type": "RSA"}])
def test_settings_are_refused_when_a_value_cannot_be(settings, change):
    plain = {**settings.model_dump(), "api_key": "k" * 32, "client_key": ""}

    with pytest.raises(ValueError, match=r"characters|Input should be"):
        type(settings)(**{**plain, **change})


def test_refund_is_pending_and_then_done_when_it_was_asked_for(pay, server, paid, refund):
    asked = pay.refund(paid, refund)
    again = pay.refund(paid, refund)
    server.control("settle_refund", {"out_refund_no": refund.number, "notify": 0})

    assert (asked, again) == (RefundStatus("pending", 990), RefundStatus("pending", 990))
    assert pay.find_refund(paid, refund) == RefundStatus("done", 990)
    assert pay.find_order(paid).state == "refunded"
    assert pay.find_order(paid).evidence.amount_fen == 990


def test_refund_says_why_in_whole_characters_when_the_reason_is_long(pay, server, paid, refund):
    pay.refund(paid, replace(refund, reason="误" * 40))

    assert server.control("state")["refunds"][0]["refund_desc"] == "误" * 26


@pytest.mark.parametrize(
    ("status", "state"),
    [("REFUNDCLOSE", "failed"), ("CHANGE", "stuck"), ("PROCESSING", "pending"), ("SUCCESS", "done")],
)
def test_refund_tells_how_it_ended_when_it_is_found(pay, server, paid, refund, status, state):
    pay.refund(paid, refund)
    server.control("settle_refund", {"out_refund_no": refund.number, "status": status, "notify": 0})

    assert pay.find_refund(paid, refund).state == state


def test_refund_is_unknown_when_it_never_arrived(pay, paid, refund):
    assert pay.find_refund(paid, refund) == RefundStatus("unknown")


def test_refund_is_made_once_when_its_answer_got_lost(pay, server, paid, refund):
    server.fault("refund", "drop", when="after", times=2)

    assert pay.refund(paid, refund).state == "pending"
    assert len(server.control("state")["refunds"]) == 1


@pytest.mark.parametrize("code", ["NOTENOUGH", "USER_ACCOUNT_ABNORMAL", "ERROR"])
def test_refund_is_refused_when_the_vendor_will_not_make_it(pay, server, paid, refund, code):
    server.fault("refund", "error", code=code)

    with pytest.raises(VendorRejected) as refused:
        pay.refund(paid, refund)

    assert refused.value.facts["vendor_code"] == code


def test_refund_is_refused_when_the_order_was_never_paid(pay, prepay, order, refund):
    prepay(order)

    with pytest.raises(VendorRejected):
        pay.refund(order, refund)


def test_refund_is_refused_when_the_server_saw_no_certificate(pay, server, paid, refund):
    server.control("client_certificate", {"shown": False})

    with pytest.raises(VendorRejected) as caught:
        pay.refund(paid, refund)

    assert caught.value.facts["status"] == 400
    assert pay.find_refund(paid, refund).state == "unknown"


def test_refund_is_not_asked_for_when_there_is_no_certificate(settings, http, server, paid, refund):
    without = WeChatPayV2(settings.model_copy(update={"client_certificate": ""}), http)

    with pytest.raises(SettingsInvalid):
        without.refund(paid, refund)

    assert sent(server, "refund") == []


def test_refund_is_no_answer_when_the_vendor_invents_a_state(pay, paid, refund, monkeypatch):
    pay.refund(paid, refund)
    monkeypatch.setattr("common.vendors.wechat_pay_v2.models.REFUND_STATES", {})

    with pytest.raises(VendorReplyInvalid):
        pay.find_refund(paid, refund)


def test_delivery_is_nobodys_business_when_the_order_is_granted(pay, order, records):
    pay.confirm_delivery(order)

    assert pay.reports_delivery is False
    assert records == []


def test_log_holds_no_secret_when_everything_is_logged(pay, paid, refund, settings, caplog):
    caplog.set_level(logging.DEBUG)

    pay.refund(paid, refund)

    for secret in (settings.api_key, settings.client_key):
        assert secret.get_secret_value() not in caplog.text
        assert secret.get_secret_value() not in repr(settings)
    assert re.search(r"<sign>", caplog.text) is None
