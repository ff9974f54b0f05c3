"""The signing strings of known vectors, signatures under keys of our own, and keys as settings give them."""

import base64
import hashlib
import json
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from common.errors import SettingsInvalid, SignatureInvalid
from common.vendors.wechat_pay.keys import read_platform_keys, read_private_key, read_public_key
from common.vendors.wechat_pay.models import Notification
from common.vendors.wechat_pay.notify import unseal
from common.vendors.wechat_pay.pay_sign import payment_parameters
from common.vendors.wechat_pay.signature import MerchantSignature, request_text, signed_text, verify

BODY = (
    '{"appid":"wxd678efh567hg6787","mchid":"1900009191","description":"Image",'
    '"out_trade_no":"1217752501201407033233368018","notify_url":"https://www.weixin.qq.com/wxpay/pay.php",'
    '"amount":{"total":100,"currency":"CNY"},"payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}'
)


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def verifies(key, signature, text):
    return key.public_key().verify(base64.b64decode(signature), text, PKCS1v15(), SHA256()) is None


def test_signing_string_has_the_known_digest_when_the_request_is_the_published_one():
    nonce = "593BEC0C930BF1AFEB40B4A08C8FB242"

    text = request_text("POST", "/v3/pay/transactions/jsapi", "1554208460", nonce, BODY.encode())

    digest = "f233fe67e5237f04b8b95126a319aabbdcc5703a505db7ad08f1ba6632204a29"
    assert hashlib.sha256(text).hexdigest() == digest


def test_empty_body_is_an_empty_line_when_a_query_is_signed():
    assert request_text("GET", "/v3/x?mchid=1", "1", "n", b"") == b"GET\n/v3/x?mchid=1\n1\nn\n\n"


def test_header_covers_what_is_sent_when_httpx_sends_it(key):
    auth = MerchantSignature(mchid="1900009191", serial="ABC", key=key)
    request = httpx.Request("GET", "https://pay.test/v3/x%7Cy?mchid=1900009191")

    header = auth(request).headers["authorization"]

    scheme, _, pairs = header.partition(" ")
    parts = dict(pair.split("=", 1) for pair in pairs.split(","))
    values = {name: value.strip('"') for name, value in parts.items()}
    text = f"GET\n/v3/x%7Cy?mchid=1900009191\n{values['timestamp']}\n{values['nonce_str']}\n\n"
    assert scheme == "WECHATPAY2-SHA256-RSA2048"
    assert (values["mchid"], values["serial_no"]) == ("1900009191", "ABC")
    assert verifies(key, values["signature"], text.encode())


def test_payment_is_signed_over_its_four_lines_when_the_phone_gets_it(key):
    now = datetime.fromtimestamp(1414561699, tz=timezone.utc)

    payment = payment_parameters(key, appid="wx8888888888888888", prepay_id="wx20141027", nonce="5K8264", now=now)

    text = b"wx8888888888888888\n1414561699\n5K8264\nprepay_id=wx20141027\n"
    assert {name: value for name, value in payment.items() if name != "paySign"} == {
        "timeStamp": "1414561699",
        "nonceStr": "5K8264",
        "package": "prepay_id=wx20141027",
        "signType": "RSA",
    }
    assert verifies(key, payment["paySign"], text)


def private_forms(key):
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    der = base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()
    old = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
    return [pem, der, old]


def test_private_key_is_the_same_when_its_form_differs(key):
    read = [read_private_key(text).private_numbers() for text in private_forms(key)]

    assert read == [key.private_numbers()] * 3


def test_public_key_is_the_same_when_its_form_differs(key):
    public = key.public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    der = base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()

    assert [read_public_key(text).public_numbers() for text in (pem, der)] == [public.public_numbers()] * 2


