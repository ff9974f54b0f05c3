"""Builds the answers of the COS fake: the headers of every reply, ranges, overrides and conditional reads."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate

from werkzeug.http import parse_range_header
from werkzeug.wrappers import Response

from scripts.local_cloud.fakes.cos.errors import CosError, error_xml
from scripts.local_cloud.fakes.cos.state import StoredObject

_OVERRIDABLE = (
    "content-type",
    "content-language",
    "expires",
    "cache-control",
    "content-disposition",
    "content-encoding",
)


def new_request_id() -> str:
    """Return an id in COS's form: base64 of hex fields that begin with the time."""
    return base64.b64encode(f"{int(time.time()):x}_{secrets.token_hex(4)}_{secrets.token_hex(3)}".encode()).decode()


@dataclass(frozen=True)
class Reply:
    """What one view wants to answer; `headers` may hold any Unicode text."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_response(self, request_id: str) -> Response:
        response = Response(self.body, status=self.status)
        del response.headers["Content-Type"]
        for name, value in {"Server": "tencent-cos", "x-cos-request-id": request_id, **self.headers}.items():
            # WSGI headers are latin-1 text standing for bytes; COS sends UTF-8.
            response.headers[name] = value.encode().decode("latin-1")
        return response


def xml_reply(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, body, {"Content-Type": "application/xml", **(headers or {})})


def error_response(error: CosError, resource: str, request_id: str, *, with_body: bool) -> Response:
    """Return the XML error; a HEAD request gets its status and headers only."""
    trace_id = base64.b64encode(secrets.token_bytes(24)).decode()
    body = error_xml(error, resource, request_id, trace_id) if with_body else b""
    return xml_reply(body, error.status, {"x-cos-trace-id": trace_id}).as_response(request_id)


def object_headers(stored: StoredObject) -> dict[str, str]:
    """Return the headers that GET and HEAD have in common."""
    return {
        "Content-Type": stored.description.content_type,
        "Content-Length": str(stored.size_bytes),
        "Accept-Ranges": "bytes",
        "ETag": stored.etag,
        "Last-Modified": formatdate(stored.modified_at, usegmt=True),
        "x-cos-hash-crc64ecma": stored.crc64,
        "x-cos-storage-class": "STANDARD",
        **stored.description.headers,
        **stored.description.meta,
    }


def object_reply(
    stored: StoredObject, content: bytes, headers: Mapping[str, str], query: Mapping[str, str], *, with_body: bool
) -> Reply:
    """Answer GET or HEAD of an object. Raises PreconditionFailed, InvalidRange, InvalidArgument."""
    described = {**object_headers(stored), **_overrides(query)}
    if _etag_is_in(stored.etag, headers.get("if-none-match", "")):
        return Reply(304, b"", {name: value for name, value in described.items() if name != "Content-Length"})
    if (wanted := headers.get("if-match", "")) and not _etag_is_in(stored.etag, wanted):
        raise CosError("PreconditionFailed")
    span = _span(headers.get("range", ""), stored.size_bytes)
    if span is None:
        return Reply(200, content if with_body else b"", described)
    start, stop = span
    described["Content-Length"] = str(stop - start)
    described["Content-Range"] = f"bytes {start}-{stop - 1}/{stored.size_bytes}"
    return Reply(206, content[start:stop] if with_body else b"", described)


def _overrides(query: Mapping[str, str]) -> dict[str, str]:
    """Read response-content-disposition and its siblings from the query of a signed GET."""
    chosen = {name.title(): query[f"response-{name}"] for name in _OVERRIDABLE if f"response-{name}" in query}
    if any(ord(letter) < 32 for value in chosen.values() for letter in value):
        raise CosError("InvalidArgument", "A response header must not contain control characters.")
    return chosen


def _etag_is_in(etag: str, listed: str) -> bool:
    return listed == "*" or etag.strip('"') in [tag.strip().strip('"') for tag in listed.split(",")]


def _span(header: str, size_bytes: int) -> tuple[int, int] | None:
    """Return (start, stop) of one requested range; a header that is no range is ignored as RFC 9110 asks."""
    wanted = parse_range_header(header)
    if wanted is None or wanted.units != "bytes":
        return None
    span = wanted.range_for_length(size_bytes)
    if span is None:
        raise CosError("InvalidRange")
    return span
