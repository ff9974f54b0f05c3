"""The Zhaopin fake: token, search, detail, a limit of requests, and the page with the captcha."""

from __future__ import annotations

from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.job_market import Opening, openings
from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, Fake, Route, json_response, planned_fault, read_control
from scripts.local_cloud.fakes.zhaopin.records import ADVERT, as_detail, as_record, job_id, passes
from scripts.local_cloud.fakes.zhaopin.tokens import TokenDesk

CLIENT_ID = "zp-local-client"
CLIENT_SECRET = "zp-local-secret"  # noqa: S105 -- of the fake
SCOPE = "position.read"
#: The first of the market's jobs are here; the last ones are at the other board, and those between at both.
MOST_NUMBER = 240
MOST_PAGE_SIZE = 50
PER_MINUTE = 600
_MINUTE_S = 60
CAPTCHA = "<!DOCTYPE html><html><head><title>安全验证</title></head><body>请完成滑块验证</body></html>"


class ZhaopinFake(Fake):
    """One client; jobs never change, tokens and the count of requests are the memory."""

    name = "zhaopin"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"captcha", "envelope"})

    def __init__(self) -> None:
        self._tokens = TokenDesk(CLIENT_ID, CLIENT_SECRET, SCOPE)
        self._jobs = [opening for opening in openings() if opening.number < MOST_NUMBER]
        self._seen: list[float] = []
        self.per_minute = PER_MINUTE
        super().__init__()

    def environment(self, base_url: str) -> dict[str, str]:
        return {"ZHAOPIN_BASE_URL": base_url, "ZHAOPIN_KEY_ID": CLIENT_ID, "ZHAOPIN_SECRET": CLIENT_SECRET}

    def state(self) -> dict[str, Any]:
        return {"jobs": len(self._jobs), "tokens_issued": self._tokens.issued, "per_minute": self.per_minute}

    def forget(self) -> None:
        self._tokens.forget()
        self._seen.clear()
        self.per_minute = PER_MINUTE

    def routes(self) -> list[Route]:
        return [
            Route("POST", "/oauth2/token", "token", self._token),
            Route("GET", "/v1/positions/search", "search", self._search),
            Route("GET", "/v1/positions/<number>", "detail", self._detail),
            Route("POST", CONTROL_PREFIX + "end_tokens", "control", self._end_tokens),
            Route("POST", CONTROL_PREFIX + "limits", "control", self._limits),
        ]

    def _token(self, request: Request) -> Response:
        fault = planned_fault(request)
        if fault:
            return _spoiled(fault.kind, fault.options)
        with self.lock:
            refusal = self._tokens.refusal(request.form)
            if refusal:
                return json_response({"error": refusal}, 401 if refusal == "invalid_client" else 400)
            token = self._tokens.issue(self.clock.now())
            return json_response(
                {"access_token": token, "token_type": "Bearer", "expires_in": self._tokens.lifetime_s, "scope": SCOPE}
            )

    def _refused(self, request: Request) -> Response | None:
        fault = planned_fault(request)
        if fault:
            return _spoiled(fault.kind, fault.options)
        with self.lock:
            now = self.clock.now()
            if not self._tokens.is_good(request.headers.get("Authorization"), now):
                return _envelope(401, "access_token 无效或已过期", status=401)
            self._seen = [moment for moment in self._seen if moment > now - _MINUTE_S]
            if len(self._seen) >= self.per_minute:
                return _envelope(429, "请求过于频繁", status=429, headers={"Retry-After": "30"})
            self._seen.append(now)
        return None

    def _search(self, request: Request) -> Response:
        refusal = self._refused(request)
        if refusal:
            return refusal
        asked = request.args
        page, size = asked.get("pageIndex", 1, type=int), asked.get("pageSize", 20, type=int)
        if page < 1 or not 1 <= size <= MOST_PAGE_SIZE:
            return _envelope(400, "分页参数错误")
        found = [opening for opening in self._jobs if passes(opening, asked)]
        shown = [as_record(opening) for opening in found[(page - 1) * size : page * size]]
        listed = [*shown[:3], ADVERT, *shown[3:]] if page == 1 and shown else shown
        return _envelope(
            200, "成功", data={"count": len(found), "isEndPage": page * size >= len(found), "list": listed}
        )

    def _detail(self, request: Request, number: str) -> Response:
        refusal = self._refused(request)
        if refusal:
            return refusal
        found = self._find(number)
        return (
            _envelope(200, "成功", data=as_detail(found)) if found else _envelope(404, "职位不存在或已下线", status=404)
        )

    def _find(self, number: str) -> Opening | None:
        return next((opening for opening in self._jobs if job_id(opening) == number), None)

    def _end_tokens(self, _request: Request) -> Response:
        with self.lock:
            self._tokens.end_all()
        return json_response({"ended": True})

    def _limits(self, request: Request) -> Response:
        """`per_minute` requests; `lifetime_s` of tokens that are issued from now on."""
        wanted = read_control(request)
        with self.lock:
            self.per_minute = int(wanted.get("per_minute", self.per_minute))
            self._tokens.lifetime_s = int(wanted.get("lifetime_s", self._tokens.lifetime_s))
        return json_response(self.state())


def _envelope(code: int, message: str, *, status: int = 200, data: Any = None, headers: Any = None) -> Response:
    return json_response({"code": code, "message": message, "data": data}, status, headers)


def _spoiled(kind: str, options: Any) -> Response:
    """`captcha`: the page for people; `envelope`: 200 with the `code` of the fault's options."""
    if kind == "captcha":
        return Response(CAPTCHA, status=200, content_type="text/html; charset=utf-8")
    return _envelope(int(options.get("code", 500)), "出错了")
