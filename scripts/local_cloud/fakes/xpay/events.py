"""The pushes of virtual payment, and every lie that can be told in one."""

from __future__ import annotations

from typing import Any

from scripts.local_cloud.fakes.wechat.push_letters import FORGERIES as ON_THE_WAY
from scripts.local_cloud.fakes.xpay.orders import USER_REFUNDED, Order, Refund

ACCOUNT = "gh_6d6f6a69616e"
LIES = frozenset({"amount", "payer", "order", "environment", "product", "quantity", "attach", "price_list"})
FORGERIES = ON_THE_WAY | LIES


def delivery_event(order: Order, now: float) -> dict[str, Any]:
    """xpay_goods_deliver_notify. Apple's payments have no WeChatPayInfo."""
    goods = {
        "ProductId": order.wanted["productId"],
        "Quantity": order.wanted["buyQuantity"],
        "OrigPrice": order.wanted["goodsPrice"],
        "ActualPrice": order.wanted["goodsPrice"],
        "Attach": order.wanted["attach"],
    }
    told = {
        **_head("xpay_goods_deliver_notify", order, now),
        "OpenId": order.openid,
        "OutTradeNo": order.number,
        "Env": order.env,
        "GoodsInfo": goods,
    }
    if order.apple:
        return told
    paid = {"MchOrderNo": f"X{order.number}", "TransactionId": order.wx_order_id, "PaidTime": int(order.paid_at or now)}
    return {**told, "WeChatPayInfo": paid}


def refund_event(order: Order, refund: Refund, now: float) -> dict[str, Any]:
    """xpay_refund_notify."""
    done = refund.status(now) == USER_REFUNDED
    return {
        **_head("xpay_refund_notify", order, now),
        "OpenId": order.openid,
        "WxRefundId": f"5030{order.wx_order_id[4:]}",
        "MchRefundId": refund.number,
        "WxOrderId": order.wx_order_id,
        "MchOrderId": order.number,
        "RefundFee": refund.fee,
        "RetCode": 0 if done else 1,
        "RetMsg": "success" if done else "refund failed",
        "RefundStartTimestamp": int(refund.created_at),
        "RefundSuccTimestamp": int(now) if done else 0,
    }


def falsified(event: dict[str, Any], forge: str | None) -> dict[str, Any]:
    """The delivery with the lie that the forgery is named after."""
    goods = event["GoodsInfo"]
    lies: dict[str, dict[str, Any]] = {
        "amount": {"GoodsInfo": {**goods, "OrigPrice": goods["OrigPrice"] + 1}},
        "payer": {"OpenId": "oSomebodyElseSomebodyElse001"},
        "order": {"OutTradeNo": "MSOMEBODYELSES0001"},
        "environment": {"Env": 1 - event["Env"]},
        "product": {"GoodsInfo": {**goods, "ProductId": "mojian_credits_120"}},
        "quantity": {"GoodsInfo": {**goods, "Quantity": 10}},
        "attach": {"GoodsInfo": {**goods, "Attach": "credits_120"}},
        "price_list": {"GoodsInfo": {**goods, "ProductId": "mojian_credits_120", "Attach": "credits_120"}},
    }
    return {**event, **lies.get(forge or "", {})}


def _head(name: str, order: Order, now: float) -> dict[str, Any]:
    return {
        "ToUserName": ACCOUNT,
        "FromUserName": order.openid,
        "CreateTime": int(now),
        "MsgType": "event",
        "Event": name,
    }