def test_settings_are_blamed_without_quoting_them_when_a_key_is_none():
    curve = ec.generate_private_key(ec.SECP256R1())
    other = curve.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    for text in ("", "nonsense!", "QUJDREVG", "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----", other):
        with pytest.raises(SettingsInvalid) as caught:
            read_private_key(text)
        assert "QUJD" not in str(caught.value)
        with pytest.raises(SettingsInvalid):
            read_public_key(text)


def a_certificate(key, *, days=30, serial=0xD7CE59D1F522D701):
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tenpay.com Root CA")])
    start = NOW - timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), serial, start, start + timedelta(days=days))
    return builder.sign(key, SHA256())


NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone.utc)


def public_text(key):
    return base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_both_kinds_of_keys_are_held_at_once_when_both_are_set(key, encoding):
    first, second = a_certificate(key), a_certificate(key, serial=0x0A)
    texts = [certificate.public_bytes(encoding) for certificate in (first, second)]
    listed = (
        b"".join(texts).decode()
        if encoding is Encoding.PEM
        else ",".join(base64.b64encode(text).decode() for text in texts)
    )

    keys = read_platform_keys("PUB_KEY_ID_1, PUB_KEY_ID_2", f"{public_text(key)},{public_text(key)}", listed, now=NOW)

    assert list(keys) == ["PUB_KEY_ID_1", "PUB_KEY_ID_2", "D7CE59D1F522D701", "0A"]


def test_certificate_is_left_out_when_it_has_ended(key):
    ended = a_certificate(key, days=1).public_bytes(Encoding.PEM).decode()

    with pytest.raises(SettingsInvalid):
        read_platform_keys("", "", ended, now=NOW)


@pytest.mark.parametrize(
    ("ids", "keys", "certificates"),
    [
        ("", "", ""),
        ("A,B", "one", ""),
        ("A", "", ""),
        ("", "", "QUJD"),
        ("", "", "-----BEGIN CERTIFICATE-----\nQUJD\n"),
    ],
)
def test_settings_are_blamed_when_the_platforms_keys_are_none(key, ids, keys, certificates):
    with pytest.raises(SettingsInvalid):
        read_platform_keys(ids, keys.replace("one", public_text(key)), certificates, now=NOW)


#: The public half of the key in the tests of wechatpay-go, the vendor's own SDK; PKCS#1 v1.5 has exactly one signature for a
#: text, so a published one verifies when and only when our signing string is theirs.
VENDOR_KEY = rsa.RSAPublicNumbers(
    65537,
    int.from_bytes(
        base64.b64decode(
            "2VCTd91fnUn73Xy9DLvt/V62TVxRTEEstVdeRaZ3B3leO0pldE806mXO4RwdHXagHQ4vGeZN0yqm++rDsGK+U3AH7kejyD2pXshNP9Cq5Ywb"
            "ptiLGtjcquw4HNxJQUOmDeJf2vg6byms9RUipiq4SzbJKqJFlUpbuIPDpSpWz10PYmyCNeDGUUK65E5h2B834uxl1zNLYQCrkdBzb8oUxwYe"
            "P5a2DNxmjL5lsJML7DGr5znsevnoqGRwTm9fxCGfy8wus7hwKz6clt3Whmmda7UAdb1c08hEQFVRbF14AR73xbnd8N0obCWJPCbzMCtkaSef"
            "4FdEEgEXJiw0VAJT8w=="
        ),
        "big",
    ),
).public_key()


