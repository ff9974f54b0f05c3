"""WeChat Pay v3 (api.mch.weixin.qq.com) for one merchant, with the payer's side as control routes."""

from scripts.local_cloud.fakes.wechat_pay.app import WeChatPayFake

__all__ = ["WeChatPayFake"]
