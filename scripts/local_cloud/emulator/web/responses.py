"""What a function returned -> an HTTP response: inference for function URLs, the strict form for the API gateway."""

from __future__ import annotations

import base64
import binascii
import json
from http import HTTPStatus
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from ..outcome import Outcome

JSON_TYPE = "application/json"
WRONG_FORMAT = {"errno": 403, "error": "Invalid scf response format. please check your scf response format."}
HIGHEST_STATUS = 599


def function_url_response(outcome: Outcome) -> Response:
    """A value without statusCode is the whole body, 200, JSON. A failure answers with its own code (the platform's
    HTTP status on a failure is not documented).

    isBase64Encoded is honoured and list values repeat a header: both are documented for the gateway only.
    """
    if outcome.failure:
        return Response(outcome.text, status=int(outcome.status), content_type=JSON_TYPE)
    value = outcome.value
    if not isinstance(value, dict) or "statusCode" not in value:
        return Response(_as_text(value), status=HTTPStatus.OK, content_type=JSON_TYPE)
    return _integrated(value) or _invalid(outcome)


def api_gateway_response(outcome: Outcome) -> Response:
    """Only {isBase64Encoded, statusCode: int, headers: object, body: text} passes; anything else is errno 403."""
    value = None if outcome.failure else outcome.value
    if isinstance(value, dict) and _is_strict(value):
        return _integrated(value) or _invalid(outcome)
    return _invalid(outcome)


def _is_strict(value: dict[str, Any]) -> bool:
    return (
        type(value.get("statusCode")) is int
        and isinstance(value.get("headers", {}), dict)
        and isinstance(value.get("body", ""), str)
        and isinstance(value.get("isBase64Encoded", False), bool)
    )


def _integrated(value: dict[str, Any]) -> Response | None:
    """None when the parts make no HTTP response."""
    try:
        status = int(value["statusCode"])
        body = _body(value)
    except (TypeError, ValueError, binascii.Error):
        return None
    headers = value.get("headers") or {}
    if not HTTPStatus.OK <= status <= HIGHEST_STATUS or not isinstance(headers, dict):
        return None
    return Response(body, status=status, headers=_headers(headers), content_type=None)


def _headers(given: dict[str, Any]) -> Headers:
    headers = Headers()
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            headers.add(name, str(one).replace("\r", "").replace("\n", ""))
    if "content-type" not in headers:
        headers.add("content-type", JSON_TYPE)
    return headers


def _body(value: dict[str, Any]) -> bytes:
    text = _as_text(value.get("body", ""))
    if value.get("isBase64Encoded"):
        return base64.b64decode(text, validate=True)
    return text.encode("utf-8", "replace")


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _invalid(outcome: Outcome) -> Response:
    document = {**WRONG_FORMAT, "requestId": outcome.request_id}
    return Response(json.dumps(document), status=HTTPStatus.FORBIDDEN, content_type=JSON_TYPE)
