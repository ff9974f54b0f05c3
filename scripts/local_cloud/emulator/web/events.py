"""HTTP requests -> the events that functions get: function URL (scf.md 2.1) and the retired API gateway (2.3)."""

from __future__ import annotations

import base64
from typing import Any

from werkzeug.wrappers import Request

from ..switches import Switches

Event = dict[str, Any]


def function_url_event(request: Request, body: bytes, switches: Switches) -> Event:
    """The documented shape. There is no flag for binary: bytes that are not UTF-8 arrive damaged, as in the cloud.

    Of a repeated query key the last value counts (the platform's way is not documented).
    """
    event: Event = {
        "body": body.decode("utf-8", "replace"),
        "headers": {**_headers(request), "x-scf-remote-addr": request.remote_addr or ""},
        "httpMethod": request.method,
        "path": request.path,
        "queryString": _query(request),
    }
    if switches.with_request_context:
        event["requestContext"] = {"sourceIp": request.remote_addr or ""}
    return event


def api_gateway_event(request: Request, body: bytes, request_id: str) -> Event:
    """The legacy shape as captured from real traffic: lower-case headers, isBase64Encoded for binary bodies.

    headerParameters and the like hold only what a gateway declares; we have no gateway to declare anything in.
    """
    text, is_base64 = _text_or_base64(body)
    return {
        "requestContext": {
            "serviceId": "service-local",
            "path": request.path,
            "httpMethod": request.method,
            "identity": {},
            "sourceIp": request.remote_addr or "",
            "stage": "release",
        },
        "headers": {
            **_headers(request),
            "requestsource": "APIGW",
            "x-api-requestid": request_id,
            "x-api-scheme": request.scheme,
            "x-qualifier": "$DEFAULT",
        },
        "body": text,
        "isBase64Encoded": is_base64,
        "pathParameters": {},
        "queryStringParameters": {},
        "headerParameters": {},
        "stageVariables": {"stage": "release"},
        "path": request.path,
        "queryString": _query(request),
        "httpMethod": request.method,
    }


def _headers(request: Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _query(request: Request) -> dict[str, str]:
    return {name: values[-1] for name, values in request.args.lists()}


def _text_or_base64(body: bytes) -> tuple[str, bool]:
    try:
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        return base64.b64encode(body).decode("ascii"), True
