"""The front door: one WSGI app that routes paths to functions, as the custom domain of the deployment does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request, Response

from ..context import new_request_id
from ..instances.invoker import Invoker
from ..manifest import FunctionSpec, Manifest
from ..outcome import Failure, Outcome, Status
from ..switches import SYNC_LIMIT_BYTES, Switches
from .cors import cors_headers, preflight
from .events import api_gateway_event, function_url_event
from .proxy import WebProxy
from .responses import JSON_TYPE, api_gateway_response, function_url_response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SIGNATURE = "TC3-HMAC-SHA256"


class Gateway:
    """Event functions get events, web functions get the request itself."""

    def __init__(self, manifest: Manifest, invoker: Invoker, web: WebProxy, switches: Switches) -> None:
        self._manifest = manifest
        self._invoker = invoker
        self._web = web
        self._switches = switches

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        answer = self._answer(request)
        return answer(environ, start_response)

    def _answer(self, request: Request) -> WSGIApplication:
        spec = self._function(request.path)
        if spec is None or spec.http is None:
            return _refusal(HTTPStatus.NOT_FOUND, f"no function answers {request.path}")
        cors = spec.http.cors
        if cors and (answer := preflight(request, cors)):
            return answer
        if spec.http.auth_type == "CAM" and SIGNATURE not in request.headers.get("authorization", ""):
            return _refusal(HTTPStatus.UNAUTHORIZED, "authType CAM wants a TC3 signature; only its presence is checked")
        added = cors_headers(request, cors) if cors else []
        if spec.type == "web":
            return self._web.answering(spec, request, added)
        response = self._run(spec, request)
        response.headers.extend(added)
        return response

    def _function(self, path: str) -> FunctionSpec | None:
        """By route; a manifest without routes is one function URL, so everything goes to its only http function."""
        functions = self._manifest.functions
        if self._manifest.routes:
            key = self._manifest.route(path)
            return functions.get(key) if key else None
        reachable = [spec for spec in functions.values() if spec.http]
        return reachable[0] if len(reachable) == 1 else None

    def _run(self, spec: FunctionSpec, request: Request) -> Response:
        request_id = new_request_id()
        request.max_content_length = SYNC_LIMIT_BYTES
        try:
            body = request.get_data()
        except RequestEntityTooLarge:
            failure = Failure(Status.REQUEST_TOO_LARGE, f"request too large: a body may have {SYNC_LIMIT_BYTES} bytes")
            return function_url_response(Outcome.failed(request_id, failure))
        by_gateway = self._switches.api_gateway
        event = (
            api_gateway_event(request, body, request_id)
            if by_gateway
            else function_url_event(request, body, self._switches)
        )
        text = json.dumps(event, ensure_ascii=False)
        outcome = self._invoker.invoke(spec.key, text, trigger="http", request_id=request_id)
        response = api_gateway_response(outcome) if by_gateway else function_url_response(outcome)
        response.headers["x-scf-request-id"] = request_id
        return response


def _refusal(status: HTTPStatus, message: str) -> Response:
    return Response(json.dumps({"message": message}), status=status, content_type=JSON_TYPE)
