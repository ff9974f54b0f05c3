"""Notifications: the genuine one is read, every other one is refused before anything in it is believed."""

import json
from datetime import timedelta

import pytest

from common.domain.refunds import Refund, RefundEvidence
from common.errors import NotificationRefused
from common.vendors.wechat_pay.client import WeChatPay
from common.vendors.wechat_pay.models import Sealed
from common.vendors.wechat_pay.notify import unseal
from scripts.local_cloud.fakes.wechat_pay.letters import Letter, signature_headers


@pytest.fixture
def paid(pay, server, order, now):
    """Pay the order; `forge` as the fake's control route takes it."""

    def act(**wishes):
        pay.prepay(order, payer_ip="", now=now)
        return server.control("pay", {"out_trade_no": order.number, **wishes})["transaction_id"]

    return act


def test_payment_is_read_when_the_notification_is_genuine(pay, paid, letters, order, now):
    transaction_id = paid()
    headers, body = letters[0]

    evidence = pay.read_notification(headers, body, now=now)

    assert (evidence.number, evidence.transaction_id, evidence.amount_fen) == (order.number, transaction_id, 990)
    assert pay.is_ours(evidence)
    assert evidence.payer_openid == order.openid
    assert evidence.paid_at.tzinfo is not None


@pytest.mark.parametrize("spelling", [str.lower, str.upper, str.title])
def test_payment_is_read_when_header_names_are_spelt_otherwise(pay, paid, letters, now, spelling):
    paid()
    headers, body = letters[0]

    assert pay.read_notification({spelling(name): value for name, value in headers.items()}, body, now=now)


@pytest.mark.parametrize("forge", ["signature", "serial", "stale", "probe"])
def test_notification_is_refused_when_its_signature_is_not_good(pay, paid, letters, now, forge):
    paid(forge=forge)
    headers, body = letters[0]

    with pytest.raises(NotificationRefused):
        pay.read_notification(headers, body, now=now)


@pytest.mark.parametrize("forge", ["merchant", "appid"])
def test_evidence_is_not_ours_when_it_is_of_somebody_else(pay, paid, letters, now, forge):
    paid(forge=forge)
    headers, body = letters[0]

    assert not pay.is_ours(pay.read_notification(headers, body, now=now))


@pytest.mark.parametrize(("forge", "told"), [("amount", (991, "CNY")), ("currency", (990, "USD"))])
def test_evidence_tells_the_sum_as_it_is_when_that_is_wrong(pay, paid, letters, now, forge, told):
    paid(forge=forge)
    headers, body = letters[0]

    evidence = pay.read_notification(headers, body, now=now)

    assert (evidence.amount_fen, evidence.currency) == told


@pytest.mark.parametrize("minutes", [-6, 6])
def test_notification_is_refused_when_the_clocks_are_apart_either_way(pay, paid, letters, now, minutes):
    paid()
    headers, body = letters[0]

    with pytest.raises(NotificationRefused) as caught:
        pay.read_notification(headers, body, now=now + timedelta(minutes=minutes))

    assert caught.value.facts["reason"] == "stale"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Wechatpay-Timestamp", ""),
        ("Wechatpay-Timestamp", "soon"),
        ("Wechatpay-Timestamp", "²"),
        ("Wechatpay-Timestamp", "9" * 400),
        ("Wechatpay-Serial", ""),
        ("Wechatpay-Signature", ""),
        ("Wechatpay-Signature", "不是"),
        ("Wechatpay-Nonce", "\ud800"),
    ],
)
def test_notification_is_refused_when_a_header_is_odd(pay, paid, letters, now, name, value):
    paid()
    headers, body = letters[0]
    lowered = {key.lower(): text for key, text in headers.items()}

    with pytest.raises(NotificationRefused):
        pay.read_notification({**lowered, name.lower(): value}, body, now=now)


def test_notification_is_refused_when_there_are_no_headers_or_the_body_was_touched(pay, paid, letters, now):
    paid()
    headers, body = letters[0]

    for given in (({}, body), (headers, body + b" "), (headers, b"")):
        with pytest.raises(NotificationRefused):
            pay.read_notification(*given, now=now)


@pytest.fixture
def signed(server, now):
    """Headers that make any body a letter WeChat Pay really signed."""

    def sign(body):
        letter = Letter("https://x", "T", "n", body)
        return signature_headers(server.fake.account.signers()["public_key"], letter, now.timestamp(), 0), body

    return sign


@pytest.mark.parametrize("key", ["public_key", "next_public_key", "certificate"])
def test_payment_is_read_whichever_key_signed_when_the_keys_rotate(pay, paid, server, letters, now, key):
    server.control("sign_with", {"key": key})
    paid()
    headers, body = letters[0]

    assert pay.read_notification(headers, body, now=now) is not None


