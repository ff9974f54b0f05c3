"""The signatures of virtual payment, against the official example and vectors that were computed by hand."""

import json
from dataclasses import replace

import pytest
from pydantic import ValidationError

from common.errors import SettingsInvalid
from common.vendors.xpay.client import XPay
from common.vendors.xpay.settings import XPaySettings
from common.vendors.xpay.signature import pay_sig, payment_parameters, user_signature

BODY = b'{"openid": "xxx", "user_ip": "127.0.0.1", "env": 0}'
SIGN_DATA = (
    b'{"offerId":"1450593228","buyQuantity":1,"env":1,"currencyType":"CNY","productId":"light_monthly","goodsPrice":990,'
    b'"outTradeNo":"PM20260719123000A1B2C3D4","attach":"membership:light_monthly"}'
)


def test_pay_sig_is_the_official_one_when_the_balance_is_asked_for():
    signature = pay_sig("12345", "/xpay/query_user_balance", BODY)

    assert signature == "c37809f27c6d7fd1837ad2500a04512b66b34fd793a39a385fade56dca89a4b5"


def test_user_signature_is_the_official_one_when_the_session_key_is_taken_as_it_is():
    signature = user_signature("9hAb/NEYUlkaMBEsmFgzig==", BODY)

    assert signature == "089d9e8dc5d308977360c4b79ec600a93d736802802a807d634192328032f6c7"


def test_both_signatures_of_the_phones_parameters_are_known_ones():
    assert pay_sig("app-key", "requestVirtualPayment", SIGN_DATA) == (
        "e00d94ab6e3fd1f7e6a8a0b33bc9b06f6d51b871b8f3dd9ccbb8064afa82b29c"
    )
    assert user_signature("session-key", SIGN_DATA) == (
        "b5895c916a154b2ad05564713c789285bb6aabc2db54ca9e86662b78b4336f45"
    )


def test_signature_of_a_session_is_of_nothing_when_it_is_checked():
    signature = user_signature("o0q0otL8aEzpcZL/FT9WsQ==", b"")

    assert signature == "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128"


def test_sign_data_is_text_with_all_that_the_phone_needs(order):
    settings = XPaySettings(offer_id="1450593228", app_key="k", products="credits_10=light10", appid="wx1")

    payment = payment_parameters(order, settings, "session-key")

    assert json.loads(payment["signData"]) == {
        "offerId": "1450593228",
        "buyQuantity": 1,
        "env": 0,
        "currencyType": "CNY",
        "productId": "light10",
        "goodsPrice": 990,
        "outTradeNo": order.number,
        "attach": "credits_10",
    }
    assert payment["mode"] == "short_series_goods"
    assert payment["paySig"] == pay_sig("k", "requestVirtualPayment", payment["signData"].encode())


def test_product_has_the_same_id_when_it_is_not_named(order):
    settings = XPaySettings(offer_id="1", products=" credits_10 = light10 , credits_50=x")

    assert settings.product_of("credits_10") == "light10"
    assert settings.product_of("credits_120") == "credits_120"


@pytest.mark.parametrize("products", ["credits_10", "=x", "credits_10=", "a=b,c"])
def test_products_are_refused_when_they_are_no_pairs(products):
    with pytest.raises(ValidationError):
        XPaySettings(offer_id="1", products=products)


@pytest.mark.parametrize(
    ("env", "missing"), [("production", "XPAY_APP_KEY: missing"), ("sandbox", "XPAY_SANDBOX_APP_KEY: missing")]
)
def test_client_is_not_built_when_the_key_of_its_environment_is_missing(http, env, missing):
    with pytest.raises(SettingsInvalid) as caught:
        XPay(XPaySettings(offer_id="1", env=env, appid="wx1"), http, str, session_key=str, open_push=None)

    assert caught.value.facts["problems"] == [missing]


def test_key_is_the_one_of_the_environment():
    settings = XPaySettings(offer_id="1", app_key="live", sandbox_app_key="sand")

    assert (settings.key, settings.env_number) == ("live", 0)
    assert (replace_env(settings).key, replace_env(settings).env_number) == ("sand", 1)


def replace_env(settings):
    return settings.model_copy(update={"env": "sandbox"})


def test_price_is_ours_when_the_order_is_signed(order):
    settings = XPaySettings(offer_id="1", app_key="k")

    payment = payment_parameters(replace(order, amount_fen=1), settings, "s")

    assert json.loads(payment["signData"])["goodsPrice"] == 1
