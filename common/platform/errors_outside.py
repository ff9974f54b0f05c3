"""How an error looks from outside: by class hierarchy, in one place."""

from common.errors import CallerError, InternalError, MojianError
from common.platform.responses import Response


def envelope(error: BaseException, request_id: str) -> Response:
    """`{"error": {code, message, request_id, details?}}`. A bug looks like an internal error; its text stays inside."""
    known = error if isinstance(error, MojianError) else InternalError()
    content: dict[str, object] = {"code": known.code, "message": known.message, "request_id": request_id}
    if known.details:
        content["details"] = known.details
    response = Response.json({"error": content}, status=known.status)
    wait_s = known.facts.get("retry_after_s")
    return Response(response.status, response.body, {**response.headers, **_retry_after(wait_s)})


def _retry_after(wait_s: object) -> dict[str, str]:
    return {"Retry-After": str(round(wait_s))} if isinstance(wait_s, (int, float)) else {}


def facts_for_log(error: BaseException) -> dict[str, object]:
    """What a log line may say about an error."""
    if not isinstance(error, MojianError):
        return {"level": "error", "code": "bug", "error": type(error).__name__}
    names = ("vendor", "operation", "vendor_code", "problems")
    facts = {name: error.facts[name] for name in names if name in error.facts}
    level = "info" if isinstance(error, CallerError) else "error"
    return {"level": level, "code": error.code, **facts}


def is_worth_repeating(error: BaseException) -> bool:
    """For asynchronous triggers: the platform repeats what is raised; a final error would only fail again.

    A bug is raised too: the platform keeps the event and its dead letter, which is where an operator looks.
    """
    return error.retryable if isinstance(error, MojianError) else True
