"""Delivery management (发货信息管理): one report a payment, and one correction."""

from __future__ import annotations

import re
from typing import Any

from scripts.local_cloud.fakes.wechat.errors import WeChatError
from scripts.local_cloud.fakes.wechat.users import Users

BAD_PARAMETER, DONE_BEFORE, LONGEST_ITEM = 10060014, 10060002, 120
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00")


def report(body: dict[str, Any], users: Users, shipped: dict[str, dict[str, Any]]) -> None:
    """Raises 10060014 naming what is wrong, 40003, and 10060002 for a payment whose delivery is known."""
    key, items = body.get("order_key"), body.get("shipping_list")
    if not isinstance(key, dict) or key.get("order_number_type") != 2 or not key.get("transaction_id"):
        raise WeChatError(BAD_PARAMETER, "order_key")
    if body.get("logistics_type") not in (1, 2, 3, 4) or body.get("delivery_mode") not in (1, 2):
        raise WeChatError(BAD_PARAMETER, "logistics_type or delivery_mode")
    if (
        not isinstance(items, list)
        or len(items) != 1
        or not 0 < len(str(items[0].get("item_desc", ""))) <= LONGEST_ITEM
    ):
        raise WeChatError(BAD_PARAMETER, "shipping_list")
    if not MOMENT.fullmatch(str(body.get("upload_time"))):
        raise WeChatError(BAD_PARAMETER, "upload_time")
    users.find((body.get("payer") or {}).get("openid"))
    if key["transaction_id"] in shipped:
        raise WeChatError(DONE_BEFORE, "the payment is shipped")
    shipped[str(key["transaction_id"])] = body
