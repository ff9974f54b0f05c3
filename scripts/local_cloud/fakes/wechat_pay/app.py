"""The WeChat Pay fake: JSAPI orders, queries, closing and refunds of API v3 over HTTP."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import httpx
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.account import LOCAL_APPID
from scripts.local_cloud.fakes.kit import Fake, Fault, Route, json_response, planned_fault
from scripts.local_cloud.fakes.wechat_pay import schema
from scripts.local_cloud.fakes.wechat_pay.account import load_account
from scripts.local_cloud.fakes.wechat_pay.authorisation import authorise
from scripts.local_cloud.fakes.wechat_pay.control import Control
from scripts.local_cloud.fakes.wechat_pay.courier import Courier
from scripts.local_cloud.fakes.wechat_pay.errors import PayError
from scripts.local_cloud.fakes.wechat_pay.letters import probe_signature, signed_headers
from scripts.local_cloud.fakes.wechat_pay.orders import Order, OrderBook, describe
from scripts.local_cloud.fakes.wechat_pay.refunds import RefundBook, describe_refund

# What a view gives: the JSON of a 200, or None for a 204.
Answer = Callable[..., "dict[str, Any] | None"]
OTHER_MERCHANT = "请求中的mchid与Authorization中的mchid不一致"


class WeChatPayFake(Fake):
    """api.mch.weixin.qq.com for one merchant in public-key mode. Keys live in `state_dir`, orders in memory.

    `notify_transport` replaces the network for notifications, so that a test needs no port.
    """

    name = "wechat_pay"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"error", "probe"})

    def __init__(
        self, state_dir: Path, appid: str = LOCAL_APPID, notify_transport: httpx.BaseTransport | None = None
    ) -> None:
        self.appid = appid
        self.account = load_account(state_dir)
        self.orders = OrderBook()
        self.refunds = RefundBook()
        super().__init__()
        self._signers = self.account.signers()
        self.courier = Courier(self._signers["public_key"], self.clock, notify_transport)

    def forget(self) -> None:
        with self.lock:
            self.orders = OrderBook()
            self.refunds = RefundBook()
        self.courier.clear()
        self.sign_with("public_key")

    def sign_with(self, name: str) -> None:
        """Which of the platform's keys signs notifications from now on. Raises KeyError."""
        self.courier.signer = self._signers[name]

    def environment(self, base_url: str) -> dict[str, str]:
        return {**self.account.settings(), "WECHAT_PAY_BASE_URL": base_url}

    def state(self) -> dict[str, Any]:
        with self.lock:
            orders, refunds = list(self.orders.orders.values()), list(self.refunds.refunds.values())
        return {
            "orders": [{"prepay_id": order.prepay_id, **self.describe(order)} for order in orders],
            "refunds": [describe_refund(refund, self.clock.now()) for refund in refunds],
            "notifications": [delivery.as_json() for delivery in list(self.courier.deliveries)],
        }

    def describe(self, order: Order) -> dict[str, Any]:
        return describe(order, order.payment, order.state(self.clock.now()))

    def routes(self) -> list[Route]:
        pay, refunds = "/v3/pay/transactions", "/v3/refund/domestic/refunds"
        return [
            Route("POST", f"{pay}/jsapi", "jsapi", self._signed(self._create), log_body=True),
            Route("GET", f"{pay}/out-trade-no/<number>", "query_order", self._signed(self._query)),
            Route("GET", f"{pay}/id/<transaction_id>", "query_transaction", self._signed(self._query_transaction)),
            Route("POST", f"{pay}/out-trade-no/<number>/close", "close", self._signed(self._close), log_body=True),
            Route("POST", refunds, "refund", self._signed(self._refund), log_body=True),
            Route("GET", f"{refunds}/<number>", "query_refund", self._signed(self._query_refund)),
            *Control(self).routes(),
        ]

    def not_found(self, request: Request) -> Response:
        return _refusal(PayError(404, "RESOURCE_NOT_EXISTS", f"无法找到请求的资源：{request.path}"))

    def wrong_method(self, request: Request) -> Response:
        return _refusal(PayError(405, "METHOD_NOT_ALLOWED", f"HTTP请求方法不正确：{request.method}"))

    def fault_response(self, fault: Fault) -> Response:
        if fault.body is not None:
            return super().fault_response(fault)
        return _refusal(PayError.of_status(fault.status))

    def _signed(self, answer: Answer) -> Callable[..., Response]:
        """Check the caller, answer, sign: 2xx carry a signature, refusals none, as probing of the vendor showed."""

        def view(request: Request, **variables: str) -> Response:
            fault = planned_fault(request)
            try:
                if fault and fault.kind == "error" and fault.when == "before":
                    raise _wanted_error(fault)
                authorise(request, self.account, self.clock.now())
                with self.lock:
                    payload = answer(request, **variables)
                if fault and fault.kind == "error":
                    raise _wanted_error(fault)
            except PayError as error:
                return _refusal(error)
            return self._sign(request, payload, probe=fault is not None)

        return view

    def _sign(self, request: Request, payload: dict[str, Any] | None, *, probe: bool) -> Response:
        """With the public key that the caller asks for; with the certificate where it asks for none."""
        response = Response(status=204) if payload is None else json_response(payload)
        wanted = request.headers.get("Wechatpay-Serial")
        known = [signer for signer in self._signers.values() if signer.serial == wanted]
        signer = known[0] if known else self._signers["certificate"]
        headers = signed_headers(signer, response.get_data(), self.clock.now())
        if probe:
            headers["Wechatpay-Signature"] = probe_signature()
        response.headers.extend({**headers, "Request-ID": _request_id()})
        return response

    def _create(self, request: Request) -> dict[str, Any]:
        body = _read_json(request)
        self._check_merchant(body.get("mchid"), "body")
        schema.check_body(body, schema.JSAPI_ORDER)
        if body["appid"] != self.appid:
            raise PayError(400, "APPID_MCHID_NOT_MATCH", "商户号与appid不匹配")
        return {"prepay_id": self.orders.create(body, self.clock.now()).prepay_id}

    def _query(self, request: Request, number: str) -> dict[str, Any]:
        self._check_query_merchant(request)
        return self.describe(self.orders.find(number))

    def _query_transaction(self, request: Request, transaction_id: str) -> dict[str, Any]:
        self._check_query_merchant(request)
        return self.describe(self.orders.find_transaction(transaction_id))

    def _close(self, request: Request, number: str) -> None:
        body = _read_json(request)
        self._check_merchant(body.get("mchid"), "body")
        schema.check_body(body, schema.CLOSING)
        self.orders.close(number)

    def _refund(self, request: Request) -> dict[str, Any]:
        body = _read_json(request)
        schema.check_body(body, schema.REFUND)
        return describe_refund(self.refunds.create(body, self.orders, self.clock.now()), self.clock.now())

    def _query_refund(self, _request: Request, number: str) -> dict[str, Any]:
        return describe_refund(self.refunds.find(number), self.clock.now())

    def _check_query_merchant(self, request: Request) -> None:
        mchid = request.args.get("mchid")
        if not mchid:
            raise schema.parameter_error(
                "mchid", "输入源“/query/mchid”必填性规则校验失败，此字段为必填项", None, "query"
            )
        self._check_merchant(mchid, "query")

    def _check_merchant(self, mchid: object, location: str) -> None:
        """A missing one is left to the schema, which comes next."""
        if mchid and mchid != self.account.mchid:
            raise schema.parameter_error("mchid", OTHER_MERCHANT, mchid, location)


def _wanted_error(fault: Fault) -> PayError:
    return PayError.of_status(fault.status, fault.options.get("code"), fault.options.get("message"))


def _refusal(error: PayError) -> Response:
    return json_response(error.as_json(), error.status, {"Request-ID": _request_id()})


def _request_id() -> str:
    return f"08{secrets.token_hex(20).upper()}-0"


def _read_json(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.get_data().decode("utf-8"))
    except ValueError as error:
        raise PayError(400, "PARAM_ERROR", "请求包体不是合法的JSON") from error
    if not isinstance(body, dict):
        raise PayError(400, "PARAM_ERROR", "请求包体必须是JSON对象")
    return body
