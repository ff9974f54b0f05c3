"""One robot of WeCom and one of Feishu: the two webhooks of a group chat of operators. Refusals come in a 200."""

from __future__ import annotations

import json
from collections import deque
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import Fake, Route, json_response, planned_fault
from scripts.local_cloud.fakes.webhooks.feishu import feishu_refusal
from scripts.local_cloud.fakes.webhooks.wecom import wecom_refusal

WECOM_KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5local"
FEISHU_TOKEN = "5f9d2c1e-local-4a7b-9c33-feishurobot01"  # noqa: S105 - of the fake
FEISHU_SECRET = "FeishuLocalSigningSecret01"  # noqa: S105 - of the fake

A_MINUTE_S = 60.0
MOST_A_MINUTE = {"wecom": 20, "feishu": 100}
TOO_MANY = {"wecom": (45009, "api freq out of limit"), "feishu": (11232, "frequency limited psm")}


class WebhooksFake(Fake):
    """Remembers every text that arrived. The fault kind `code` answers 200 with a code of the vendor."""

    name = "webhooks"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"code"})

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[dict[str, Any]] = []
        self._recent: dict[str, deque[float]] = {"wecom": deque(), "feishu": deque()}

    def environment(self, base_url: str) -> dict[str, str]:
        return {name: value for group in self.environments(base_url).values() for name, value in group.items()}

    def environments(self, base_url: str) -> dict[str, dict[str, str]]:
        """Each robot is real or faked by itself."""
        return {
            "wecom_robot": {"ALERT_WECOM_BASE_URL": base_url, "ALERT_WECOM_KEY": WECOM_KEY},
            "feishu_robot": {
                "ALERT_FEISHU_BASE_URL": base_url,
                "ALERT_FEISHU_TOKEN": FEISHU_TOKEN,
                "ALERT_FEISHU_SECRET": FEISHU_SECRET,
            },
        }

    def state(self) -> dict[str, Any]:
        with self.lock:
            return {"messages": list(self.messages)}

    def forget(self) -> None:
        with self.lock:
            self.messages.clear()
            for recent in self._recent.values():
                recent.clear()

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/cgi-bin/webhook/send", "wecom", self._wecom),
            Route("POST", "/open-apis/bot/v2/hook/<token>", "feishu", self._feishu),
        ]

    def _wecom(self, request: Request) -> Response:
        body = _body(request)
        refused = self._refused("wecom", request) or wecom_refusal(request.args.get("key", ""), body, WECOM_KEY)
        code, message = refused or (0, "ok")
        if refused is None:
            mentioned = body["text"].get("mentioned_list", [])
            self._arrived("wecom", body["text"]["content"], at_all="@all" in mentioned)
        return json_response({"errcode": code, "errmsg": message})

    def _feishu(self, request: Request, token: str) -> Response:
        body = _body(request)
        known = (FEISHU_TOKEN, FEISHU_SECRET)
        refused = self._refused("feishu", request) or feishu_refusal(token, body, known, self.clock.now())
        if refused is not None:
            return json_response({"code": refused[0], "msg": refused[1], "data": {}})
        text = body["content"]["text"]
        self._arrived("feishu", text, at_all='user_id="all"' in text)
        return json_response({"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"})

    def _refused(self, chat: str, request: Request) -> tuple[int, str] | None:
        """By a planned fault, or because the robot has said enough for a minute."""
        fault = planned_fault(request)
        if fault:
            return int(fault.options.get("code", -1)), "planned"
        with self.lock:
            recent, now = self._recent[chat], self.clock.now()
            while recent and recent[0] <= now - A_MINUTE_S:
                recent.popleft()
            if len(recent) >= MOST_A_MINUTE[chat]:
                return TOO_MANY[chat]
            recent.append(now)
        return None

    def _arrived(self, chat: str, text: str, *, at_all: bool) -> None:
        with self.lock:
            self.messages.append({"chat": chat, "text": text, "at_all": at_all})


def _body(request: Request) -> dict[str, Any]:
    """Empty for what is no JSON object: both robots call that a wrong parameter."""
    try:
        body = json.loads(request.get_data())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
