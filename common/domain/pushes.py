"""What WeChat's message push tells of: one event of the mini-program, after its signature was verified."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PushedEvent:
    """`name` is WeChat's Event. `told` holds all fields as they came: nested, and all of them text when `is_xml`."""

    name: str
    sender: str
    created_at: str
    told: Mapping[str, object]
    is_xml: bool = False

    @property
    def key(self) -> str:
        """The same for every repetition of the event. Source: developers.weixin.qq.com, 消息推送 (排重)."""
        return f"push/{self.sender}/{self.created_at}/{self.name}"
