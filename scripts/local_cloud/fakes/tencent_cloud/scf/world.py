"""What the functions of an account stand on: time, roles, log topics and objects of the bucket. The other services answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

ZipOf = Callable[[str, str], bytes | None]
"""Bucket without the appid, key without the leading slash -> the object, None when there is none."""


@dataclass
class World:
    """`busy_s` is how long a change takes. `failing` counts, by action, the changes that are to end in …Failed."""

    now: Callable[[], float]
    has_role: Callable[[str], bool]
    has_topic: Callable[[str, str], bool]
    stored_zip: ZipOf
    region: str = "ap-guangzhou"
    appid: str = "1250000000"
    busy_s: float = 1.0
    cname_points_here: bool = True
    failing: Counter[str] = field(default_factory=Counter)

    def outcome(self, action: str, good: str, bad: str) -> str:
        """How a change that has just begun will end."""
        if self.failing[action] > 0:
            self.failing[action] -= 1
            return bad
        return good


@dataclass
class Status:
    """A state that becomes another at a moment: Creating, and a second later Active."""

    present: str
    then: str = ""
    at: float = 0.0

    def read(self, now: float) -> str:
        if self.then and now >= self.at:
            self.present, self.then = self.then, ""
        return self.present
