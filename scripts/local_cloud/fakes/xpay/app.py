"""The virtual payment fake: orders, delivery and refunds over HTTP, beside the WeChat fake whose tokens and users it shares."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import Fake, Route, json_response, planned_fault
from scripts.local_cloud.fakes.wechat import WeChatFake
from scripts.local_cloud.fakes.wechat.errors import WeChatError, envelope
from scripts.local_cloud.fakes.xpay.control import Control
from scripts.local_cloud.fakes.xpay.orders import OrderBook, describe, describe_refund
from scripts.local_cloud.fakes.xpay.phone import PRODUCTION, SANDBOX, Counter, hexadecimal

#: As published in the console: id → price in fen.
PRODUCTS = {"mojian_credits_10": 990, "mojian_credits_50": 3990, "mojian_credits_120": 7990}
BAD_PARAMETER, BAD_SIGNATURE = 268490002, 268490003

Answer = Callable[[dict[str, Any]], dict[str, Any]]


class XPayFake(Fake):
    """One mini-program's account. Offer id and keys are new with every instance."""

    name = "xpay"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"errcode"})

    def __init__(self, wechat: WeChatFake) -> None:
        self.wechat = wechat
        keys = {PRODUCTION: secrets.token_hex(16), SANDBOX: secrets.token_hex(16)}
        self.counter = Counter(str(1450000000 + secrets.randbelow(10**7)), keys, PRODUCTS)
        self.orders = OrderBook()
        super().__init__()

    def forget(self) -> None:
        with self.lock:
            self.orders = OrderBook()

    def environment(self, base_url: str) -> dict[str, str]:
        """The sandbox: as in the developer tools, where no money moves."""
        products = ",".join(f"{product.removeprefix('mojian_')}={product}" for product in PRODUCTS)
        return {
            "XPAY_OFFER_ID": self.counter.offer_id,
            "XPAY_APP_KEY": self.counter.keys[PRODUCTION],
            "XPAY_SANDBOX_APP_KEY": self.counter.keys[SANDBOX],
            "XPAY_ENV": "sandbox",
            "XPAY_PRODUCTS": products,
            "XPAY_BASE_URL": base_url,
        }

    def state(self) -> dict[str, Any]:
        now = self.clock.now()
        with self.lock:
            orders = list(self.orders.orders.values())
            refunds = [describe_refund(order, refund, now) for order in orders for refund in order.refunds]
            return {"orders": [describe(order, now) for order in orders], "refunds": refunds}

    def routes(self) -> list[Route]:
        calls = {
            "query_order": self._query,
            "notify_provide_goods": self._provide,
            "refund_order": self._refund,
        }
        paths = [
            Route("POST", f"/xpay/{name}", name, self._signed(f"/xpay/{name}", answer), log_body=True)
            for name, answer in calls.items()
        ]
        session = Route("GET", "/wxa/checksession", "checksession", self._guarded(self._check_session))
        return [*paths, session, *Control(self).routes()]

    def not_found(self, _request: Request) -> Response:
        return json_response(envelope(WeChatError(40066), self.clock.now()))

    def wrong_method(self, request: Request) -> Response:
        return json_response(envelope(WeChatError(43001 if request.method != "GET" else 43002), self.clock.now()))

    def _guarded(self, answer: Callable[[Request], dict[str, Any]]) -> Callable[[Request], Response]:
        """Checks the access token; refusals come with HTTP status 200."""

        def view(request: Request) -> Response:
            fault = planned_fault(request)
            wanted = WeChatError(int(fault.options.get("errcode", -1))) if fault else None
            try:
                if wanted and fault and fault.when == "before":
                    raise wanted
                with self.wechat.lock:
                    self.wechat.tokens.check(request.args.get("access_token"), self.wechat.clock.now())
                with self.lock:
                    payload = answer(request)
                if wanted:
                    raise wanted
            except WeChatError as error:
                payload = envelope(error, self.clock.now())
            return json_response(payload)

        return view

    def _signed(self, uri: str, answer: Answer) -> Callable[[Request], Response]:
        """pay_sig is of the bytes that came, under the key of the environment that they name."""

        def checked(request: Request) -> dict[str, Any]:
            raw = request.get_data()
            body = _read_json(raw)
            key = self.counter.keys.get(body.get("env", PRODUCTION))
            if key is None or request.args.get("pay_sig") != hexadecimal(key, uri.encode() + b"&" + raw):
                raise WeChatError(BAD_SIGNATURE, "sign error")
            return {"errcode": 0, "errmsg": "ok", **answer(body)}

        return self._guarded(checked)

    def _query(self, body: dict[str, Any]) -> dict[str, Any]:
        now, env = self.clock.now(), body.get("env", PRODUCTION)
        self._check_user(body)
        found = self.orders.find_refund(body.get("order_id"), body["openid"], env)
        if found is not None:
            return {"order": describe_refund(*found, now)}
        return {"order": describe(self.orders.find(body.get("order_id"), body["openid"], env), now)}

    def _provide(self, body: dict[str, Any]) -> dict[str, Any]:
        order = self.orders.find_any(body.get("order_id"), body.get("env", PRODUCTION))
        self.orders.provide(order, self.clock.now())
        return {}

    def _refund(self, body: dict[str, Any]) -> dict[str, Any]:
        self._check_user(body)
        kinds = {"order_id": str, "refund_order_id": str, "left_fee": int, "refund_fee": int, "biz_meta": str}
        wrong = [name for name, kind in kinds.items() if type(body.get(name)) is not kind]
        if wrong or body.get("refund_reason") not in set("012345") or body.get("req_from") not in set("123"):
            raise WeChatError(BAD_PARAMETER, f"param error: {', '.join(wrong) or 'refund_reason or req_from'}")
        if not 8 <= len(body["refund_order_id"]) <= 32:
            raise WeChatError(BAD_PARAMETER, "param error: refund_order_id")
        order = self.orders.find(body["order_id"], body["openid"], body.get("env", PRODUCTION))
        refund = self.orders.refund(order, body, self.clock.now())
        return {"refund_order_id": refund.number, "pay_order_id": order.number, "refund_wx_order_id": "5030"}

    def _check_user(self, body: dict[str, Any]) -> None:
        with self.wechat.lock:
            try:
                self.wechat.users.find(body.get("openid"))
            except WeChatError:
                raise WeChatError(268490001, "openid error") from None

    def _check_session(self, request: Request) -> dict[str, Any]:
        """The signature is of nothing, under the session_key."""
        with self.wechat.lock:
            user = self.wechat.users.find(request.args.get("openid"))
        if request.args.get("sig_method") != "hmac_sha256":
            raise WeChatError(47001)
        if user.session_key is None or request.args.get("signature") != hexadecimal(user.session_key, b""):
            raise WeChatError(87009, "invalid signature")
        return {"errcode": 0, "errmsg": "ok"}


def _read_json(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise WeChatError(47001) from error
    if not isinstance(body, dict):
        raise WeChatError(47001)
    return body
