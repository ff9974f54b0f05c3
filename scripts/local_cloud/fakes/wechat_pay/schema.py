"""Field rules of the request bodies; a broken one is 400 PARAM_ERROR that names the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from scripts.local_cloud.fakes.wechat_pay.errors import PayError

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Field:
    """One field: where it is, what the vendor calls it, and how long it may be (bytes of UTF-8) or how small."""

    path: str
    label: str
    kind: type = str
    required: bool = False
    max_bytes: int | None = None
    minimum: int | None = None
    rule: Callable[[str], bool] | None = None


def _is_order_number(value: str) -> bool:
    return re.fullmatch(r"[0-9A-Za-z_\-|*]{6,32}", value) is not None


def _is_refund_number(value: str) -> bool:
    return re.fullmatch(r"[0-9A-Za-z_\-|*@]{1,64}", value) is not None


def _is_notify_url(value: str) -> bool:
    """https without query or fragment; plain http only to this machine, where there is no certificate."""
    url = urlsplit(value)
    secure = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
    return secure and bool(url.hostname) and not url.query and not url.fragment


def _is_moment(value: str) -> bool:
    return parse_moment(value) is not None


def _is_yuan(value: str) -> bool:
    return value == "CNY"


def parse_moment(value: str) -> float | None:
    """Unix seconds of an RFC 3339 text with offset; None for anything else."""
    if not RFC_3339.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return None


JSAPI_ORDER = (
    Field("appid", "公众号ID", required=True, max_bytes=32),
    Field("mchid", "直连商户号", required=True, max_bytes=32),
    Field("description", "商品描述", required=True, max_bytes=127),
    Field("out_trade_no", "商户订单号", required=True, max_bytes=32, rule=_is_order_number),
    Field("time_expire", "交易结束时间", max_bytes=64, rule=_is_moment),
    Field("attach", "附加数据", max_bytes=128),
    Field("notify_url", "通知地址", required=True, max_bytes=255, rule=_is_notify_url),
    Field("goods_tag", "订单优惠标记", max_bytes=32),
    Field("support_fapiao", "电子发票入口开放标识", kind=bool),
    Field("amount", "订单金额", kind=dict, required=True),
    Field("amount/total", "总金额", kind=int, required=True, minimum=1),
    Field("amount/currency", "货币类型", rule=_is_yuan),
    Field("payer", "支付者", kind=dict, required=True),
    Field("payer/openid", "用户标识", required=True, max_bytes=128),
)
CLOSING = (Field("mchid", "直连商户号", required=True, max_bytes=32),)
REFUND = (
    Field("transaction_id", "微信支付订单号", max_bytes=32),
    Field("out_trade_no", "商户订单号", max_bytes=32, rule=_is_order_number),
    Field("out_refund_no", "商户退款单号", required=True, max_bytes=64, rule=_is_refund_number),
    Field("reason", "退款原因", max_bytes=80),
    Field("notify_url", "退款结果回调url", max_bytes=256, rule=_is_notify_url),
    Field("amount", "金额信息", kind=dict, required=True),
    Field("amount/refund", "退款金额", kind=int, required=True, minimum=1),
    Field("amount/total", "原订单金额", kind=int, required=True, minimum=1),
    Field("amount/currency", "退款币种", required=True, rule=_is_yuan),
)


def check_body(body: dict[str, Any], fields: tuple[Field, ...]) -> None:
    """Raises PayError for the first field that breaks a rule. Fields nobody listed are ignored."""
    for field in fields:
        value = _find(body, field.path)
        complaint = _complaint(field, value)
        if complaint:
            raise parameter_error(
                field.path, f"输入源“/body/{field.path}”映射到值字段“{field.label}”{complaint}", value
            )


def parameter_error(path: str, message: str, value: object = None, location: str = "body") -> PayError:
    return PayError(400, "PARAM_ERROR", message, {"location": location, "field": f"/{path}", "value": value})


def _find(body: dict[str, Any], path: str) -> Any:
    value: Any = body
    for name in path.split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _complaint(field: Field, value: Any) -> str | None:
    if value is None or value == "":
        return "必填性规则校验失败，此字段为必填项" if field.required else None
    if type(value) is not field.kind:
        return "类型规则校验失败，值的类型不正确"
    if isinstance(value, str):
        return _text_complaint(field, value)
    if isinstance(value, int) and field.minimum is not None and value < field.minimum:
        return f"数值规则校验失败，值低于最小值 {field.minimum}"
    return None


def _text_complaint(field: Field, value: str) -> str | None:
    length = len(value.encode())
    if field.max_bytes is not None and length > field.max_bytes:
        return f"字符串规则校验失败，字节数 {length}，大于最大值 {field.max_bytes}"
    if field.rule is not None and not field.rule(value):
        return "字符串规则校验失败，值的格式不正确"
    return None
