"""GET /pay/products and POST /pay/prepay through functions/prepay."""

from typing import Any

import pytest

from tests.functional.cloud import Cloud
from tests.functional.scf import WorkerKilled

WANTED = {"product_id": "credits_10"}


def test_prepay_lists_what_is_sold_when_nobody_is_logged_in(cloud: Cloud) -> None:
    answer = cloud.call("prepay", "GET", "/pay/products")

    assert answer.status == 200
    assert {"id": "credits_10", "name": "简历积分 10 点", "credits": 10, "amount_fen": 990} in answer.json["products"]


def test_prepay_opens_an_order_that_the_phone_can_pay_when_the_product_exists(cloud: Cloud) -> None:
    phone = cloud.member()

    answer = phone.call("POST", "/pay/prepay", WANTED)

    (order,) = cloud.control("wechat_pay", "state")["orders"]
    assert answer.status == 201
    assert answer.json["provider"] == "v3"
    assert set(answer.json["payment"]) == {"timeStamp", "nonceStr", "package", "signType", "paySign"}
    assert order["out_trade_no"] == answer.json["order_id"]
    assert order["amount"] == {"total": 990, "currency": "CNY"}
    assert phone.pay(answer.json) == [204]


def test_prepay_is_refused_when_not_logged_in(cloud: Cloud) -> None:
    answer = cloud.call("prepay", "POST", "/pay/prepay", WANTED)

    assert answer.refusal == (401, "not_logged_in", "请先登录")


def test_prepay_is_refused_when_the_user_was_erased(cloud: Cloud) -> None:
    phone = cloud.phone()
    cloud.erase_user(phone.log_in()["user"]["id"])

    answer = phone.call("POST", "/pay/prepay", WANTED)

    assert answer.refusal[:2] == (401, "not_logged_in")
    assert cloud.requests("wechat_pay") == []


@pytest.mark.parametrize("body", [{}, {"product_id": "credits_9999"}, {"product_id": ["credits_10"]}])
def test_prepay_names_the_field_when_the_product_is_unknown(cloud: Cloud, body: dict[str, Any]) -> None:
    answer = cloud.member().call("POST", "/pay/prepay", body)

    assert answer.refusal == (422, "invalid_field", "提交的内容格式不正确")
    assert answer.details["field"] == "product_id"
    assert cloud.requests("wechat_pay") == []


def test_prepay_takes_price_and_buyer_from_us_when_the_client_sends_its_own(cloud: Cloud) -> None:
    phone = cloud.member()

    phone.call("POST", "/pay/prepay", {**WANTED, "amount_fen": 1, "user_id": "u_bob", "openid": "o_bob"})

    (order,) = cloud.control("wechat_pay", "state")["orders"]
    (user,) = cloud.control("wechat", "state")["users"]
    assert order["amount"]["total"] == 990
    assert order["payer"]["openid"] == user["openid"]


@pytest.mark.parametrize(
    ("status", "code", "refusal"),
    [
        (403, "NO_AUTH", (502, "credential_rejected", "外部服务出了点问题，请稍后再试")),
        (403, "RULE_LIMIT", (502, "vendor_rejected", "外部服务出了点问题，请稍后再试")),
    ],
)
def test_prepay_is_refused_at_once_when_wechat_pay_refuses(
    cloud: Cloud, status: int, code: str, refusal: tuple[int, str, str]
) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", kind="error", status=status, code=code)

    answer = phone.call("POST", "/pay/prepay", WANTED)

    assert answer.refusal == refusal
    assert len(cloud.requests("wechat_pay", "jsapi")) == 1


@pytest.mark.parametrize("fault", [{"kind": "error", "status": 500}, {"kind": "drop", "when": "after"}])
def test_prepay_opens_one_order_when_wechat_pay_fails_once(cloud: Cloud, fault: dict[str, Any]) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", **fault)

    answer = phone.call("POST", "/pay/prepay", WANTED)

    assert answer.status == 201
    assert len(cloud.requests("wechat_pay", "jsapi")) == 2
    assert len(cloud.control("wechat_pay", "state")["orders"]) == 1


