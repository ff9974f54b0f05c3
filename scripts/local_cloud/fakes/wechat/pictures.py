"""Checks of pictures (media_check_async): fetched over HTTP as WeChat does it, answered later by a push."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from scripts.local_cloud.fakes.wechat.errors import WeChatError
from scripts.local_cloud.fakes.wechat.users import Users

MOST_BYTES = 10 * 1024 * 1024
FETCH_TIMEOUT_S = 5.0
LABELS = {"pass": 100, "risky": 20002, "review": 21000}
COULD_NOT_FETCH = -1008

Push = Callable[[Mapping[str, Any]], object]


@dataclass
class Wishes:
    """What POST /__fake__/media changes: the verdicts to come, how long they take, and how many never come.

    `delay_s` None: nothing is pushed until POST /__fake__/media_due. `early`: pushed before the call is answered.
    """

    suggest: str = "pass"
    delay_s: float | None = 0.3
    lost: int = 0
    early: bool = False


@dataclass
class Pictures:
    """Every question that was taken, and the answers that wait."""

    appid: str
    push: Push
    wishes: Wishes = field(default_factory=Wishes)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[dict[str, Any]] = []
        self._timers: list[threading.Timer] = []

    def ask(self, body: dict[str, Any], users: Users, now: float) -> dict[str, Any]:
        """Raises 47001, 40004, 40003 and 61010."""
        url = body.get("media_url")
        if not isinstance(url, str) or urlsplit(url).scheme not in ("http", "https"):
            raise WeChatError(47001)
        if body.get("version") != 2 or body.get("media_type") not in (1, 2) or body.get("scene") not in (1, 2, 3, 4):
            raise WeChatError(40004)
        user = users.find(body.get("openid"))
        if not users.is_active(user, now):
            raise WeChatError(61010)
        trace_id = f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
        fetched = _size_of(url)
        with self._lock:
            self.asked.append({"trace_id": trace_id, "scene": body["scene"], "fetched_bytes": fetched})
            event = self._event(trace_id, user.openid, fetched, now)
            if self.wishes.lost > 0:
                self.wishes.lost -= 1
                return _taken(trace_id)
        self._answer(event)
        return _taken(trace_id)

    def push_waiting(self) -> list[Any]:
        """Everything that waits, now; what the push returned for each."""
        with self._lock:
            events, self._waiting = self._waiting, []
        return [self.push(event) for event in events]

    def clear(self) -> None:
        with self._lock:
            for timer in self._timers:
                timer.cancel()
            self._timers.clear()
            self._waiting.clear()
            self.asked.clear()
            self.wishes = Wishes()

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {"asked": list(self.asked), "waiting": len(self._waiting), "wishes": vars(self.wishes)}

    def _answer(self, event: Mapping[str, Any]) -> None:
        if self.wishes.early:
            self.push(event)
            return
        with self._lock:
            self._waiting.append(dict(event))
            if self.wishes.delay_s is None:
                return
            timer = threading.Timer(self.wishes.delay_s, self.push_waiting)
            timer.daemon = True
            self._timers = [*(one for one in self._timers if one.is_alive()), timer]
        timer.start()

    def _event(self, trace_id: str, openid: str, fetched: int | None, now: float) -> dict[str, Any]:
        """A picture that could not be fetched has an errcode and no verdict."""
        head = {
            "ToUserName": "gh_mojian",
            "FromUserName": openid,
            "CreateTime": int(now),
            "MsgType": "event",
            "Event": "wxa_media_check",
            "appid": self.appid,
            "trace_id": trace_id,
            "version": 2,
        }
        if fetched is None:
            return {**head, "errcode": COULD_NOT_FETCH, "errmsg": "download failed", "detail": []}
        suggest = self.wishes.suggest
        result = {"suggest": suggest, "label": LABELS[suggest]}
        detail = {"strategy": "content_model", "errcode": 0, **result, "prob": 90}
        return {**head, "errcode": 0, "errmsg": "ok", "result": result, "detail": [detail]}


def _taken(trace_id: str) -> dict[str, Any]:
    return {"errcode": 0, "errmsg": "ok", "trace_id": trace_id}


def _size_of(url: str) -> int | None:
    """None for a picture that is not there, is too large, or needs more than an address to be fetched."""
    try:
        with httpx.Client(timeout=FETCH_TIMEOUT_S, trust_env=False) as client:
            reply = client.get(url)
    except (httpx.HTTPError, httpx.InvalidURL):
        return None
    content = reply.content
    return len(content) if reply.status_code == 200 and 0 < len(content) <= MOST_BYTES else None