def test_payment_is_signed_like_the_known_vector_when_its_four_lines_are():
    pay_sign = (
        "UV+EKQ3OdnOkUbbKaVi53s/67T59JbHx9gc9MaWoQEOaiZH+uYMByfW2MWXTZW1gnOXl1CqwzHtx7QUxfatSdSxgBhbNhJx1QaxkP0zSXAgXIoWP"
        "AktOlj9n/phfOH95rNl8bHzRDUoNAMQmfQy8SHGooKtEU6/87nWXHhcYarv/nmtgAJcwsV+lGJQ4jLZhGl5BaAvpLW1Xg8yYg1DXNjik2SPK8d+4"
        "FRSkW671wIvxXQCYqG3mi3FvxP5XJ3OBVbPk4GRf/8wi2r2eiqXYd5e4mRMIAOGxqape9Cm46kxrjlHF0uM+wSir4Nychn2H5geUh2YvE8vJJMAq"
        "mkN2gg=="
    )
    package = "prepay_id=wx201410272009395522657a690389285100"

    text = signed_text("wx8888888888888888", "1414561699", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS", package)

    assert VENDOR_KEY.verify(base64.b64decode(pay_sign), text, PKCS1v15(), SHA256()) is None


#: A whole notification from the same tests: headers, body, and what is sealed in it (under a key of 16 bytes).
VENDOR_HEADERS = {
    "Wechatpay-Nonce": "EcZ9Cmy4Xyx1i6RlJQzLcCyEqDa26NBz",
    "Wechatpay-Timestamp": "1624523846",
    "Wechatpay-Serial": "D7CE59D1F522D701",
    "Wechatpay-Signature": (
        "tJHIiIS9eB2hAYstmAmbbD3ZE5LiIm/Ug5tuL4fC0YOFRWIHV39UFIZXC0e9Wl6lBu6sKvkqDkzpqzBsVHyXFlbYZTOQrVdG4b6LfTnK4mikv9++"
        "ixJMd3vTf2yCqvBkh98zs3Ds5zsYQakzbcwhmw4fMJs4nPLws28H0UW9FjDR//rxELLwXvV1VEA1IBLX70xptjL8hrfUjEE8kkry6yNJTHZRU8CA"
        "c7qHli2Ng1V1qb9ARbK8A3ThmFmPQvRGrapI/jS2laKKgYUmfdEdkNO6B2Cke5e8VTxY406ArAmQ90GAihDwIcb16TQMnzCMBoutnwZKNiKRACrF"
        "mtxw2Q=="
    ),
}
VENDOR_BODY = (
    '{"id":"3119dfba-e649-5eec-ab1e-3412bc4d2e17","create_time":"2021-06-24T16:37:26+08:00",'
    '"resource_type":"encrypt-resource","event_type":"PAYSCORE.USER_OPEN_SERVICE","summary":"签约成功",'
    '"resource":{"original_type":"payscore","algorithm":"AEAD_AES_256_GCM","ciphertext":"'
    "YDS3lKPaC4Y52Gf3uhft5qUBlIa8b428AWTtTauHQfQrRw+X1WpiuHIDy0vo1Vd6VEq67aVyqPdDYMkRVSDaZL3iZttevRMOoPKMifozg6XPWjIZumks"
    "/GpT48lI4NizyeaqLBokNebthah3o1H76qSlO9NkDjp9bzmKLEYYH9TEklFUpsvPqOTOcgSLgh21YJXYR7dEBXFgRLiNIKRgO5JdXh1hccRUAlyVWxE5"
    '4PXpnQ==","associated_data":"payscore","nonce":"Kj7QIyUiYx1q"}}'
).encode()
VENDOR_TIME = datetime.fromtimestamp(1624523846, tz=timezone.utc)


def test_whole_notification_of_the_vendors_tests_verifies_and_opens():
    verify(VENDOR_HEADERS, VENDOR_BODY, {"D7CE59D1F522D701": VENDOR_KEY}, now=VENDOR_TIME)

    sealed = Notification.model_validate_json(VENDOR_BODY).resource

    assert json.loads(unseal(sealed, b"testMchAPIv3Key0"))["mchid"] == "1234567890"


@pytest.mark.parametrize("seconds", [-301, 301])
def test_whole_notification_of_the_vendors_tests_is_refused_when_the_clock_is_off_either_way(seconds):
    with pytest.raises(SignatureInvalid):
        verify(
            VENDOR_HEADERS,
            VENDOR_BODY,
            {"D7CE59D1F522D701": VENDOR_KEY},
            now=VENDOR_TIME + timedelta(seconds=seconds),
        )
