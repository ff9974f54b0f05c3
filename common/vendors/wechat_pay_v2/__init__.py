"""WeChat Pay, the older API (v2): XML."""

from common.vendors.wechat_pay_v2.client import WeChatPayV2
from common.vendors.wechat_pay_v2.settings import WeChatPayV2Settings

__all__ = ["WeChatPayV2", "WeChatPayV2Settings"]
