"""WeChat Pay, API v3."""

from common.vendors.wechat_pay.client import WeChatPay
from common.vendors.wechat_pay.settings import WeChatPaySettings

__all__ = ["WeChatPay", "WeChatPaySettings"]
