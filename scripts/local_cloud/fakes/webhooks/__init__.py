"""The robots of two group chats, as WeCom and Feishu serve them."""

from scripts.local_cloud.fakes.webhooks.app import WebhooksFake

__all__ = ["WebhooksFake"]
