"""Field rules of the requests; a broken one is a `return_msg` that names the field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from scripts.local_cloud.fakes.wechat_pay_v2.errors import NotUnderstood

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
Kind = Literal["text", "fen", "time", "address", "url"]


@dataclass(frozen=True)
class Field:
    """`most_bytes` of UTF-8, although the documents speak of characters. `pattern` must fit the whole value."""

    name: str
    label: str
    most_bytes: int
    required: bool = True
    pattern: str = ""
    kind: Kind = "text"


ORDER_NUMBER = r"[0-9A-Za-z_\-|*]{6,32}"
REFUND_NUMBER = r"[0-9A-Za-z_\-|*@]{1,64}"

COMMON = (
    Field("appid", "公众账号ID", 32),
    Field("mch_id", "商户号", 32),
    Field("nonce_str", "随机字符串", 32),
    Field("sign", "签名", 64),
    Field("sign_type", "签名类型", 32, required=False, pattern="MD5|HMAC-SHA256"),
)
ORDER = (
    Field("body", "商品描述", 127),
    Field("detail", "商品详情", 6000, required=False),
    Field("attach", "附加数据", 127, required=False),
    Field("out_trade_no", "商户订单号", 32, pattern=ORDER_NUMBER),
    Field("fee_type", "标价币种", 16, required=False, pattern="CNY"),
    Field("total_fee", "标价金额", 16, kind="fen"),
    Field("spbill_create_ip", "终端IP", 64, kind="address"),
    Field("time_start", "交易起始时间", 14, required=False, kind="time"),
    Field("time_expire", "交易结束时间", 14, required=False, kind="time"),
    Field("notify_url", "通知地址", 256, kind="url"),
    Field("trade_type", "交易类型", 16, pattern="JSAPI"),
    Field("openid", "用户标识", 128),
)
QUERY = (
    Field("transaction_id", "微信订单号", 32, required=False),
    Field("out_trade_no", "商户订单号", 32, required=False, pattern=ORDER_NUMBER),
)
CLOSING = (Field("out_trade_no", "商户订单号", 32, pattern=ORDER_NUMBER),)
REFUND = (
    *QUERY,
    Field("out_refund_no", "商户退款单号", 64, pattern=REFUND_NUMBER),
    Field("total_fee", "订单金额", 16, kind="fen"),
    Field("refund_fee", "退款金额", 16, kind="fen"),
    Field("refund_desc", "退款原因", 80, required=False),
    Field("notify_url", "退款结果通知url", 256, required=False, kind="url"),
)
REFUND_QUERY = (
    *QUERY,
    Field("out_refund_no", "商户退款单号", 64, required=False, pattern=REFUND_NUMBER),
    Field("refund_id", "微信退款单号", 32, required=False),
)


def check(fields: dict[str, str], rules: tuple[Field, ...]) -> None:
    """Raises NotUnderstood for the first field that breaks a rule. Fields nobody listed are ignored."""
    for rule in rules:
        value = fields.get(rule.name, "")
        if not value and rule.required:
            raise NotUnderstood(f"缺少参数{rule.name}")
        if value:
            _check_value(rule, value)


def _check_value(rule: Field, value: str) -> None:
    size = len(value.encode())
    if size > rule.most_bytes:
        raise NotUnderstood(
            f"输入源“/body/xml/{rule.name}”映射到值字段“{rule.label}”字符串规则校验失败，"
            f"字节数 {size}，大于最大值 {rule.most_bytes}"
        )
    if rule.pattern and not re.fullmatch(rule.pattern, value):
        raise NotUnderstood(f"{rule.name}参数格式错误")
    if not KINDS[rule.kind](value):
        raise NotUnderstood(f"{rule.name}参数格式错误")


def _is_fen(value: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,11}", value) is not None


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def _is_url(value: str) -> bool:
    """No query or fragment; plain http only to this machine, where there is no certificate."""
    url = urlsplit(value)
    secure = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
    return secure and bool(url.hostname) and not url.query and not url.fragment


KINDS = {
    "text": lambda _: True,
    "fen": _is_fen,
    "time": lambda value: re.fullmatch(r"[0-9]{14}", value) is not None,
    "address": _is_address,
    "url": _is_url,
}
