"""How an invocation ended: the platform's status codes, and the result document a caller sees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Status(IntEnum):
    """The codes of scf.md 1.6 that a local run can meet."""

    OK = 200
    BOOTSTRAP_EXITED = 405
    REQUEST_TOO_LARGE = 406
    RESPONSE_TOO_LARGE = 407
    USER_EXCEPTION = 430
    CONCURRENCY_LIMIT = 432
    TIMEOUT = 433
    MEMORY_EXCEEDED = 434
    NO_SUCH_FUNCTION = 435
    BAD_EVENT = 436
    HANDLER_NOT_FOUND = 437
    PROCESS_EXITED = 439
    USER_CODE_ERROR = 443
    NOTHING_ON_PORT = 446
    INIT_TIMEOUT = 450
    CANCELLED = 499
    INTERNAL = 500


class Failure(Exception):
    """An invocation that cannot end well. `trace` is the user's stack trace, where there is one."""

    def __init__(self, status: Status, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.trace = trace

    def document(self, request_id: str) -> dict[str, Any]:
        """The result in place of a return value, in the shape of scf.md 1.2."""
        document: dict[str, Any] = {"errorCode": -1, "errorMessage": self.message, "requestId": request_id}
        if self.trace:
            document["stackTrace"] = self.trace
        return {**document, "statusCode": int(self.status)}


@dataclass(frozen=True)
class Outcome:
    """`text` is JSON: the handler's return value, or the error document when `failure` is set."""

    request_id: str
    text: str
    failure: Failure | None = None
    duration_ms: float = 0.0
    memory_bytes: int = 0

    @property
    def status(self) -> Status:
        return self.failure.status if self.failure else Status.OK

    @property
    def value(self) -> Any:
        return json.loads(self.text)

    @classmethod
    def failed(cls, request_id: str, failure: Failure, duration_ms: float = 0.0, memory_bytes: int = 0) -> Outcome:
        text = json.dumps(failure.document(request_id), ensure_ascii=False)
        return cls(request_id, text, failure, duration_ms, memory_bytes)
