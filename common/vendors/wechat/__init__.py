"""WeChat's own API for mini-programs: login, the shared access token, subscription messages."""

from common.vendors.wechat.client import WeChat
from common.vendors.wechat.settings import WeChatSettings
from common.vendors.wechat.stable_token import StableToken

__all__ = ["StableToken", "WeChat", "WeChatSettings"]
