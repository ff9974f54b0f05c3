"""Idempotency-Key for every POST: the first answer is replayed, another body under the same key is refused.

A key belongs to its caller and path. A request that failed leaves its key free, so the caller can try again.
"""

import base64
import hashlib
import json
from collections.abc import Callable

from common.errors import InvalidField
from common.platform.events.http import HttpRequest
from common.platform.responses import Response
from common.wiring import App

LONGEST_KEY = 128


def answer_once(request: HttpRequest, app: App, answer: Callable[[], Response], *, lease_s: float) -> Response:
    """`answer()`, or the kept response of an earlier request with the same key.

    Raises InvalidField, IdempotencyKeyReused, RequestInProgress.
    """
    key = request.headers.get("idempotency-key")
    if key is None or request.method != "POST":
        return answer()
    if not 1 <= len(key) <= LONGEST_KEY or not key.isascii():
        raise InvalidField(field="Idempotency-Key")
    scope = hashlib.sha256(
        "\n".join((request.headers.get("authorization", ""), request.path, key)).encode()
    ).hexdigest()
    kept = app.idempotency.begin(
        scope, fingerprint=hashlib.sha256(request.body).hexdigest(), now=app.now(), lease_s=lease_s
    )
    return _replay(kept[1], app) if kept else _answer_and_keep(scope, app, answer)


def _answer_and_keep(scope: str, app: App, answer: Callable[[], Response]) -> Response:
    try:
        response = answer()
    except BaseException:
        app.idempotency.abandon(scope)
        raise
    app.idempotency.finish(scope, status=response.status, body=_sealed(response, app), now=app.now())
    return response


def _sealed(response: Response, app: App) -> str:
    """Answers can hold a session token, so they are kept encrypted."""
    body = response.body if isinstance(response.body, str) else base64.b64encode(response.body).decode()
    content = [response.status, body, isinstance(response.body, bytes), dict(response.headers)]
    return app.cipher.encrypt(json.dumps(content), context="idempotency").decode("latin-1")


def _replay(sealed: str, app: App) -> Response:
    status, body, binary, headers = json.loads(app.cipher.decrypt(sealed.encode("latin-1"), context="idempotency"))
    return Response(status, base64.b64decode(body) if binary else body, {**headers, "Idempotency-Replayed": "true"})
