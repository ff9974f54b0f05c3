"""The signing strings of known vectors, signatures under keys of our own, and keys as settings give them."""

import base64
import hashlib
from datetime import datetime, timezone

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from common.errors import SettingsInvalid
from common.vendors.wechat_pay.keys import read_private_key, read_public_key
from common.vendors.wechat_pay.pay_sign import payment_parameters
from common.vendors.wechat_pay.signature import MerchantSignature, request_text

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

    header = next(auth.auth_flow(request)).headers["authorization"]

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
