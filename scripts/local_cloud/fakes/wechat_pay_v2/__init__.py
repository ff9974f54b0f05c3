"""WeChat Pay v2 (XML, api.mch.weixin.qq.com) for one merchant, with the payer's side as control routes."""

from scripts.local_cloud.fakes.wechat_pay_v2.app import WeChatPayV2Fake

__all__ = ["WeChatPayV2Fake"]
