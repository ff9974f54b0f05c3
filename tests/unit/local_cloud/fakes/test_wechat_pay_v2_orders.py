"""The v2 fake: what it refuses and how, orders and refunds from beginning to end."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.local_cloud.fakes.wechat_pay_v2 import crypto
from tests.unit.local_cloud.fakes.wechat_pay_v2_merchant import MerchantV2

KEY = "192006250b4c09247ec02edce69f6a2d"
EXAMPLE = {
    "appid": "wxd930ea5d5a258f4f",
    "mch_id": "10000100",
    "device_info": "1000",
    "body": "test",
    "nonce_str": "ibuaiVcKdpRxkhJA",
}
SEALED = (
    "WBzGpzQuNpcFxIlFjUUD9CdH4BF3YHmtiHaWV8j0mqDmyt1ktL6KiRuDf54lmRtRsuivy+W7GOHBqU/pCYFHI29h5zsVoYNuky4WwJWgve1l"
    "KN3BmGhU1XAFvvxnrPcC"
)


def test_cryptography_gives_the_published_values_when_it_is_the_fakes_own() -> None:
    inside = b"<root><out_refund_no>R1</out_refund_no><refund_status>SUCCESS</refund_status></root>"

    assert crypto.signature(EXAMPLE, KEY, "MD5") == "9A0A8659F005D6984697E2CA0A9CF3B7"
    assert crypto.signature(EXAMPLE, KEY, "HMAC-SHA256").startswith("6A9AE1657590FD6257D693A078E1C3E4")
    assert crypto.seal(KEY, inside) == SEALED


@pytest.mark.parametrize("kind", crypto.KINDS)
def test_order_gets_a_prepay_id_when_everything_is_right(merchant_v2: MerchantV2, kind: str) -> None:
    fields = {"out_trade_no": "RB202611220009", "sign_type": kind}

    answer = merchant_v2.call("/pay/orderquery", fields, kind=kind)
    opened = merchant_v2.order()

    assert (answer["result_code"], answer["err_code"]) == ("FAIL", "ORDERNOTEXIST")
    assert opened["result_code"] == "SUCCESS"
    assert opened["prepay_id"].startswith("wx20")


def test_order_gets_the_same_prepay_id_when_repeated_and_a_new_one_after_two_hours(merchant_v2: MerchantV2) -> None:
    first, second = merchant_v2.order(), merchant_v2.order()
    merchant_v2.fake.clock.shift(7201)
    third = merchant_v2.order()

    assert first["prepay_id"] == second["prepay_id"]
    assert first["prepay_id"] != third["prepay_id"]


@pytest.mark.parametrize("change", [{"total_fee": 1}, {"body": "x"}, {"spbill_create_ip": "203.0.113.8"}])
def test_order_is_refused_when_its_number_was_used_for_something_else(
    merchant_v2: MerchantV2, change: dict[str, Any]
) -> None:
    merchant_v2.order()

    answer = merchant_v2.order(**change)

    assert (answer["err_code"], answer["err_code_des"]) == ("INVALID_REQUEST", "201 商户订单号重复")


def test_order_is_refused_when_it_is_paid_or_closed(merchant_v2: MerchantV2) -> None:
    for number in ("RB-paid-1", "RB-closed-1"):
        merchant_v2.order(number)
    merchant_v2.pay("RB-paid-1")
    merchant_v2.close("RB-closed-1")

    codes = [merchant_v2.order(number)["err_code"] for number in ("RB-paid-1", "RB-closed-1")]

    assert codes == ["ORDERPAID", "ORDERCLOSED"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mch_id": "1900009999"}, "商户号mch_id不存在"),
        ({"appid": "wx0000000000000000"}, "商户号mch_id与appid不匹配"),
        ({"nonce_str": None}, "缺少参数nonce_str"),
        ({"openid": None}, "缺少参数openid"),
        ({"body": ""}, "缺少参数body"),
        ({"total_fee": "9.9"}, "total_fee参数格式错误"),
        ({"total_fee": "0"}, "total_fee参数格式错误"),
        ({"fee_type": "USD"}, "fee_type参数格式错误"),
        ({"number": "short"}, "out_trade_no参数格式错误"),
        ({"spbill_create_ip": "here"}, "spbill_create_ip参数格式错误"),
        ({"time_expire": "2026-07-01 08:00"}, "输入源“/body/xml/time_expire”"),
        ({"time_expire": "tomorrow"}, "time_expire参数格式错误"),
        ({"notify_url": "https://shop.test/notify?a=1"}, "notify_url参数格式错误"),
        ({"notify_url": "http://shop.test/notify"}, "notify_url参数格式错误"),
        ({"trade_type": "NATIVE"}, "trade_type参数格式错误"),
        (
            {"body": "字" * 43},
            "输入源“/body/xml/body”映射到值字段“商品描述”字符串规则校验失败，字节数 129，大于最大值 127",
        ),
    ],
)
def test_order_is_not_understood_when_a_field_breaks_a_rule(
    merchant_v2: MerchantV2, change: dict[str, Any], message: str
) -> None:
    answer = merchant_v2.order(**change)

    assert answer["return_code"] == "FAIL"
    assert answer["return_msg"].startswith(message)
    assert set(answer) == {"return_code", "return_msg"}


def test_order_is_not_understood_when_its_signature_is_wrong(merchant_v2: MerchantV2) -> None:
    answer = merchant_v2.call("/pay/orderquery", {"out_trade_no": "RB202611220001"}, key="0" * 32)

    assert answer == {"return_code": "FAIL", "return_msg": "签名错误，请检查后再试"}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "post数据为空"),
        (b"{}", "XML格式错误"),
        (b"<xml><a><b/></a></xml>", "XML格式错误"),
        (b"<!DOCTYPE xml><xml/>", "XML格式错误"),
        (b"<xml>\xff</xml>", "编码格式错误，请使用UTF-8编码格式"),
        (b"<xml/>", "缺少参数appid"),
    ],
)
def test_request_is_not_understood_when_it_is_not_flat_xml(merchant_v2: MerchantV2, body: bytes, message: str) -> None:
    assert merchant_v2.post("/pay/unifiedorder", body) == {"return_code": "FAIL", "return_msg": message}


def test_request_is_not_understood_when_it_is_no_post(merchant_v2: MerchantV2) -> None:
    assert "请使用post方法" in merchant_v2.client.get("/pay/unifiedorder").text


def test_query_tells_little_until_the_order_is_paid(merchant_v2: MerchantV2) -> None:
    merchant_v2.order(attach="user=7")
    before = merchant_v2.query()
    merchant_v2.control("refuse", out_trade_no="RB202611220001")
    refused = merchant_v2.query()
    transaction_id = merchant_v2.pay()["transaction_id"]
    after = merchant_v2.query()

    assert (before["trade_state"], refused["trade_state"]) == ("NOTPAY", "PAYERROR")
    assert "total_fee" not in before
    assert (after["trade_state"], after["transaction_id"], after["attach"]) == ("SUCCESS", transaction_id, "user=7")
    assert merchant_v2.call("/pay/orderquery", {"transaction_id": transaction_id})["total_fee"] == "990"


def test_order_stays_payable_when_the_payer_cancels(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()

    cancelled = merchant_v2.control("cancel", out_trade_no="RB202611220001").json()

    assert cancelled == {"errMsg": "requestPayment:fail cancel", "trade_state": "NOTPAY"}
    assert merchant_v2.pay()["transaction_id"]


def test_order_cannot_be_paid_when_it_is_closed_or_past_its_time(merchant_v2: MerchantV2) -> None:
    merchant_v2.order("RB-closed-1")
    merchant_v2.close("RB-closed-1")
    now = merchant_v2.fake.clock.now()
    merchant_v2.order("RB-late-1", time_expire=crypto.compact_beijing(now + 600))
    merchant_v2.fake.clock.shift(601)

    errors = [merchant_v2.pay(number)["error"] for number in ("RB-closed-1", "RB-late-1")]

    assert errors == ["order RB-closed-1 is CLOSED", "order RB-late-1 is past its time_expire"]


def test_close_is_told_apart_when_it_was_done_paid_or_never_there(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.order("RB-paid-1")
    merchant_v2.pay("RB-paid-1")

    first = merchant_v2.close()
    codes = [merchant_v2.close(number)["err_code"] for number in ("RB202611220001", "RB-paid-1", "RB-unknown")]

    assert first["result_code"] == "SUCCESS"
    assert codes == ["ORDERCLOSED", "ORDERPAID", "ORDERNOTEXIST"]


def test_order_closes_itself_when_seven_days_have_passed(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.fake.clock.shift(7 * 86_400)

    assert merchant_v2.query()["trade_state"] == "CLOSED"


def test_refund_goes_from_processing_to_success_when_time_passes(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.pay()

    asked, again = merchant_v2.refund(), merchant_v2.refund()
    before = merchant_v2.call("/pay/refundquery", {"out_refund_no": "R1"})
    merchant_v2.fake.clock.shift(2)
    after = merchant_v2.call("/pay/refundquery", {"out_trade_no": "RB202611220001"})

    assert asked["refund_id"] == again["refund_id"]
    assert (before["refund_status_0"], after["refund_status_0"], after["refund_count"]) == (
        "PROCESSING",
        "SUCCESS",
        "1",
    )
    assert merchant_v2.query()["trade_state"] == "REFUND"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"out_trade_no": "RB-unknown"}, "ORDERNOTEXIST"),
        ({"total_fee": 991}, "ERROR"),
        ({"refund_fee": 991}, "ERROR"),
    ],
)
def test_refund_is_refused_when_it_does_not_fit_the_order(
    merchant_v2: MerchantV2, change: dict[str, Any], code: str
) -> None:
    merchant_v2.order()
    merchant_v2.pay()

    assert merchant_v2.refund(**change)["err_code"] == code


def test_refund_is_refused_when_the_money_is_gone_or_was_never_paid(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    unpaid = merchant_v2.refund()
    merchant_v2.pay()
    merchant_v2.refund("R1", refund_fee=500)
    more, other = merchant_v2.refund("R2", refund_fee=500), merchant_v2.refund("R1", refund_fee=400)

    assert [answer["err_code"] for answer in (unpaid, more, other)] == ["TRADE_STATE_ERROR", "ERROR", "ERROR"]


def test_refund_fails_at_the_door_when_no_certificate_is_shown(merchant_v2: MerchantV2) -> None:
    merchant_v2.control("client_certificate", shown=False)

    reply = merchant_v2.client.post("/secapi/pay/refund", content=b"<xml/>")

    assert (reply.status_code, "No required SSL certificate" in reply.text) == (400, True)


def test_refund_is_unknown_when_it_never_arrived(merchant_v2: MerchantV2) -> None:
    assert merchant_v2.call("/pay/refundquery", {"out_refund_no": "R9"})["err_code"] == "REFUNDNOTEXIST"


@pytest.mark.parametrize(("when", "orders"), [("before", 0), ("after", 1)])
def test_order_exists_or_not_when_the_vendor_failed(merchant_v2: MerchantV2, when: str, orders: int) -> None:
    merchant_v2.control("faults", operation="unifiedorder", kind="error", code="SYSTEMERROR", when=when)

    failed = merchant_v2.order()

    assert failed["err_code"] == "SYSTEMERROR"
    assert len(merchant_v2.client.get("/__fake__/state").json()["orders"]) == orders


def test_orders_are_gone_and_the_account_stays_when_reset(merchant_v2: MerchantV2) -> None:
    merchant_v2.order()
    merchant_v2.pay()

    merchant_v2.control("reset")

    empty = {"orders": [], "refunds": [], "notifications": [], "waiting": []}
    assert merchant_v2.client.get("/__fake__/state").json() == empty
    assert merchant_v2.order()["result_code"] == "SUCCESS"
