"""v2's signatures: the documents' own examples, vectors computed elsewhere, and everything that must not verify."""

from datetime import datetime, timezone

import pytest

from common.errors import SignatureInvalid
from common.vendors.wechat_pay_v2.notify import unseal
from common.vendors.wechat_pay_v2.pay_sign import payment_parameters
from common.vendors.wechat_pay_v2.signature import sign, signed, signed_text, verify

KEY = "192006250b4c09247ec02edce69f6a2d"
EXAMPLE = {
    "appid": "wxd930ea5d5a258f4f",
    "mch_id": "10000100",
    "device_info": "1000",
    "body": "test",
    "nonce_str": "ibuaiVcKdpRxkhJA",
}
ORDER = {
    "appid": "wxd678efh567hg6787",
    "attach": "",
    "body": "简历积分-100点",
    "mch_id": "1230000109",
    "nonce_str": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
    "notify_url": "https://example.com/pay/notify",
    "openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
    "out_trade_no": "RB202607010001",
    "spbill_create_ip": "127.0.0.1",
    "total_fee": "990",
    "trade_type": "JSAPI",
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("MD5", "9A0A8659F005D6984697E2CA0A9CF3B7"),
        ("HMAC-SHA256", "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6"),
    ],
)
def test_signature_is_the_documented_one_when_it_is_the_documents_example(kind, expected):
    assert sign(EXAMPLE, KEY, kind) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("HMAC-SHA256", "12704B94BEFAD02785D1E22DC2A93979F43EC6D0660434EADF6E517A15657368"),
        ("MD5", "0D9A907686ABB366415D9EC27159C1BA"),
    ],
)
def test_order_is_signed_over_chinese_text_and_its_kind_but_not_over_what_is_empty(kind, expected):
    assert signed(ORDER, KEY, kind)["sign"] == expected


def test_zero_is_signed_when_it_is_a_value():
    assert signed_text({"b": "0", "a": "", "c": "1"}, "k") == "b=0&c=1&key=k"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("MD5", "22D9B4E54AB1950F51E0649E8810ACD6"),
        ("HMAC-SHA256", "FB9D1EFB5C509131BBFF729F88A99CA2DE9B724D06D3B3262832A53083862BC0"),
    ],
)
def test_payment_has_the_documented_signature_when_it_is_the_documents_example(kind, expected):
    payment = payment_parameters(
        "qazwsxedcrfvtgbyhnujmikolp111111",
        appid="wxd678efh567hg6787",
        prepay_id="wx2017033010242291fcfe0db70013231072",
        sign_type=kind,
        nonce="5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
        now=datetime.fromtimestamp(1490840662, timezone.utc),
    )

    assert payment == {
        "timeStamp": "1490840662",
        "nonceStr": "5K8264ILTKCH16CQ2502SI8ZNMTM67VS",
        "package": "prepay_id=wx2017033010242291fcfe0db70013231072",
        "signType": kind,
        "paySign": expected,
    }


def test_refund_is_unsealed_when_it_is_the_known_vector():
    sealed = (
        "WBzGpzQuNpcFxIlFjUUD9CdH4BF3YHmtiHaWV8j0mqDmyt1ktL6KiRuDf54lmRtRsuivy+W7GOHBqU/pCYFHI29h5zsVoYNuky4WwJWgve1l"
        "KN3BmGhU1XAFvvxnrPcC"
    )

    plaintext = unseal(sealed, KEY)

    assert plaintext == b"<root><out_refund_no>R1</out_refund_no><refund_status>SUCCESS</refund_status></root>"


@pytest.mark.parametrize("kind", ["MD5", "HMAC-SHA256"])
def test_signature_verifies_when_nothing_was_changed(kind):
    verify(signed(ORDER, KEY, kind), KEY, kind)
    verify({**EXAMPLE, "sign": sign(EXAMPLE, KEY, kind)}, KEY, kind)


@pytest.mark.parametrize(
    "change",
    [
        {"total_fee": "991"},
        {"attach": "x"},
        {"new_field": "1"},
        {"sign": ""},
        {"sign": "签名"},
        {"nonce_str": ""},
    ],
)
def test_signature_is_refused_when_a_field_was_changed_added_or_emptied(change):
    with pytest.raises(SignatureInvalid):
        verify({**signed(ORDER, KEY, "HMAC-SHA256"), **change}, KEY, "HMAC-SHA256")


def test_signature_is_refused_when_its_kind_is_not_the_configured_one():
    weaker = {**EXAMPLE, "sign": sign(EXAMPLE, KEY, "MD5")}

    with pytest.raises(SignatureInvalid):
        verify(weaker, KEY, "HMAC-SHA256")
    with pytest.raises(SignatureInvalid) as told:
        verify(signed(EXAMPLE, KEY, "MD5"), KEY, "HMAC-SHA256")

    assert told.value.facts == {"reason": "sign_type"}


def test_signature_is_refused_when_a_field_hides_in_the_value_of_another():
    foreign = {"cash_fee_type": "CNY", "fee_type": "HKD", "total_fee": "990"}
    swallowed = {"cash_fee_type": "CNY&fee_type=HKD", "total_fee": "990", "sign": sign(foreign, KEY, "MD5")}

    assert sign(swallowed, KEY, "MD5") == swallowed["sign"]
    with pytest.raises(SignatureInvalid) as caught:
        verify(swallowed, KEY, "MD5")

    assert caught.value.facts == {"reason": "ambiguous"}
