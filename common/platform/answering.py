"""Answering one request, however it came: its use, its idempotency key, and every error as an answer."""

from collections.abc import Callable

from common.platform.errors_outside import envelope, log_facts
from common.platform.events.http import HttpRequest
from common.platform.idempotency import answer_once
from common.platform.invocation import Invocation
from common.platform.responses import Response
from common.security.masking import mask_path
from common.wiring import App

HttpUse = Callable[[HttpRequest, App], Response]

#: (what went wrong, the request's id, its path or "" when it could not be read).
Refuse = Callable[[BaseException, str, str], Response]


def answered(
    use: HttpUse, opened: Callable[[], tuple[HttpRequest, App]], invocation: Invocation, refuse: Refuse = envelope
) -> tuple[Response, dict[str, object]]:
    """The answer, and what the log may say of it. What `opened` raises is answered like what `use` raises."""
    facts: dict[str, object] = {}
    path = ""
    try:
        request, app = opened()
        path = request.path
        facts = {"method": request.method, "path": mask_path(path)}
        lease_s = invocation.remaining_s() + 5
        response = answer_once(request, app, lambda: use(request, app), lease_s=lease_s)
        return _unless_known(request, response), facts
    except Exception as error:
        return refuse(error, invocation.request_id, path), {**facts, **log_facts(error)}


def _unless_known(request: HttpRequest, response: Response) -> Response:
    """304 without a body for a client that already has just this answer (RFC 9110, 13.1.2)."""
    tag = response.headers.get("ETag")
    if tag is None or tag not in request.headers.get("if-none-match", "").replace(" ", "").split(","):
        return response
    return Response(304, "", {name: value for name, value in response.headers.items() if name != "Content-Type"})
