"""Virtual payment of mini-programs (api.weixin.qq.com/xpay), with the payer's phone as control routes."""

from scripts.local_cloud.fakes.xpay.app import XPayFake

__all__ = ["XPayFake"]