def test_prepay_can_be_tried_again_with_the_same_key_when_wechat_pay_was_down(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", kind="error", status=503, times=3)

    refused = phone.call("POST", "/pay/prepay", WANTED, key="order-1")
    answer = phone.call("POST", "/pay/prepay", WANTED, key="order-1")

    assert refused.refusal == (503, "vendor_unavailable", "外部服务暂时不可用，请稍后再试")
    assert answer.status == 201


def test_prepay_trusts_no_answer_when_its_signature_is_a_probe(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", kind="probe")

    refused, answer = (phone.call("POST", "/pay/prepay", WANTED) for _ in range(2))

    assert refused.refusal[:2] == (502, "signature_invalid")
    assert answer.status == 201


def test_prepay_gives_the_same_order_again_when_the_key_is_repeated(cloud: Cloud) -> None:
    phone = cloud.member()
    first = phone.call("POST", "/pay/prepay", WANTED, key="order-1")

    again = phone.call("POST", "/pay/prepay", WANTED, key="order-1")

    assert (again.status, again.json) == (201, first.json)
    assert again.headers["idempotency-replayed"] == "true"
    assert len(phone.call("GET", "/pay/orders").json["orders"]) == 1


def test_prepay_is_refused_when_the_key_is_used_for_another_body(cloud: Cloud) -> None:
    phone = cloud.member()
    phone.call("POST", "/pay/prepay", WANTED, key="order-1")

    answer = phone.call("POST", "/pay/prepay", {"product_id": "credits_50"}, key="order-1")

    assert answer.refusal == (409, "idempotency_key_reused", "重复的请求编号，但内容不同")


def test_prepay_runs_once_when_the_same_key_comes_twice_at_once(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", kind="slow", seconds=0.3)

    answers = cloud.at_once(lambda: phone.call("POST", "/pay/prepay", WANTED, key="order-1"), times=2)

    accepted, refused = sorted(answers, key=lambda answer: answer.status)
    assert accepted.status == 201
    assert refused.refusal == (409, "request_in_progress", "相同的请求正在处理中，请稍候")
    assert len(cloud.requests("wechat_pay", "jsapi")) == 1


def test_prepay_opens_an_order_each_when_two_users_choose_the_same_key(cloud: Cloud) -> None:
    phones = cloud.member("alice"), cloud.member("bob")

    orders = [phone.call("POST", "/pay/prepay", WANTED, key="1").json["order_id"] for phone in phones]

    assert len(set(orders)) == 2


def test_prepay_names_the_header_when_the_key_is_too_long(cloud: Cloud) -> None:
    answer = cloud.member().call("POST", "/pay/prepay", WANTED, key="k" * 129)

    assert answer.refusal[:2] == (422, "invalid_field")
    assert answer.details == {"field": "Idempotency-Key"}


def test_prepay_opens_one_order_when_the_worker_died_and_the_phone_asks_again(cloud: Cloud) -> None:
    phone = cloud.member()
    cloud.fault("wechat_pay", "jsapi", kind="error", status=500, when="after", times=3)
    cloud.clock.kill_worker_at_next_pause()
    with pytest.raises(WorkerKilled):
        phone.call("POST", "/pay/prepay", WANTED, key="once")
    cloud.platform.restart()
    cloud.pass_time(minutes=1)

    answer = phone.call("POST", "/pay/prepay", WANTED, key="once")

    orders = phone.call("GET", "/pay/orders").json["orders"]
    assert (answer.status, [order["order_id"] for order in orders]) == (201, [answer.json["order_id"]])
    assert len(cloud.control("wechat_pay", "state")["orders"]) == 1
    assert phone.pay(answer.json) == [204]
