"""Who may call: every refusal before the body is looked at, in the vendor's order and words."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key

from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake
from scripts.local_cloud.fakes.wechat_pay.account import KEY_BITS, load_account
from tests.unit.local_cloud.fakes.wechat_pay_merchant import Merchant

FORMAT = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"
TARGET = "/v3/pay/transactions/jsapi"


def refusal(reply: httpx.Response) -> tuple[int, str, str]:
    body = reply.json()
    return reply.status_code, body["code"], body["message"]


@pytest.mark.parametrize("header", ["Accept", "User-Agent"])
def test_call_is_refused_with_400_when_a_basic_header_is_missing(merchant: Merchant, header: str) -> None:
    reply = merchant.client.post(TARGET, headers={header: ""})

    assert refusal(reply) == (400, "PARAM_ERROR", "Http头缺少Accept或User-Agent")


def test_call_is_refused_when_the_scheme_is_another(merchant: Merchant) -> None:
    reply = merchant.client.post(TARGET, headers={"Authorization": "Bearer abc"})

    assert refusal(reply) == (401, "SIGN_ERROR", "HTTP头Authorization认证类型不正确")


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "WECHATPAY2-SHA256-RSA2048",
        'WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="n",signature="s",serial_no="x"',
        'WECHATPAY2-SHA256-RSA2048 mchid="1", nonce_str="n", signature="s", timestamp="1", serial_no="x"',
        'WECHATPAY2-SHA256-RSA2048 mchid="1",nonce_str="n",signature="s",timestamp="soon",serial_no="x"',
        "WECHATPAY2-SHA256-RSA2048 mchid=1,nonce_str=n,signature=s,timestamp=1,serial_no=x",
    ],
)
def test_call_is_refused_when_the_authorization_is_malformed(merchant: Merchant, authorization: str) -> None:
    reply = merchant.client.post(TARGET, headers={"Authorization": authorization})

    assert refusal(reply) == (401, "SIGN_ERROR", FORMAT)


@pytest.mark.parametrize("off_by_s", [-310, 310])
def test_call_is_refused_when_the_timestamp_is_off_by_more_than_five_minutes(merchant: Merchant, off_by_s: int) -> None:
    at = merchant.fake.clock.now() + off_by_s

    reply = merchant.call("POST", TARGET, merchant.order_body(), at=at)

    message = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"
    assert refusal(reply) == (401, "SIGN_ERROR", message)


@pytest.mark.parametrize("tamper", [{"serial_no": "0" * 40}, {"mchid": "1900009999"}])
def test_call_is_refused_when_serial_and_merchant_do_not_belong_together(
    merchant: Merchant, tamper: dict[str, str]
) -> None:
    reply = merchant.call("POST", TARGET, merchant.order_body(), tamper=tamper)

    assert refusal(reply)[:2] == (401, "SIGN_ERROR")
    assert refusal(reply)[2].startswith("商户证书序列号有误")


def test_call_is_refused_and_told_what_was_signed_when_the_signature_is_wrong(merchant: Merchant) -> None:
    reply = merchant.call("POST", TARGET, merchant.order_body(), tamper={"nonce_str": "another"})

    assert refusal(reply) == (401, "SIGN_ERROR", "签名错误")
    information = reply.json()["detail"]["sign_information"]
    assert (information["method"], information["url"]) == ("POST", TARGET)
    assert information["truncated_sign_message"].startswith(f"POST\n{TARGET}\n")


def test_timestamp_is_complained_of_first_when_everything_is_wrong(merchant: Merchant) -> None:
    reply = merchant.call("POST", TARGET, b"{", at=0, tamper={"serial_no": "x", "signature": "x"})

    assert "timestamp" in refusal(reply)[2]


def test_signature_is_complained_of_before_the_body_when_both_are_wrong(merchant: Merchant) -> None:
    reply = merchant.call("POST", TARGET, {"mchid": "1900009999"}, tamper={"signature": "x"})

    assert refusal(reply)[1] == "SIGN_ERROR"


def test_merchant_of_the_body_is_complained_of_before_its_fields_when_both_are_wrong(merchant: Merchant) -> None:
    reply = merchant.call("POST", TARGET, {"mchid": "1900009999"})

    assert refusal(reply) == (400, "PARAM_ERROR", "请求中的mchid与Authorization中的mchid不一致")


def test_answer_is_signed_with_the_public_key_mode_key_when_the_call_succeeds(merchant: Merchant) -> None:
    reply = merchant.order()

    assert reply.status_code == 200
    assert reply.headers["Wechatpay-Serial"] == merchant.fake.account.public_key_id
    assert reply.headers["Wechatpay-Serial"].startswith("PUB_KEY_ID_")
    assert merchant.verifies(reply.headers, reply.content)


def test_answer_is_not_signed_when_the_call_fails(merchant: Merchant) -> None:
    reply = merchant.query("RB-unknown")

    assert reply.status_code == 404
    assert [name for name in reply.headers if name.startswith("wechatpay")] == []
    assert reply.headers["Request-ID"]


def test_answer_carries_a_signature_probe_when_one_is_planned(merchant: Merchant) -> None:
    merchant.control("faults", operation="jsapi", kind="probe")

    probed, repeated = merchant.order(), merchant.order()

    assert probed.headers["Wechatpay-Signature"].startswith("WECHATPAY/SIGNTEST/")
    assert not merchant.verifies(probed.headers, probed.content)
    assert merchant.verifies(repeated.headers, repeated.content)


def test_signature_covers_path_and_query_as_sent_when_the_order_number_is_escaped(merchant: Merchant) -> None:
    merchant.order("RB|2026*01")

    with serve(merchant.fake) as serving, httpx.Client(base_url=serving.url, trust_env=False) as client:
        reply = Merchant(merchant.fake, client, merchant.shop).query("RB%7C2026*01")

    assert reply.json()["out_trade_no"] == "RB|2026*01"
    assert merchant.query("RB%7C2026*01").status_code == 200


@pytest.mark.parametrize(("method", "target", "status"), [("GET", TARGET, 405), ("GET", "/v3/certificates", 404)])
def test_call_is_refused_when_path_or_method_does_not_exist(
    merchant: Merchant, method: str, target: str, status: int
) -> None:
    reply = merchant.call(method, target)

    assert reply.status_code == status
    assert reply.json()["code"]


def test_settings_hold_both_keys_and_their_names_when_asked_for(merchant: Merchant) -> None:
    settings = merchant.fake.environment("http://127.0.0.1:8102")

    private = load_der_private_key(base64.b64decode(settings["WECHAT_PAY_PRIVATE_KEY"]), None)
    public = load_der_public_key(base64.b64decode(settings["WECHAT_PAY_PUBLIC_KEY"].partition(",")[0]))
    assert isinstance(private, RSAPrivateKey)
    assert private.key_size == KEY_BITS
    assert isinstance(public, RSAPublicKey)
    assert public == merchant.fake.account.platform_key.public_key()
    assert len(settings["WECHAT_PAY_API_V3_KEY"]) == 32
    assert settings["WECHAT_PAY_BASE_URL"] == "http://127.0.0.1:8102"
    assert all("\n" not in value for value in settings.values())


@pytest.mark.parametrize("name", ["public_key", "next_public_key", "certificate"])
def test_answer_is_signed_with_the_key_that_is_asked_for_when_there_are_several(merchant: Merchant, name: str) -> None:
    serial = merchant.fake.account.signers()[name].serial

    reply = merchant.call("POST", TARGET, merchant.order_body(), serial=serial)

    assert reply.headers["Wechatpay-Serial"] == serial
    assert merchant.verifies(reply.headers, reply.content)


def test_answer_is_signed_with_the_certificate_when_no_key_is_asked_for(merchant: Merchant) -> None:
    reply = merchant.call("POST", TARGET, merchant.order_body(), serial="")

    assert reply.headers["Wechatpay-Serial"] == merchant.fake.account.signers()["certificate"].serial


def test_account_is_the_same_when_the_fake_is_restarted(pay_state_dir: Path, merchant: Merchant) -> None:
    again = WeChatPayFake(pay_state_dir)

    assert again.account.settings() == merchant.fake.account.settings()


def test_account_file_is_readable_by_its_owner_only_when_made(pay_state_dir: Path) -> None:
    load_account(pay_state_dir)

    kept = pay_state_dir / "wechat_pay_keys.json"

    assert kept.stat().st_mode & 0o077 == 0
    assert json.loads(kept.read_text())["mchid"]
    assert list(pay_state_dir.glob("wechat_pay_keys.json*")) == [kept]
