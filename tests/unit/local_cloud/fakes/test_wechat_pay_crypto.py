"""The cryptography of v3 against published vectors: the Go SDK's test key, its notification, and AES-GCM texts."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from scripts.local_cloud.fakes.wechat_pay import crypto
from scripts.local_cloud.fakes.wechat_pay.account import new_key

# Public half of the key in wechatpay-go's own tests (core/auth/signers, core/notify; Apache-2.0).
GO_PUBLIC_KEY = (
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2VCTd91fnUn73Xy9DLvt/V62TVxRTEEstVdeRaZ3B3leO0pldE806mXO4RwdHXagHQ4v"
    "GeZN0yqm++rDsGK+U3AH7kejyD2pXshNP9Cq5YwbptiLGtjcquw4HNxJQUOmDeJf2vg6byms9RUipiq4SzbJKqJFlUpbuIPDpSpWz10PYmyCNeDG"
    "UUK65E5h2B834uxl1zNLYQCrkdBzb8oUxwYeP5a2DNxmjL5lsJML7DGr5znsevnoqGRwTm9fxCGfy8wus7hwKz6clt3Whmmda7UAdb1c08hEQFVR"
    "bF14AR73xbnd8N0obCWJPCbzMCtkaSef4FdEEgEXJiw0VAJT8wIDAQAB"
)
SOURCE_SIGNATURE = (
    "BKyAfU4iMCuvXMXS0Wzam3V/cnxZ+JaqigPM5OhljS2iOT95OO6Fsuml2JkFANJU9K6q9bLlDhPXuoVz+pp4hAm6pHU4ld815U4jsKu1RkyaII+1"
    "CYBUYC8TK0XtJ8FwUXXz8vZHh58rrAVN1XwNyvD1vfpxrMT4SL536GLwvpUHlCqIMzoZUguLli/K8V29QiOhuH6IEqLNJn8e9b3nwNcQ7be3CzYG"
    "pDAKBfDGPCqCv8Rw5zndhlffk2FEA70G4hvMwe51qMN/RAJbknXG23bSlObuTCN7Ndj1aJGH6/L+hdwfLpUtJm4QYVazzW7DFD27EpSQEqA8bX9+"
    "8m1rLg=="
)
PAY_SIGN = (
    "UV+EKQ3OdnOkUbbKaVi53s/67T59JbHx9gc9MaWoQEOaiZH+uYMByfW2MWXTZW1gnOXl1CqwzHtx7QUxfatSdSxgBhbNhJx1QaxkP0zSXAgXIoWP"
    "AktOlj9n/phfOH95rNl8bHzRDUoNAMQmfQy8SHGooKtEU6/87nWXHhcYarv/nmtgAJcwsV+lGJQ4jLZhGl5BaAvpLW1Xg8yYg1DXNjik2SPK8d+4"
    "FRSkW671wIvxXQCYqG3mi3FvxP5XJ3OBVbPk4GRf/8wi2r2eiqXYd5e4mRMIAOGxqape9Cm46kxrjlHF0uM+wSir4Nychn2H5geUh2YvE8vJJMAq"
    "mkN2gg=="
)
NOTIFICATION_SIGNATURE = (
    "tJHIiIS9eB2hAYstmAmbbD3ZE5LiIm/Ug5tuL4fC0YOFRWIHV39UFIZXC0e9Wl6lBu6sKvkqDkzpqzBsVHyXFlbYZTOQrVdG4b6LfTnK4mikv9++"
    "ixJMd3vTf2yCqvBkh98zs3Ds5zsYQakzbcwhmw4fMJs4nPLws28H0UW9FjDR//rxELLwXvV1VEA1IBLX70xptjL8hrfUjEE8kkry6yNJTHZRU8CA"
    "c7qHli2Ng1V1qb9ARbK8A3ThmFmPQvRGrapI/jS2laKKgYUmfdEdkNO6B2Cke5e8VTxY406ArAmQ90GAihDwIcb16TQMnzCMBoutnwZKNiKRACrF"
    "mtxw2Q=="
)
NOTIFICATION_SEALED = (
    "YDS3lKPaC4Y52Gf3uhft5qUBlIa8b428AWTtTauHQfQrRw+X1WpiuHIDy0vo1Vd6VEq67aVyqPdDYMkRVSDaZL3iZttevRMOoPKMifozg6XPWjIZ"
    "umks/GpT48lI4NizyeaqLBokNebthah3o1H76qSlO9NkDjp9bzmKLEYYH9TEklFUpsvPqOTOcgSLgh21YJXYR7dEBXFgRLiNIKRgO5JdXh1hccRU"
    "AlyVWxE54PXpnQ=="
)
NOTIFICATION_PLAIN = (
    '{"mchid":"1234567890","appid":"054aa7d7a2a54ab5898df65bd96f001c","create_time":"2020-06-30T12:12:00+08:00",'
    '"out_contract_code":"21640bdbd08e473e828f3206a2741c6e"}'
)
NOTIFICATION = (
    '{"id":"3119dfba-e649-5eec-ab1e-3412bc4d2e17","create_time":"2021-06-24T16:37:26+08:00",'
    '"resource_type":"encrypt-resource","event_type":"PAYSCORE.USER_OPEN_SERVICE","summary":"签约成功",'
    '"resource":{"original_type":"payscore","algorithm":"AEAD_AES_256_GCM","ciphertext":"' + NOTIFICATION_SEALED + '",'
    '"associated_data":"payscore","nonce":"Kj7QIyUiYx1q"}}'
)
ORDER = (
    '{"appid":"wxd678efh567hg6787","mchid":"1900009191","description":"Image",'
    '"out_trade_no":"1217752501201407033233368018","notify_url":"https://www.weixin.qq.com/wxpay/pay.php",'
    '"amount":{"total":100,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}'
)
TRADE = '{"trade_state":"SUCCESS"}'
LONG_KEY = "0123456789abcdef" * 2


@pytest.fixture(scope="module")
def go_key() -> RSAPublicKey:
    key = load_der_public_key(base64.b64decode(GO_PUBLIC_KEY))
    assert isinstance(key, RSAPublicKey)
    return key


def test_request_message_has_the_known_digest_when_built_from_the_documented_order() -> None:
    nonce = "593BEC0C930BF1AFEB40B4A08C8FB242"

    message = crypto.request_message("POST", "/v3/pay/transactions/jsapi", "1554208460", nonce, ORDER.encode())

    assert hashlib.sha256(message).hexdigest() == "f233fe67e5237f04b8b95126a319aabbdcc5703a505db7ad08f1ba6632204a29"


def test_signature_verifies_when_it_is_the_go_sdks(go_key: RSAPublicKey) -> None:
    verified = crypto.verify(go_key, b"source", SOURCE_SIGNATURE)

    assert verified


def test_payment_signature_verifies_when_it_is_the_known_one(go_key: RSAPublicKey) -> None:
    package = "prepay_id=wx201410272009395522657a690389285100"

    message = crypto.payment_message("wx8888888888888888", "1414561699", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS", package)

    assert crypto.verify(go_key, message, PAY_SIGN)


def test_notification_verifies_when_it_is_the_go_sdks(go_key: RSAPublicKey) -> None:
    message = crypto.reply_message("1624523846", "EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz", NOTIFICATION.encode())

    assert crypto.verify(go_key, message, NOTIFICATION_SIGNATURE)


@pytest.mark.parametrize("signature", [SOURCE_SIGNATURE, "WECHATPAY/SIGNTEST/abc=", "!", ""])
def test_signature_does_not_verify_when_it_is_of_something_else(go_key: RSAPublicKey, signature: str) -> None:
    verified = crypto.verify(go_key, b"another source", signature)

    assert not verified


def test_signature_verifies_when_made_by_the_same_key() -> None:
    key = new_key()

    signature = crypto.sign(key, b"source")

    assert crypto.verify(key.public_key(), b"source", signature)


@pytest.mark.parametrize(
    ("key", "nonce", "associated_data", "plaintext", "sealed"),
    [
        (
            "testAPIv3Key0000",
            "wCq51qZv4Yfg",
            "Dl56FrqWQJF1t9LtC3vEUsniZKvbqdR8",
            "Hello World",
            "FsdXzxryWfKwvLJKf8LG/ToRPTRh8RN9wROC",
        ),
        (
            LONG_KEY,
            "abcdefghijkl",
            "transaction",
            TRADE,
            "Eu69zaqBCIwQaJNlb7tiHQ9k+Fz80zx5YzOYHKwl/geBbi9ljwuu9FA=",
        ),
        (LONG_KEY, "abcdefghijkl", "", TRADE, "Eu69zaqBCIwQaJNlb7tiHQ9k+Fz80zx5Y14ddw/WWtAzvVgHghiBSjk="),
        ("testMchAPIv3Key0", "Kj7QIyUiYx1q", "payscore", NOTIFICATION_PLAIN, NOTIFICATION_SEALED),
    ],
)
def test_sealing_gives_the_published_ciphertext_when_key_nonce_and_text_are_the_same(
    key: str, nonce: str, associated_data: str, plaintext: str, sealed: str
) -> None:
    result = crypto.seal(key, nonce, associated_data, plaintext.encode())

    assert result == sealed


def test_times_are_written_in_beijing_time_when_given_unix_seconds() -> None:
    midnight_utc = 1_782_864_000.0

    assert crypto.beijing(midnight_utc) == "2026-07-01T08:00:00+08:00"
    assert crypto.compact_beijing(midnight_utc) == "20260701080000"
