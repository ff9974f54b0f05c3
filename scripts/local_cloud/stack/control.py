"""The control port of a running local cloud: what the command line asks for, and the cloud API's Invoke."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.emulator.triggers.timers import UnknownTimer
from scripts.local_cloud.stack.served_fakes import UploadRefused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from scripts.local_cloud.stack import Stack


class Control:
    """GET /status, POST /put?key=, /tick?name=, /reset, /wait_idle?timeout_s=; POST / is the cloud API."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.headers.get("x-tc-action"):
            return self._stack.emulator.invoke_api(request)
        route = f"{request.method} {request.path}"
        views = {
            "GET /status": self._status,
            "POST /put": self._put,
            "POST /tick": self._tick,
            "POST /reset": self._reset,
            "POST /wait_idle": self._wait_idle,
        }
        if route not in views:
            return _json({"error": f"no {route} here"}, HTTPStatus.NOT_FOUND)
        try:
            return _json(views[route](request))
        except (UnknownTimer, UploadRefused, KeyError, ValueError) as error:
            return _json({"error": str(error)}, HTTPStatus.BAD_REQUEST)

    def _status(self, _request: Request) -> dict[str, Any]:
        functions = self._stack.emulator.manifest.functions
        return {"urls": self._stack.urls, "functions": list(functions), "timers": self._stack.emulator.timers.names}

    def _put(self, request: Request) -> dict[str, Any]:
        key, content = request.args["key"], request.get_data()
        self._stack.put(key, content)
        return {"key": key, "size_bytes": len(content)}

    def _tick(self, request: Request) -> dict[str, Any]:
        return {"request_ids": self._stack.tick(request.args["name"])}

    def _reset(self, _request: Request) -> dict[str, Any]:
        self._stack.reset()
        return {"reset": True}

    def _wait_idle(self, request: Request) -> dict[str, Any]:
        return {"idle": self._stack.wait_idle(float(request.args.get("timeout_s", "60")))}


def _json(document: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), status=status, content_type="application/json")
