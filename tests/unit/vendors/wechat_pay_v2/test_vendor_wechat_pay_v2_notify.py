"""Notifications: the genuine one is read, every other one is refused before anything in it is believed."""

import pytest

from common.domain.refunds import RefundEvidence
from common.errors import NotificationRefused
from common.vendors.wechat_pay_v2.client import WeChatPayV2
from scripts.local_cloud.fakes.wechat_pay_v2 import crypto
from scripts.local_cloud.fakes.wechat_pay_v2.documents import render
from scripts.local_cloud.fakes.wechat_pay_v2.letters import FORGERIES, LIES


@pytest.fixture
def notified(prepay, server, order, letters):
    """Pay the order; the body of the notification."""

    def act(**wishes):
        prepay(order)
        server.control("pay", {"out_trade_no": order.number, **wishes})
        return letters[-1]

    return act


def test_payment_is_read_when_the_notification_is_genuine(pay, notified, order, now):
    evidence = pay.read_notification({}, notified(), now=now)

    assert (evidence.number, evidence.amount_fen, evidence.currency) == (order.number, 990, "CNY")
    assert evidence.payer_openid == order.openid
    assert abs((evidence.paid_at - now).total_seconds()) < 60
    assert pay.is_ours(evidence)


@pytest.mark.parametrize("kind", ["MD5", "HMAC-SHA256"])
def test_payment_is_read_when_it_is_signed_as_configured_and_only_then(
    settings, http, notified, server, order, now, kind
):
    told = notified()
    fields = _fields(told)
    body = render(crypto.with_signature(fields, settings.api_key.get_secret_value(), kind))
    pays = {name: WeChatPayV2(settings.model_copy(update={"sign_type": name}), http) for name in crypto.KINDS}

    evidence = pays.pop(kind).read_notification({}, body, now=now)

    assert evidence.number == order.number
    for other in pays.values():
        with pytest.raises(NotificationRefused):
            other.read_notification({}, body, now=now)


def _fields(body):
    lines = body.decode().removeprefix("<xml>").removesuffix("</xml>").splitlines()
    pairs = [line.partition("><![CDATA[") for line in lines]
    return {name[1:]: value.partition("]]>")[0] for name, _, value in pairs}


@pytest.mark.parametrize("forge", sorted(FORGERIES - set(LIES)))
def test_notification_is_refused_when_it_is_not_the_vendors(pay, notified, now, forge):
    body = notified(forge=forge)

    with pytest.raises(NotificationRefused):
        pay.read_notification({}, body, now=now)


@pytest.mark.parametrize("forge", ["merchant", "appid"])
def test_evidence_is_not_ours_when_it_is_of_another_merchant_or_app(pay, notified, now, forge):
    evidence = pay.read_notification({}, notified(forge=forge), now=now)

    assert not pay.is_ours(evidence)


@pytest.mark.parametrize(
    "change",
    [
        {"total_fee": "+990"},
        {"total_fee": "99٠"},
        {"total_fee": ""},
        {"time_end": "20261301000000"},
        {"time_end": "2026112216000"},
        {"openid": ""},
        {"transaction_id": ""},
        {"out_trade_no": ""},
        {"result_code": "OK"},
    ],
)
def test_notification_is_refused_when_a_signed_field_is_not_what_it_should_be(pay, settings, notified, now, change):
    fields = {**_fields(notified()), **change}
    key = settings.api_key.get_secret_value()

    with pytest.raises(NotificationRefused) as caught:
        pay.read_notification({}, render(crypto.with_signature(fields, key, settings.sign_type)), now=now)

    assert caught.value.facts["reason"] in ("fields", "result_code")
    assert not set(fields.values()) & set(map(str, caught.value.facts.values()))


def test_notification_is_about_nothing_when_the_payment_failed(pay, settings, notified, now):
    failed = {**_fields(notified()), "result_code": "FAIL", "err_code": "SYSTEMERROR"}
    body = render(crypto.with_signature(failed, settings.api_key.get_secret_value(), settings.sign_type))

    assert pay.read_notification({}, body, now=now) is None


@pytest.mark.parametrize("status", ["SUCCESS", "REFUNDCLOSE", "CHANGE"])
def test_refund_is_a_reason_to_ask_when_its_notification_was_sealed_with_our_key(
    pay, server, paid, refund, letters, now, status
):
    pay.refund(paid, refund)
    server.control("settle_refund", {"out_refund_no": refund.number, "status": status})

    evidence = pay.read_notification({}, letters[-1], now=now)

    assert evidence == RefundEvidence(paid.number, refund.number)


@pytest.mark.parametrize("change", [{"api_key": "0" * 32}, {"mchid": "1900009999"}, {"appid": "wxffffffffffffffff"}])
def test_refund_is_refused_when_it_is_not_for_us(pay, settings, http, server, paid, refund, letters, now, change):
    pay.refund(paid, refund)
    server.control("settle_refund", {"out_refund_no": refund.number})
    other = WeChatPayV2(type(settings)(**{**_plain(settings), **change}), http)

    with pytest.raises(NotificationRefused):
        other.read_notification({}, letters[-1], now=now)


def _plain(settings):
    secrets = {name: getattr(settings, name).get_secret_value() for name in ("api_key", "client_key")}
    return {**settings.model_dump(), **secrets}
