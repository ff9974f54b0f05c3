"""Hand a request on to one address, piece by piece, so that a streamed answer stays one."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from werkzeug.wrappers import Request, Response

#: What the API and the bucket read of a request, and what the page reads of an answer.
SENT = ("authorization", "content-type", "accept", "idempotency-key", "last-event-id")
RETURNED = ("content-type", "content-length", "content-disposition", "retry-after", "x-request-id")
REDIRECTED = (301, 302, 303, 307)
#: An answer opened by itself, outside the page, is a document without rights: hostile text cannot run in our origin.
HARMLESS = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
PIECE_BYTES = 64 * 1024
TIMEOUT_S = 180


def forward(request: Request, base_url: str, path: str, *, follow_to: str | None = None) -> Response:
    """The answer of `base_url`; a redirect to `follow_to`, and to nowhere else, is followed, as wx.downloadFile does."""
    headers = {name: request.headers[name] for name in SENT if name in request.headers}
    query = request.query_string.decode("latin-1")
    target = f"{path}?{query}" if query else path
    try:
        connection, answer = _ask(base_url, request.method, target, request.get_data(), headers)
        location = answer.headers.get("location", "")
        if answer.status in REDIRECTED and follow_to and location.startswith(f"{follow_to}/"):
            connection.close()
            connection, answer = _ask(follow_to, "GET", location.removeprefix(follow_to), b"", {})
    except (OSError, http.client.HTTPException):
        message = json.dumps(
            {"error": {"code": "no_connection", "message": "本地云没有回应，请查看终端"}}, ensure_ascii=False
        )
        return Response(message, 502, content_type="application/json")
    passed = {name: answer.headers[name] for name in RETURNED if name in answer.headers}
    return Response(_pieces(connection, answer), answer.status, {**passed, "Content-Security-Policy": HARMLESS})


def _ask(
    base_url: str, method: str, target: str, body: bytes, headers: dict[str, str]
) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_S)
    connection.request(method, target, body=body or None, headers=headers)
    return connection, connection.getresponse()


def _pieces(connection: http.client.HTTPConnection, answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """Closing it, as the server does when the page has gone, hangs up on the other side too."""
    try:
        while piece := answer.read1(PIECE_BYTES):
            yield piece
    finally:
        answer.close()
        connection.close()