def test_notification_is_refused_when_its_certificate_has_ended(
    settings, http, paid, server, letters, now, monkeypatch
):
    server.control("sign_with", {"key": "certificate"})
    paid()
    headers, body = letters[0]
    monkeypatch.setattr("common.clock.now", lambda: now + timedelta(days=1900))
    later = WeChatPay(settings, http)

    with pytest.raises(NotificationRefused) as caught:
        later.read_notification(headers, body, now=now)

    assert caught.value.facts["reason"] == "unknown serial"


def test_payment_is_read_when_there_is_no_associated_data(pay, paid, server, letters, order, now):
    paid(notify=0)
    server.control("notify", {"out_trade_no": order.number, "bare": True})
    headers, body = letters[0]

    assert pay.read_notification(headers, body, now=now).number == order.number


@pytest.fixture
def refunded(pay, paid, server, order, now):
    """A refund that ended, and of which the merchant was told."""

    def act(status="SUCCESS"):
        paid(notify=0)
        pay.refund(order, Refund("R202611220001", order.number, 990, 10, "x", "asked", now))
        server.control("settle_refund", {"out_refund_no": "R202611220001", "status": status})

    return act


@pytest.mark.parametrize("status", ["SUCCESS", "CLOSED", "ABNORMAL"])
def test_refund_is_named_when_the_notification_is_about_one(pay, refunded, letters, order, now, status):
    refunded(status)
    headers, body = letters[0]

    told = pay.read_notification(headers, body, now=now)

    assert told == RefundEvidence(order.number, "R202611220001")


def test_refund_is_refused_when_it_is_of_another_merchant(settings, http, refunded, letters, now):
    refunded()
    other = WeChatPay(settings.model_copy(update={"mchid": "1900009999"}), http)

    with pytest.raises(NotificationRefused) as caught:
        other.read_notification(*letters[0], now=now)

    assert caught.value.facts == {"mismatch": "merchant"}


def test_notification_is_refused_unread_when_it_is_far_too_large(pay, signed, now):
    with pytest.raises(NotificationRefused) as caught:
        pay.read_notification(*signed(b" " * 10_000_000), now=now)

    assert caught.value.facts == {"reason": "size"}


SEALED = {"algorithm": "AEAD_AES_256_GCM", "ciphertext": "QUJD", "nonce": "abcdefghijkl", "associated_data": ""}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        json.dumps({"event_type": "TRANSACTION.SUCCESS", "resource": "x"}).encode(),
        json.dumps({"event_type": "TRANSACTION.SUCCESS", "resource": {**SEALED, "algorithm": "ROT13"}}).encode(),
        json.dumps({"event_type": "TRANSACTION.SUCCESS", "resource": SEALED}).encode(),
        json.dumps({"event_type": "TRANSACTION.SUCCESS", "resource": {**SEALED, "ciphertext": "不是"}}).encode(),
        json.dumps({"event_type": "TRANSACTION.SUCCESS", "resource": {**SEALED, "nonce": ""}}).encode(),
    ],
)
def test_notification_is_refused_when_it_is_signed_and_still_malformed(pay, signed, now, content):
    with pytest.raises(NotificationRefused):
        pay.read_notification(*signed(content), now=now)


def test_notification_is_nothing_to_us_when_it_is_about_something_else(pay, signed, now):
    content = json.dumps({"event_type": "SECURITY_ECHO.SUCCESS", "resource": SEALED}).encode()

    assert pay.read_notification(*signed(content), now=now) is None


KEY = b"0123456789abcdef0123456789abcdef"
PLAIN = b'{"trade_state":"SUCCESS"}'


@pytest.mark.parametrize(
    ("key", "nonce", "aad", "ciphertext", "plain"),
    [
        (
            b"testAPIv3Key0000",
            "wCq51qZv4Yfg",
            "Dl56FrqWQJF1t9LtC3vEUsniZKvbqdR8",
            "FsdXzxryWfKwvLJKf8LG/ToRPTRh8RN9wROC",
            b"Hello World",
        ),
        (KEY, "abcdefghijkl", "transaction", "Eu69zaqBCIwQaJNlb7tiHQ9k+Fz80zx5YzOYHKwl/geBbi9ljwuu9FA=", PLAIN),
        (KEY, "abcdefghijkl", "", "Eu69zaqBCIwQaJNlb7tiHQ9k+Fz80zx5Y14ddw/WWtAzvVgHghiBSjk=", PLAIN),
        (KEY, "abcdefghijkl", None, "Eu69zaqBCIwQaJNlb7tiHQ9k+Fz80zx5Y14ddw/WWtAzvVgHghiBSjk=", PLAIN),
    ],
)
def test_sealed_text_is_opened_when_the_vector_is_known(key, nonce, aad, ciphertext, plain):
    sealed = Sealed(algorithm="AEAD_AES_256_GCM", ciphertext=ciphertext, nonce=nonce, associated_data=aad)

    assert unseal(sealed, key) == plain
