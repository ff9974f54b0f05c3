"""How an error looks from outside: by class hierarchy, in one place."""

import math

from common import logs
from common.errors import CallerError, InternalError, MojianError, SettingsInvalid
from common.platform.responses import Response


def envelope(error: BaseException, request_id: str, _path: str = "") -> Response:
    """`{"error": {code, message, request_id, details?}}`. A bug looks like an internal error; its text stays inside."""
    known = _known(error)
    response = Response.json({"error": error_content(error, request_id)}, status=known.status)
    return Response(response.status, response.body, {**response.headers, **_advice(known)})


def error_content(error: BaseException, request_id: str) -> dict[str, object]:
    """What is inside the envelope."""
    known = _known(error)
    content: dict[str, object] = {"code": known.code, "message": known.message, "request_id": request_id}
    if known.details:
        content["details"] = known.details
    return content


def _known(error: BaseException) -> MojianError:
    return error if isinstance(error, MojianError) else InternalError()


def _advice(error: MojianError) -> dict[str, str]:
    """The headers of RFC 9110 that tell a client what to do instead: Retry-After (whole seconds) and Allow."""
    wait_s, allow = error.facts.get("retry_after_s"), error.facts.get("allow")
    later = {"Retry-After": str(max(1, math.ceil(wait_s)))} if isinstance(wait_s, (int, float)) else {}
    return {**later, "Allow": ", ".join(allow)} if isinstance(allow, list) else later


def facts_for_log(error: BaseException) -> dict[str, object]:
    """What a log line may say about an error."""
    if not isinstance(error, MojianError):
        return {"level": "error", "code": "bug", "error": type(error).__name__}
    names = ("vendor", "operation", "vendor_code", "problems", "mismatch", "contradiction", "store")
    facts = {name: error.facts[name] for name in names if name in error.facts}
    level = "info" if isinstance(error, CallerError) else "error"
    return {"level": level, "code": error.code, **facts}


def log_facts(error: BaseException) -> dict[str, object]:
    """facts_for_log, and where in the code it happened."""
    return {**facts_for_log(error), "where": logs.where(error)}


def is_worth_repeating(error: BaseException) -> bool:
    """For asynchronous triggers: the platform repeats what is raised; a final error would only fail again.

    A bug is raised too, and so are wrong settings: the platform keeps the event and its dead letter, which is where an
    operator looks, and nothing is lost while they are mended.
    """
    if isinstance(error, SettingsInvalid) or not isinstance(error, MojianError):
        return True
    return error.retryable
