"""The WeChat Pay v2 fake: orders, queries, closing and refunds in XML over HTTP."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import httpx
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.account import LOCAL_APPID
from scripts.local_cloud.fakes.kit import Fake, Fault, Route, planned_fault
from scripts.local_cloud.fakes.wechat_pay_v2 import crypto, errors, schema
from scripts.local_cloud.fakes.wechat_pay_v2.account import load_account
from scripts.local_cloud.fakes.wechat_pay_v2.control import Control
from scripts.local_cloud.fakes.wechat_pay_v2.courier import Courier
from scripts.local_cloud.fakes.wechat_pay_v2.documents import parse, render
from scripts.local_cloud.fakes.wechat_pay_v2.errors import NotDone, NotUnderstood
from scripts.local_cloud.fakes.wechat_pay_v2.orders import OrderBook, describe_state
from scripts.local_cloud.fakes.wechat_pay_v2.refunds import RefundBook, describe_asked, describe_found

#: What a view makes of the fields of a request: the business part of the answer.
Answer = Callable[[dict[str, str]], dict[str, str]]
NO_CERTIFICATE = "<html><head><title>400 No required SSL certificate was sent</title></head></html>"


class WeChatPayV2Fake(Fake):
    """One merchant of the older API. The account lives in `state_dir`, orders in memory.

    `notify_transport` replaces the network for notifications, so that a test needs no port.
    """

    name = "wechat_pay_v2"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"error", "not_understood", "wrong_sign"})

    def __init__(
        self, state_dir: Path, appid: str = LOCAL_APPID, notify_transport: httpx.BaseTransport | None = None
    ) -> None:
        self.appid = appid
        self.account = load_account(state_dir)
        self.orders = OrderBook()
        self.refunds = RefundBook()
        self.certificate_shown = True
        super().__init__()
        self.courier = Courier(self.clock, notify_transport)

    def forget(self) -> None:
        with self.lock:
            self.orders = OrderBook()
            self.refunds = RefundBook()
        self.certificate_shown = True
        self.courier.clear()

    def environment(self, base_url: str) -> dict[str, str]:
        return {**self.account.settings(), "WECHAT_PAY_V2_BASE_URL": base_url}

    def state(self) -> dict[str, Any]:
        now = self.clock.now()
        with self.lock:
            orders, refunds = list(self.orders.orders.values()), list(self.refunds.refunds.values())
        waiting = [{"out_trade_no": item.letter.subject, "tries": item.tries} for item in list(self.courier.waiting)]
        return {
            "orders": [{**order.body, "prepay_id": order.prepay_id, **describe_state(order, now)} for order in orders],
            "refunds": [{**refund.body, "refund_status": refund.status(now)} for refund in refunds],
            "notifications": [delivery.as_json() for delivery in list(self.courier.deliveries)],
            "waiting": waiting,
        }

    def routes(self) -> list[Route]:
        calls: dict[str, tuple[str, tuple[schema.Field, ...], Answer]] = {
            "unifiedorder": ("/pay/unifiedorder", schema.ORDER, self._create),
            "orderquery": ("/pay/orderquery", schema.QUERY, self._query),
            "closeorder": ("/pay/closeorder", schema.CLOSING, self._close),
            "refundquery": ("/pay/refundquery", schema.REFUND_QUERY, self._query_refund),
            "refund": ("/secapi/pay/refund", schema.REFUND, self._refund),
        }
        views = [
            Route("POST", path, name, self._answering(rules, answer), log_body=True)
            for name, (path, rules, answer) in calls.items()
        ]
        return [*views, *Control(self).routes()]

    def wrong_method(self, request: Request) -> Response:  # noqa: ARG002
        return _xml(NotUnderstood("请使用post方法").fields())

    def fault_response(self, fault: Fault) -> Response:
        if fault.body is not None:
            return super().fault_response(fault)
        return Response("<html></html>", status=fault.status, content_type="text/html")

    def _answering(self, rules: tuple[schema.Field, ...], answer: Answer) -> Callable[[Request], Response]:
        """The vendor's levels: certificate, XML, merchant, signature, fields, business."""

        def view(request: Request) -> Response:
            if request.path.startswith("/secapi/") and not self.certificate_shown:
                return Response(NO_CERTIFICATE, status=400, content_type="text/html")
            fault, kind = planned_fault(request), "MD5"
            try:
                if fault and fault.kind == "not_understood":
                    raise NotUnderstood(str(fault.options.get("message", "系统繁忙，请稍后再试")))
                fields = parse(request.get_data())
                kind = self._authorise(fields)
                schema.check(fields, rules)
                told = self._decided(fields, answer, fault)
            except NotUnderstood as refusal:
                return _xml(refusal.fields())
            except NotDone as refusal:
                told = refusal.fields()
            return self._signed(told, kind, wrong=fault is not None and fault.kind == "wrong_sign")

        return view

    def _authorise(self, fields: dict[str, str]) -> str:
        """How the caller signed, which is how we answer. Raises NotUnderstood."""
        schema.check(fields, schema.COMMON)
        if fields["mch_id"] != self.account.mchid:
            raise NotUnderstood(errors.UNKNOWN_MERCHANT)
        if fields["appid"] != self.appid:
            raise NotUnderstood(errors.NOT_BOUND)
        kind = fields.get("sign_type") or "MD5"
        expected = crypto.signature(fields, self.account.api_key, kind)
        if not hmac.compare_digest(expected.encode(), fields["sign"].encode()):
            raise NotUnderstood(errors.WRONG_SIGNATURE)
        return kind

    def _decided(self, fields: dict[str, str], answer: Answer, fault: Fault | None) -> dict[str, str]:
        wanted = NotDone(str(fault.options.get("code", "SYSTEMERROR"))) if fault and fault.kind == "error" else None
        if wanted and fault and fault.when == "before":
            raise wanted
        with self.lock:
            told = answer(fields)
        if wanted:
            raise wanted
        return {"result_code": "SUCCESS", **told}

    def _signed(self, told: dict[str, str], kind: str, *, wrong: bool) -> Response:
        base = {"return_code": "SUCCESS", "return_msg": "OK", "appid": self.appid, "mch_id": self.account.mchid}
        key = secrets.token_hex(16) if wrong else self.account.api_key
        return _xml(crypto.with_signature({**base, "nonce_str": secrets.token_hex(8), **told}, key, kind))

    def _create(self, fields: dict[str, str]) -> dict[str, str]:
        order = self.orders.create(fields, self.clock.now())
        return {"trade_type": "JSAPI", "prepay_id": order.prepay_id}

    def _query(self, fields: dict[str, str]) -> dict[str, str]:
        return describe_state(self.orders.find(fields), self.clock.now())

    def _close(self, fields: dict[str, str]) -> dict[str, str]:
        self.orders.close(fields, self.clock.now())
        return {}

    def _refund(self, fields: dict[str, str]) -> dict[str, str]:
        return describe_asked(self.refunds.create(fields, self.orders, self.clock.now()))

    def _query_refund(self, fields: dict[str, str]) -> dict[str, str]:
        return describe_found(self.refunds.find(fields), self.clock.now())


def _xml(fields: dict[str, str]) -> Response:
    return Response(render(fields), content_type="text/xml; charset=utf-8")
