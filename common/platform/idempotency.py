"""Idempotency-Key for every POST: the first answer is replayed, another body under the same key is refused.

A key belongs to its caller and path. A request that failed leaves its key free, so the caller can try again. While the
store is out of reach no new key is taken; an answer that is already there is given although it cannot be kept.
"""

import base64
import hashlib
import json
from collections.abc import Callable

from common.errors import MojianError
from common.platform.errors_outside import log_facts
from common.platform.events.http import HttpRequest
from common.platform.responses import Response
from common.wiring import App


def answer_once(request: HttpRequest, app: App, answer: Callable[[], Response], *, lease_s: float) -> Response:
    """`answer()`, or the kept response of an earlier request with the same key.

    Raises InvalidField, IdempotencyKeyReused, RequestInProgress.
    """
    scope = request.idempotency_scope
    if scope is None:
        return answer()
    kept = app.idempotency.begin(
        scope, fingerprint=_fingerprint(request), now=app.now(), lease_s=lease_s, owner=request.owner
    )
    return _replay(kept[1], app) if kept else _answer_and_keep(scope, app, answer)


def _fingerprint(request: HttpRequest) -> str:
    """Of the body, without the boundary of a form: clients choose another one for every try."""
    boundary = request.headers.get("content-type", "").partition("boundary=")[2].partition(";")[0].strip(' "')
    body = request.body.replace(boundary.encode(), b"") if boundary else request.body
    return hashlib.sha256(body).hexdigest()


def _answer_and_keep(scope: str, app: App, answer: Callable[[], Response]) -> Response:
    try:
        response = answer()
    except BaseException:
        _quietly(lambda: app.idempotency.abandon(scope), app)
        raise
    if response.is_stream:
        _quietly(lambda: app.idempotency.abandon(scope), app)
        return response
    sealed = _sealed(response, app)
    _quietly(lambda: app.idempotency.finish(scope, status=response.status, body=sealed, now=app.now()), app)
    return response


def _quietly(act: Callable[[], None], app: App) -> None:
    """What the caller asked for is decided; that the note about it was lost must not turn it into something else."""
    try:
        act()
    except MojianError as error:
        app.note("alert", log_facts(error))


def _sealed(response: Response, app: App) -> str:
    """Answers can hold a session token, so they are kept encrypted."""
    answer = response.for_platform(app.request_id)
    content = [response.status, answer["body"], answer["isBase64Encoded"], dict(response.headers)]
    return app.cipher.encrypt(json.dumps(content), context="idempotency").decode("latin-1")


def _replay(sealed: str, app: App) -> Response:
    status, body, binary, headers = json.loads(app.cipher.decrypt(sealed.encode("latin-1"), context="idempotency"))
    return Response(status, base64.b64decode(body) if binary else body, {**headers, "Idempotency-Replayed": "true"})
