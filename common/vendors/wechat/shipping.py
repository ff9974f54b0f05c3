"""Delivery reports (发货信息管理): mini-programs that trade have to tell WeChat that what was paid for was delivered.

Source: developers.weixin.qq.com, 小程序发货信息管理服务. Orders of virtual payment are told through xpay instead.
"""

from collections.abc import Mapping

from common import clock
from common.domain.orders import Order
from common.errors import VendorRejected
from common.http import HttpClient
from common.http.tokens import AccessTokens, call_with_token
from common.vendors.wechat.client import ATTEMPTS
from common.vendors.wechat.errors import check, is_token_error
from common.vendors.wechat.keywords import BEIJING
from common.vendors.wechat.settings import WeChatSettings

#: By WeChat's own number of the payment; goods without a parcel; all at once.
BY_TRANSACTION, VIRTUAL, WHOLE = 2, 3, 1
#: Reported before, corrected before, and reported before with the same words.
DONE_BEFORE = (10060002, 10060003, 10060023)
LONGEST_ITEM = 120


class ShippingReports:
    """`access_token` gets the token that was rejected, or None, and returns one to use."""

    def __init__(self, settings: WeChatSettings, http: HttpClient, access_token: AccessTokens) -> None:
        self._access_token = access_token
        self._http = http.for_vendor("wechat", base_url=settings.base_url, check=check)

    def report(self, order: Order) -> None:
        """Of a paid order. Safe to repeat. WeChat may need a while to know the payment: then VendorObjectMissing."""
        report = {
            "order_key": {"order_number_type": BY_TRANSACTION, "transaction_id": order.transaction_id},
            "logistics_type": VIRTUAL,
            "delivery_mode": WHOLE,
            "shipping_list": [{"item_desc": order.description[:LONGEST_ITEM]}],
            "upload_time": clock.now().astimezone(BEIJING).isoformat(timespec="milliseconds"),
            "payer": {"openid": order.openid},
        }
        try:
            call_with_token(lambda token: self._send(token, report), self._access_token, is_token_error=is_token_error)
        except VendorRejected as error:
            if error.facts.get("vendor_code") not in DONE_BEFORE:
                raise

    def _send(self, token: str, report: Mapping[str, object]) -> None:
        self._http.request(
            "POST",
            "/wxa/sec/order/upload_shipping_info",
            operation="report_shipping",
            params={"access_token": token},
            json=report,
            attempts=ATTEMPTS,
        )
