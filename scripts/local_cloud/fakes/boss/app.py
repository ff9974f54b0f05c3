"""The Boss Zhipin fake: a signed key, search, detail, a limit of requests, and the page with the captcha."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.boss.records import as_detail, as_record, job_id, passes
from scripts.local_cloud.fakes.boss.signature import KeyDesk
from scripts.local_cloud.fakes.job_market import openings
from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, Fake, Route, json_response, planned_fault, read_control

API_KEY = "boss-local-key"
SIGNING_SECRET = "boss-local-signing-secret"  # noqa: S105 -- of the fake
LEAST_NUMBER = 120
MOST_PAGE_SIZE = 30
PER_MINUTE = 600
_MINUTE_S = 60
CAPTCHA = "<html><head><title>安全验证</title></head><body>当前 IP 地址可能存在异常访问行为，请完成验证</body></html>"
SIGN_FAILED, GONE, TOO_FAST, ROBOT = 121, 17, 31, 37


class BossFake(Fake):
    """One key; jobs never change, nonces and the count of requests are the memory."""

    name = "boss"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"captcha", "robot"})

    def __init__(self) -> None:
        self._keys = KeyDesk(API_KEY, SIGNING_SECRET)
        self._jobs = [opening for opening in openings() if opening.number >= LEAST_NUMBER]
        self._seen: list[float] = []
        self.per_minute = PER_MINUTE
        super().__init__()

    def environment(self, base_url: str) -> dict[str, str]:
        return {"BOSS_BASE_URL": base_url, "BOSS_KEY_ID": API_KEY, "BOSS_SECRET": SIGNING_SECRET}

    def state(self) -> dict[str, Any]:
        return {"jobs": len(self._jobs), "per_minute": self.per_minute}

    def forget(self) -> None:
        self._keys.forget()
        self._seen.clear()
        self.per_minute = PER_MINUTE

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/openapi/v1/job/search", "search", self._search),
            Route("GET", "/openapi/v1/job/<encrypted>", "detail", self._detail),
            Route("POST", CONTROL_PREFIX + "limits", "control", self._limits),
        ]

    def _refused(self, request: Request) -> Response | None:
        """Boss answers 200 with a code; only the captcha is a page."""
        fault = planned_fault(request)
        if fault:
            return _spoiled(fault.kind)
        parts = (request.method, _raw_path(request), request.environ.get("QUERY_STRING", ""), request.get_data())
        with self.lock:
            now = self.clock.now()
            reason = self._keys.refusal(dict(request.headers), parts, now)
            if reason:
                return _envelope(SIGN_FAILED, reason)
            self._seen = [moment for moment in self._seen if moment > now - _MINUTE_S]
            if len(self._seen) >= self.per_minute:
                return _envelope(TOO_FAST, "操作频繁")
            self._seen.append(now)
        return None

    def _search(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal:
            return refusal
        asked = _json_object(request)
        page, size = asked.get("page", 1), asked.get("pageSize", 20)
        if not isinstance(page, int) or not isinstance(size, int) or page < 1 or not 1 <= size <= MOST_PAGE_SIZE:
            return _envelope(2, "参数错误")
        found = [opening for opening in self._jobs if passes(opening, asked)]
        shown = [as_record(opening) for opening in found[(page - 1) * size : page * size]]
        return _envelope(0, "Success", {"hasMore": page * size < len(found), "jobList": shown})

    def _detail(self, request: Request, encrypted: str) -> Response:
        refusal = self._refused(request)
        if refusal:
            return refusal
        found = next((opening for opening in self._jobs if job_id(opening) == encrypted), None)
        return _envelope(0, "Success", as_detail(found)) if found else _envelope(GONE, "职位已关闭")

    def _limits(self, request: Request) -> Response:
        """`per_minute` requests."""
        with self.lock:
            self.per_minute = int(read_control(request).get("per_minute", self.per_minute))
        return json_response(self.state())


def _raw_path(request: Request) -> str:
    """As on the wire, percent-encoding included."""
    raw = str(request.environ.get("REQUEST_URI") or request.environ.get("RAW_URI") or request.path)
    return raw.partition("?")[0]


def _json_object(request: Request) -> dict[str, Any]:
    try:
        asked = json.loads(request.get_data() or b"{}")
    except ValueError:
        return {"page": 0}
    return asked if isinstance(asked, dict) else {"page": 0}


def _envelope(code: int, message: str, zp_data: Any = None) -> Response:
    return json_response({"code": code, "message": message, "zpData": zp_data})


def _spoiled(kind: str) -> Response:
    """`captcha`: the page for people; `robot`: code 37, the same in JSON."""
    if kind == "captcha":
        return Response(CAPTCHA, status=200, content_type="text/html; charset=utf-8")
    return _envelope(ROBOT, "您的环境存在异常")
