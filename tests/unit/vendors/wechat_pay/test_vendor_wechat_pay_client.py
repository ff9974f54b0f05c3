"""Orders at WeChat Pay, against the fake that checks every signature: open, pay, ask, close."""

import logging
from dataclasses import replace

import pytest

from common.domain.refunds import Refund, RefundStatus
from common.errors import (
    CredentialRejected,
    SettingsInvalid,
    SignatureInvalid,
    VendorBusy,
    VendorObjectMissing,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.wechat_pay.client import WeChatPay


@pytest.fixture
def prepay(pay, now):
    return lambda order: pay.prepay(order, payer_ip="", now=now)


def test_order_is_payable_with_its_parameters_when_it_was_opened(pay, prepay, server, order):
    payment = prepay(order).payment

    assert server.control("pay", {"payment": dict(payment), "notify": 0})["transaction_id"]
    assert pay.find_order(order).state == "paid"


def test_order_says_what_we_said_when_the_vendor_shows_it(pay, prepay, server, order, settings):
    prepay(replace(order, description="一" * 100))

    (entry,) = [entry for entry in server.control("requests")["requests"] if entry["operation"] == "jsapi"]

    assert settings.notify_url in entry["body"]
    assert "+08:00" in entry["body"]
    assert f'"{"一" * 42}"' in entry["body"]


def test_prepay_id_is_the_same_when_the_order_is_sent_again(pay, prepay, order):
    assert prepay(order).prepay_id == prepay(order).prepay_id


def test_order_is_refused_when_its_number_belongs_to_another(pay, prepay, order):
    prepay(order)

    with pytest.raises(VendorRejected) as caught:
        prepay(replace(order, amount_fen=991))

    assert caught.value.facts["vendor_code"] == "OUT_TRADE_NO_USED"


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("status", {"status": 500}),
        ("status", {"status": 429}),
        ("drop", {"when": "after"}),
        ("error", {"status": 500, "code": "SYSTEMERROR", "when": "after"}),
    ],
)
def test_order_is_opened_once_when_the_vendor_stumbles_twice(pay, prepay, server, order, records, fault, options):
    server.fault("jsapi", fault, times=2, **options)

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
    assert (evidence.appid, evidence.mchid) == (settings.appid, settings.mchid)
    assert pay.is_ours(evidence)
    assert not pay.is_ours(replace(evidence, mchid="1900009999"))
    assert not pay.is_ours(replace(evidence, appid="wxffffffffffffffff"))


def test_state_is_told_when_the_order_is_open_closed_or_never_came(pay, prepay, order):
    unknown = pay.find_order(order).state
    prepay(order)
    opened = pay.find_order(order)
    pay.close_order(order)

    assert (unknown, opened.state, pay.find_order(order).state) == ("unknown", "open", "closed")
    assert opened.evidence is None


def test_closing_is_done_when_it_was_done_before_or_there_is_nothing(pay, prepay, order):
    pay.close_order(replace(order, number="MJ00000000"))
    prepay(order)

    pay.close_order(order)
    pay.close_order(order)

    assert pay.find_order(order).state == "closed"


def test_closing_is_refused_when_the_order_is_paid(pay, prepay, server, order):
    prepay(order)
    server.control("pay", {"out_trade_no": order.number, "notify": 0})

    with pytest.raises(VendorRejected):
        pay.close_order(order)


def test_number_is_signed_as_sent_when_it_has_a_bar(pay, prepay, order):
    odd = replace(order, number="MJ|2026*1122")
    prepay(odd)

    assert pay.find_order(odd).state == "open"


@pytest.mark.parametrize("operation", ["query_order", "close"])
def test_good_answer_is_not_believed_when_its_signature_is_a_probe(pay, prepay, server, order, operation):
    prepay(order)
    server.fault(operation, "probe")

    with pytest.raises(SignatureInvalid):
        (pay.find_order if operation == "query_order" else pay.close_order)(order)


def test_answer_is_not_believed_when_its_body_was_changed(pay, prepay, server, order):
    prepay(order)
    server.fault("query_order", "malformed", body='{"trade_state": "SUCCESS"}')

    with pytest.raises(SignatureInvalid):
        pay.find_order(order)


def test_answer_is_not_believed_when_another_key_should_have_signed(prepay, settings, http, order, now):
    other = WeChatPay(
        settings.model_copy(update={"public_key_id": "PUB_KEY_ID_1,PUB_KEY_ID_2", "platform_certificates": ""}), http
    )

    with pytest.raises(SignatureInvalid):
        other.prepay(order, payer_ip="", now=now)


