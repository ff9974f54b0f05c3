"""The console's own small server: its files, the log tail, and the rest handed on to the API, the bucket or a phone's fake."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.console.forwarding import forward
from scripts.local_cloud.console.log_tail import LogTail

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAGE = Path(__file__).parent / "page"
#: File → media type. Nothing else is served from the disk.
FILES = {
    "index.html": "text/html; charset=utf-8",
    "console.css": "text/css; charset=utf-8",
    **dict.fromkeys(
        [f"{name}.js" for name in ("main", "api", "dom", "account", "resumes", "content", "layout", "chat", "logs")],
        "text/javascript; charset=utf-8",
    ),
}
#: What a phone does by itself: wx.login, tapping “allow”, confirming a payment.
PHONE = {
    "wechat": ("login_code", "accept"),
    "wechat_pay": ("pay",),
    "wechat_pay_v2": ("pay",),
    "xpay": ("pay",),
}
OWN_HOSTS = ("127.0.0.1", "localhost")
#: Scripts from here only. Inline styles and data: fonts are what the preview of a resume, which inherits this, is made of.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class Console:
    """A WSGI app. `urls` holds the addresses of the gateway and the fakes by name, `logs` is the emulator's folder of logs."""

    def __init__(self, urls: Mapping[str, str], logs: Path, settings: Mapping[str, str]) -> None:
        self._urls = urls
        self._logs = LogTail(logs)
        self._settings = settings

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        answer = self._refusal(request) or self._answer(request)
        for name, value in SAFE.items():
            answer.headers[name] = value
        return answer(environ, start_response)

    def _refusal(self, request: Request) -> Response | None:
        """Other sites have no business here: neither under a name of theirs that points to this machine, nor by a script."""
        host = request.host.rpartition(":")[0] or request.host
        if host not in OWN_HOSTS or request.headers.get("sec-fetch-site") == "cross-site":
            return _error(HTTPStatus.FORBIDDEN, "the console answers its own page only")
        return None

    def _answer(self, request: Request) -> Response:
        area, _, rest = request.path.lstrip("/").partition("/")
        if area == "api":
            return forward(request, self._urls["gateway"], f"/{rest}", follow_to=self._urls["cos"])
        if request.path == "/bucket" and request.method == "POST":
            return forward(request, self._urls["cos"], "/")
        if area == "phone" and request.method == "POST":
            return self._phone(request, *rest.partition("/")[::2])
        if request.method != "GET":
            return _error(HTTPStatus.METHOD_NOT_ALLOWED, f"no {request.method} here")
        if request.path == "/logs":
            return _json(self._logs.after(request.args.get("after", 0, type=int)))
        if request.path == "/settings":
            return _json(dict(self._settings))
        return _file(request.path.lstrip("/") or "index.html")

    def _phone(self, request: Request, vendor: str, act: str) -> Response:
        if act not in PHONE.get(vendor, ()):
            return _error(HTTPStatus.NOT_FOUND, "no phone does that")
        return forward(request, self._urls[vendor], f"/__fake__/{act}")


def _file(name: str) -> Response:
    if name not in FILES:
        return _error(HTTPStatus.NOT_FOUND, "no such file")
    answer = Response((PAGE / name).read_bytes(), content_type=FILES[name])
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _json(document: object) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), content_type="application/json")


def _error(status: HTTPStatus, message: str) -> Response:
    return Response(
        json.dumps({"error": {"code": "console", "message": message}}), status, content_type="application/json"
    )
