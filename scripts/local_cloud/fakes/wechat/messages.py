"""Subscription messages: templates, what users accepted, and what was delivered to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from scripts.local_cloud.fakes.wechat.errors import WeChatError
from scripts.local_cloud.fakes.wechat.users import Users
from scripts.local_cloud.fakes.wechat.value_rules import complaint_about

STATES = frozenset({"developer", "trial", "formal"})
LANGUAGES = frozenset({"zh_CN", "en_US", "zh_HK", "zh_TW"})
READY_TEMPLATE = "Mj1An-rEaDyTeMpLaTe0000000000000000000000001"
FAILED_TEMPLATE = "Mj1An-fAiLeDtEmPlAtE000000000000000000000002"
REFUNDED_TEMPLATE = "Mj1An-rEfUnDeDtEmPlAtE0000000000000000000003"


class Messages:
    """Templates by id (their keywords, or None where any set of keywords will do), acceptances and the outbox."""

    def __init__(self) -> None:
        self.templates: dict[str, list[str] | None] = {
            READY_TEMPLATE: None,
            FAILED_TEMPLATE: ["thing1", "thing2", "time3"],
            REFUNDED_TEMPLATE: ["thing1", "amount2", "time3"],
        }
        self.pages: list[str] | None = None
        self.accepted: Counter[tuple[str, str]] = Counter()
        self.delivered: list[dict[str, Any]] = []

    def accept(self, openid: str, template_id: str) -> int:
        """The user taps "allow" once: one more message. Returns how many are left now."""
        self.accepted[openid, template_id] += 1
        return self.accepted[openid, template_id]

    def send(self, body: dict[str, Any], users: Users, is_sensitive: Callable[[str], bool]) -> dict[str, Any]:
        """Deliver, or raise 40003, 40037, 47001, 47003, 41030, 45168 or 43101."""
        user = users.find(body.get("touser"))
        template_id = body.get("template_id")
        if template_id not in self.templates:
            raise WeChatError(40037)
        values = self._values(body.get("data"), self.templates[template_id])
        self._check_options(body)
        if is_sensitive("\n".join(values.values())):
            raise WeChatError(45168)
        if self.accepted[user.openid, template_id] < 1:
            raise WeChatError(43101)
        self.accepted[user.openid, template_id] -= 1
        message = {name: body.get(name) for name in ("touser", "template_id", "page", "data")}
        message["miniprogram_state"] = body.get("miniprogram_state", "formal")
        self.delivered.append(message)
        return message

    def _values(self, keywords: object, wanted: list[str] | None) -> dict[str, str]:
        if not isinstance(keywords, dict) or not keywords:
            raise WeChatError(47003, "argument invalid! data is emtpy")
        cells = {key: cell.get("value") if isinstance(cell, dict) else None for key, cell in keywords.items()}
        for key in wanted if wanted is not None else cells:
            complaint = complaint_about(key, cells.get(key))
            if complaint:
                raise WeChatError(47003, f"argument invalid! {complaint}")
        return {key: str(value) for key, value in cells.items()}

    def _check_options(self, body: dict[str, Any]) -> None:
        if body.get("miniprogram_state", "formal") not in STATES or body.get("lang", "zh_CN") not in LANGUAGES:
            raise WeChatError(47001)
        page = body.get("page")
        if not page:
            return
        path = str(page).partition("?")[0]
        if not path.startswith("pages/") or (self.pages is not None and path not in self.pages):
            raise WeChatError(41030)

    def as_json(self) -> dict[str, Any]:
        left = [{"openid": who, "template_id": what, "left": n} for (who, what), n in self.accepted.items() if n]
        return {
            "messages": self.delivered,
            "acceptances": left,
            "templates": self.templates,
            "pages": self.pages,
        }
