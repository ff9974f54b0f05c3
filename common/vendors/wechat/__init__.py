"""WeChat's own API for mini-programs: login, the shared access token, subscription messages."""

from common.vendors.wechat.client import WeChat
from common.vendors.wechat.mini_codes import MiniCodes
from common.vendors.wechat.people import WeChatPeople
from common.vendors.wechat.picture_checks import PictureChecks
from common.vendors.wechat.push import Mailbox
from common.vendors.wechat.settings import PushSettings, WeChatSettings
from common.vendors.wechat.shipping import ShippingReports
from common.vendors.wechat.stable_token import StableToken

__all__ = [
    "Mailbox",
    "MiniCodes",
    "PictureChecks",
    "PushSettings",
    "ShippingReports",
    "StableToken",
    "WeChat",
    "WeChatPeople",
    "WeChatSettings",
]
