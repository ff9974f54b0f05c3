"""WeChat's server side (api.weixin.qq.com), as far as the product calls it."""

from scripts.local_cloud.fakes.wechat.app import WeChatFake

__all__ = ["WeChatFake"]
