"""The virtual payment fake: it refuses what the phone, the cashier and the server side of WeChat would refuse."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.xpay import XPayFake

NUMBER = "PM20260719123000A1B2C3D4"


class Buyer:
    """A merchant and its customer: makes what the phone gets, and calls the server."""

    def __init__(self, fake: XPayFake, client: httpx.Client) -> None:
        self.fake, self.client = fake, client
        users, now = fake.wechat.users, fake.clock.now()
        self.user = users.spend(users.find_code(users.new_code("alice", now), now))

    def payment(self, mode: str = "short_series_goods", **changes: Any) -> dict[str, str]:
        wanted = {
            "offerId": self.fake.counter.offer_id,
            "buyQuantity": 1,
            "env": 1,
            "currencyType": "CNY",
            "productId": "mojian_credits_10",
            "goodsPrice": 990,
            "outTradeNo": NUMBER,
            "attach": "credits_10",
            **changes,
        }
        text = json.dumps(wanted)
        key = self.fake.counter.keys[0 if changes.get("env") == 0 else 1]
        return {
            "mode": mode,
            "signData": text,
            "paySig": mac(key, f"requestVirtualPayment&{text}"),
            "signature": mac(str(self.user.session_key), text),
        }

    def pay(self, payment: dict[str, str] | None = None, **wishes: Any) -> httpx.Response:
        return self.client.post("/__fake__/pay", json={"payment": payment or self.payment(), "notify": 0, **wishes})

    def call(
        self, name: str, body: dict[str, Any], *, key: str | None = None, token: str | None = None
    ) -> dict[str, Any]:
        raw = json.dumps(body)
        signed = mac(key or self.fake.counter.keys[body.get("env", 0)], f"/xpay/{name}&{raw}")
        token = self.fake.wechat.tokens.stable(self.fake.clock.now()).value if token is None else token
        reply = self.client.post(f"/xpay/{name}", params={"access_token": token, "pay_sig": signed}, content=raw)
        assert reply.status_code == 200
        answer: dict[str, Any] = reply.json()
        return answer

    def query(self, **changes: Any) -> dict[str, Any]:
        return self.call("query_order", {"openid": self.user.openid, "env": 1, "order_id": NUMBER, **changes})


def mac(key: str, message: str) -> str:
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


@pytest.fixture
def buyer() -> Iterator[Buyer]:
    fake = XPayFake(WeChatFake())
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url="http://xpay.test") as client:
        yield Buyer(fake, client)


def test_order_is_there_and_paid_when_the_phone_has_confirmed(buyer: Buyer) -> None:
    assert buyer.query()["errcode"] == 268490002

    assert buyer.pay().status_code == 200
    order = buyer.query()["order"]
    assert (order["status"], order["order_fee"], order["left_fee"], order["env_type"]) == (2, 990, 990, 2)
    assert order["wx_order_id"]


def test_order_stays_payable_when_the_user_cancels(buyer: Buyer) -> None:
    cancelled = buyer.pay(cancel=True)

    assert (cancelled.status_code, buyer.query()["order"]["status"]) == (400, 1)
    assert buyer.pay().status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"goodsPrice": 991}, "goodsPrice"),
        ({"goodsPrice": "990"}, "goodsPrice"),
        ({"productId": "unpublished"}, "productId"),
        ({"offerId": "1"}, "offerId"),
        ({"currencyType": "USD"}, "currencyType"),
        ({"buyQuantity": 0}, "buyQuantity"),
        ({"outTradeNo": "_M000000001"}, "outTradeNo"),
        ({"outTradeNo": "M1"}, "outTradeNo"),
        ({"outTradeNo": "M" * 33}, "outTradeNo"),
        ({"attach": None}, "attach"),
        ({"env": 2}, "env"),
    ],
)
def test_phone_refuses_when_a_parameter_is_wrong(buyer: Buyer, changes: dict[str, Any], said: str) -> None:
    reply = buyer.pay(buyer.payment(**changes))

    assert reply.status_code == 400
    assert "-15001" in reply.json()["error"]
    assert said in reply.json()["error"]


@pytest.mark.parametrize("name", ["paySig", "signature"])
def test_phone_refuses_when_a_signature_is_wrong(buyer: Buyer, name: str) -> None:
    reply = buyer.pay({**buyer.payment(), name: "0" * 64})

    assert "-15005" in reply.json()["error"]


def test_phone_refuses_when_the_session_was_replaced(buyer: Buyer) -> None:
    payment = buyer.payment()
    buyer.client.post("/__fake__/rotate_session", json={"user": "alice"})

    assert "-15005" in buyer.pay(payment).json()["error"]


def test_phone_refuses_when_the_number_was_used_or_paid(buyer: Buyer) -> None:
    buyer.pay()

    assert "paid before" in buyer.pay().json()["error"]
    assert "used for another" in buyer.pay(buyer.payment(attach="other")).json()["error"]


def test_apple_is_not_there_in_the_sandbox(buyer: Buyer) -> None:
    assert "PAYMENT_ILLEGAL_IN_SANDBOX" in buyer.pay(apple=True).json()["error"]
    assert buyer.pay(buyer.payment(env=0), apple=True).status_code == 200


@pytest.mark.parametrize(("how", "code"), [({"key": "x"}, 268490003), ({"token": ""}, 41001), ({"token": "x"}, 40001)])
def test_call_is_refused_when_it_is_not_signed_or_has_no_token(buyer: Buyer, how: dict[str, str], code: int) -> None:
    body = {"openid": buyer.user.openid, "env": 1, "order_id": NUMBER}

    assert buyer.call("query_order", body, **how)["errcode"] == code


@pytest.mark.parametrize(("changes", "code"), [({"openid": "oNobody"}, 268490001), ({"env": 0}, 268490002)])
def test_order_is_not_there_when_somebody_else_asks(buyer: Buyer, changes: dict[str, Any], code: int) -> None:
    buyer.pay()

    assert buyer.query(**changes)["errcode"] == code


def test_delivery_is_told_once(buyer: Buyer) -> None:
    buyer.pay()
    told = {"order_id": NUMBER, "env": 1}

    codes = [buyer.call("notify_provide_goods", told)["errcode"] for _ in range(2)]

    assert codes == [0, 268490004]
    assert buyer.query()["order"]["status"] == 4


def test_refund_ends_by_itself_after_a_second(buyer: Buyer) -> None:
    buyer.pay()
    asked = {"openid": buyer.user.openid, "order_id": NUMBER, "refund_order_id": "R0000000001", "left_fee": 990}
    rest = {"refund_fee": 990, "biz_meta": "", "refund_reason": "5", "req_from": "1", "env": 1}

    wrong = buyer.call("refund_order", {**asked, **rest, "left_fee": 1})["errcode"]
    taken = buyer.call("refund_order", {**asked, **rest})["errcode"]
    during = buyer.query()["order"]["status"]
    buyer.fake.clock.shift(2)

    assert (wrong, taken, during) == (268490016, 0, 5)
    assert buyer.query()["order"]["status"] == 8
    assert buyer.query(order_id="R0000000001")["order"]["status"] == 8
