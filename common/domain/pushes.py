"""What WeChat's message push tells of: one event of the mini-program, after its signature was verified."""

import hashlib
import json
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
        """The same for every repetition of the event: MsgId where there is one, else sender, time and name.

        Two events of one kind in one second differ in what they tell, so that counts too, without the number of the try.
        Source: developers.weixin.qq.com, 消息推送 (排重).
        """
        if message_id := self.told.get("MsgId"):
            return f"push/{message_id}"
        content = {name: value for name, value in self.told.items() if name != "RetryTimes"}
        told = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:16]
        return f"push/{self.sender}/{self.created_at}/{self.name}/{told}"