@pytest.mark.parametrize(
    "change", [{"cert_serial": "0" * 40}, {"mchid": "1900000110"}, {"appid": "wx0000000000000000"}]
)
def test_order_is_refused_when_the_merchant_is_not_who_it_says(prepay, settings, http, order, change, now):
    other = WeChatPay(settings.model_copy(update=change), http)

    with pytest.raises(VendorRejected):
        other.prepay(order, payer_ip="", now=now)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, "SIGN_ERROR", CredentialRejected),
        (403, "NOAUTH", CredentialRejected),
        (404, "RESOURCE_NOT_EXISTS", VendorObjectMissing),
        (429, "FREQUENCY_LIMITED", VendorBusy),
        (500, "OPENID_MISMATCH", VendorRejected),
        (500, "BANK_ERROR", VendorUnavailable),
        (503, "", VendorUnavailable),
        (400, "SOMETHING_NEW", VendorRejected),
    ],
)
def test_refusal_has_its_error_when_the_vendor_sends_its_code(pay, server, order, status, code, error):
    body = f'{{"code": "{code}", "message": "…", "detail": {{"field": "/x"}}}}' if code else "<html>"
    server.fault("query_order", "status", status=status, body=body, times=3)

    with pytest.raises(error) as caught:
        pay.find_order(order)

    assert caught.value.facts["operation"] == "find_order"


def test_state_is_not_guessed_when_the_vendor_invents_one(pay, prepay, server, order, monkeypatch):
    prepay(order)
    monkeypatch.setattr("common.vendors.wechat_pay.client.STATES", {})

    with pytest.raises(VendorReplyInvalid):
        pay.find_order(order)


def test_client_is_not_built_when_a_setting_is_missing(settings, http):
    with pytest.raises(SettingsInvalid) as caught:
        WeChatPay(settings.model_copy(update={"notify_url": ""}), http)

    assert caught.value.facts["problems"] == ["WECHAT_PAY_NOTIFY_URL: missing"]


@pytest.fixture
def refund(order, now):
    return Refund("R202611220001", order.number, 990, 10, "操作失误", "asked", now)


@pytest.fixture
def paid(pay, prepay, server, order):
    prepay(order)
    server.control("pay", {"out_trade_no": order.number, "notify": 0})
    return order


def test_refund_is_pending_and_then_done_when_it_was_asked_for(pay, server, paid, refund):
    asked = pay.refund(paid, refund)
    again = pay.refund(paid, refund)
    server.control("settle_refund", {"out_refund_no": refund.number, "notify": 0})

    assert (asked, again) == (RefundStatus("pending", 990), RefundStatus("pending", 990))
    assert pay.find_refund(paid, refund) == RefundStatus("done", 990)
    assert pay.find_order(paid).state == "refunded"


@pytest.mark.parametrize(("status", "state"), [("CLOSED", "failed"), ("ABNORMAL", "stuck"), ("PROCESSING", "pending")])
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


@pytest.mark.parametrize(("status", "code"), [(403, "NOT_ENOUGH"), (403, "USER_ACCOUNT_ABNORMAL")])
def test_refund_is_refused_when_the_vendor_will_not_make_it(pay, server, paid, refund, status, code):
    server.fault("refund", "error", status=status, code=code)

    with pytest.raises(VendorRejected) as refused:
        pay.refund(paid, refund)

    assert refused.value.facts["vendor_code"] == code


def test_refund_is_refused_when_the_order_was_never_paid(pay, prepay, order, refund):
    prepay(order)

    with pytest.raises(VendorRejected):
        pay.refund(order, refund)


def test_refund_is_no_answer_when_the_vendor_invents_a_state(pay, paid, refund, monkeypatch):
    monkeypatch.setattr("common.vendors.wechat_pay.client.REFUND_STATES", {})

    with pytest.raises(VendorReplyInvalid):
        pay.refund(paid, refund)


@pytest.mark.parametrize("kept", ["public_key", "platform_certificates"])
def test_calls_are_believed_when_only_one_kind_of_key_is_held(settings, http, order, now, kept):
    other = {"public_key": ("platform_certificates",), "platform_certificates": ("public_key", "public_key_id")}[kept]
    pay = WeChatPay(settings.model_copy(update=dict.fromkeys(other, "")), http)

    assert pay.prepay(order, payer_ip="", now=now).prepay_id


def test_client_is_not_built_when_it_holds_no_key(settings, http):
    none = dict.fromkeys(("public_key", "public_key_id", "platform_certificates"), "")

    with pytest.raises(SettingsInvalid):
        WeChatPay(settings.model_copy(update=none), http)


def test_delivery_is_nobodys_business_when_the_order_is_granted(pay, order, records):
    pay.confirm_delivery(order)

    assert pay.reports_delivery is False
    assert records == []


def test_log_holds_no_secret_when_everything_is_logged(pay, prepay, settings, order, caplog):
    caplog.set_level(logging.DEBUG)

    prepay(order)

    for secret in (settings.private_key.get_secret_value(), settings.api_v3_key.get_secret_value(), "WECHATPAY2"):
        assert secret not in caplog.text
        assert secret not in repr(settings)
