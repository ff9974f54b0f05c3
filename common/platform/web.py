"""Web functions: an HTTP server behind scf_bootstrap, for what events cannot carry: multipart uploads and streams.

The platform sends plain HTTP to port 9000, says in X-Scf-* headers what an event function finds in its context, and hands over
the role's temporary keys in headers too, afresh with every request.
"""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from common.platform import cold_start
from common import logs
from common.platform.answering import HttpUse, answered
from common.platform.ending import end, outcome_of
from common.platform.events.form import read_form
from common.platform.events.http import HttpRequest, storable_path, without_port
from common.platform.invocation import Invocation
from common.platform.streaming import event_stream, has_gone, wants_events, while_connected
from common.wiring import App, Shared

StartResponse = Callable[[str, list[tuple[str, str]]], object]
Wsgi = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]

__all__ = ["event_stream", "read_form", "serve_web", "wants_events", "web_application"]

PLATFORM_PORT = 9000

#: What the platform puts into _SCF_SERVER_PORT for its own use. Any other value is where a local emulator wants us to listen.
RUNTIME_PORT = "28902"

#: The client's socket in a request's environment, where the server tells it.
CONNECTION = "mojian.connection"

ROLE_KEYS = {
    "x-scf-secret-id": "TENCENTCLOUD_SECRETID",
    "x-scf-secret-key": "TENCENTCLOUD_SECRETKEY",
    "x-scf-session-token": "TENCENTCLOUD_SESSIONTOKEN",
}


def serve_web(use: HttpUse) -> None:
    """Serve until the platform ends the process. 127.0.0.1 would be refused there, so every address is bound."""
    from cheroot.wsgi import Gateway_10, Server

    class Gateway(Gateway_10):
        """Lets the application look at the connection."""

        def get_environ(self) -> dict[str, Any]:  # type: ignore[override]
            environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
            return {**environ, CONNECTION: self.req.conn.socket}

    shared = Shared()
    wanted = shared.env.get("_SCF_SERVER_PORT", RUNTIME_PORT)
    port = PLATFORM_PORT if wanted == RUNTIME_PORT else int(wanted)
    server = Server(("0.0.0.0", port), web_application(use, shared), numthreads=1)  # noqa: S104
    server.gateway = Gateway
    server.start()


def web_application(use: HttpUse, shared: Shared) -> Wsgi:
    """`use` as a WSGI application. A stream goes out chunk by chunk, and is closed when the client has gone."""

    cold = iter([True])

    def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        logs.quiet_libraries()
        headers = _headers(environ)
        invocation = _invocation(headers, cold=next(cold, False))
        if not invocation.cold:
            cold_start.is_over()
        keys = {name: headers.pop(header) for header, name in ROLE_KEYS.items() if header in headers}

        def opened() -> tuple[HttpRequest, App]:
            app = App(shared, remaining_s=invocation.remaining_s, request_id=invocation.request_id, keys=keys)
            return _request(environ, headers, app), app

        response, facts = answered(use, opened, invocation)

        def note() -> None:
            end(invocation, shared, "web", outcome_of(response.status), {**facts, "status": response.status})

        status = f"{response.status} {HTTPStatus(response.status).phrase}"
        start_response(status, [("X-Request-Id", invocation.request_id), *response.outgoing_headers.items()])
        if isinstance(response.body, (str, bytes)):
            note()
            return response.chunks()
        return while_connected(response.body, lambda: has_gone(environ.get(CONNECTION)), note)

    return application


def _invocation(headers: Mapping[str, str], *, cold: bool) -> Invocation:
    return Invocation(
        request_id=headers.get("x-scf-request-id", ""),
        function=headers.get("x-scf-name", ""),
        time_limit_s=float(headers.get("x-scf-timeout") or 60_000) / 1000,
        cold=cold,
    )


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    """Names in lower case, as events have them."""
    named = {name[5:]: value for name, value in environ.items() if name.startswith("HTTP_")}
    named.update({name: environ[name] for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)})
    return {name.replace("_", "-").lower(): str(value) for name, value in named.items()}


def _request(environ: Mapping[str, Any], headers: Mapping[str, str], app: App) -> HttpRequest:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return HttpRequest(
        method=str(environ["REQUEST_METHOD"]).upper(),
        path=storable_path(str(environ.get("PATH_INFO") or "/").encode("latin-1").decode("utf-8", "replace")),
        headers=headers,
        query=dict(parse_qsl(str(environ.get("QUERY_STRING") or ""), keep_blank_values=True)),
        body=environ["wsgi.input"].read(length) if length else b"",
        client_ip=without_port(headers.get("x-scf-remote-addr") or str(environ.get("REMOTE_ADDR") or "")),
        read_session=app.read_session,
    )
