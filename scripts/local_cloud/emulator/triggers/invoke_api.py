"""The cloud API's Invoke and InvokeFunction, enough for tencentcloud-sdk clients. TC3 signatures are NOT verified."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from ..context import new_request_id
from ..instances.invoker import Invoker
from ..manifest import Manifest
from ..outcome import Failure, Outcome

ACTIONS = {"Invoke": "ClientContext", "InvokeFunction": "Event"}
"""Action -> the parameter that carries the event."""
Enqueue = Callable[[str, str, str], list[str]]
Answer = dict[str, Any]


class InvokeApi:
    """A view for POST / with X-TC-Action."""

    def __init__(self, manifest: Manifest, invoker: Invoker, enqueue: Enqueue) -> None:
        self._keys = {spec.name: key for key, spec in manifest.functions.items()}
        self._invoker = invoker
        self._enqueue = enqueue

    def __call__(self, request: Request) -> Response:
        request_id = new_request_id()
        action = request.headers.get("x-tc-action", "")
        parameters = request.get_json(force=True, silent=True)
        if action not in ACTIONS:
            answer = _error("InvalidAction", f"only {' and '.join(ACTIONS)} are imitated, not {action!r}")
        elif not isinstance(parameters, dict):
            answer = _error("InvalidParameter", "the request body is no JSON object")
        else:
            answer = self._invoke(action, parameters)
        body = json.dumps({"Response": {**answer, "RequestId": request_id}}, ensure_ascii=False)
        return Response(body, content_type="application/json")

    def _invoke(self, action: str, parameters: Answer) -> Answer:
        name = str(parameters.get("FunctionName", ""))
        key = self._keys.get(name)
        if key is None:
            return _error("ResourceNotFound.Function", f"there is no function {name!r}")
        event = parameters.get(ACTIONS[action]) or "{}"
        if not _is_json(event):
            return _error("InvalidParameterValue.Param", f"{ACTIONS[action]} is no JSON text")
        if action == "Invoke" and parameters.get("InvocationType") == "Event":
            return self._queue(key, event)
        return {"Result": _result(self._invoker.invoke(key, event, trigger="invoke"))}

    def _queue(self, key: str, event: str) -> Answer:
        try:
            request_ids = self._enqueue(key, event, "invoke")
        except Failure as failure:
            return _error("InvalidParameterValue.Param", failure.message)
        return {"Result": {"FunctionRequestId": request_ids[0], "RetMsg": "", "ErrMsg": "", "InvokeResult": 0}}


def _result(outcome: Outcome) -> Answer:
    failure = outcome.failure
    return {
        "Log": "",
        "RetMsg": "" if failure else outcome.text,
        "ErrMsg": outcome.text if failure else "",
        "MemUsage": outcome.memory_bytes,
        "Duration": round(outcome.duration_ms, 2),
        "BillDuration": math.ceil(outcome.duration_ms),
        "FunctionRequestId": outcome.request_id,
        "InvokeResult": -1 if failure else 0,
    }


def _error(code: str, message: str) -> Answer:
    return {"Error": {"Code": code, "Message": message}}


def _is_json(text: object) -> bool:
    try:
        json.loads(text if isinstance(text, str) else "")
    except ValueError:
        return False
    return True
