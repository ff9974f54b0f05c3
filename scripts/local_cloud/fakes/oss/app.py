"""The OSS fake: one private bucket at Alibaba Cloud's S3-compatible address, in memory, strict where moto takes anything."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any, ClassVar
from urllib.parse import parse_qsl, quote, unquote
from xml.sax.saxutils import escape

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import CONTROL_PREFIX, Fake, Fault, Match, Route
from scripts.local_cloud.fakes.oss import account
from scripts.local_cloud.fakes.oss.errors import OssError, error_response, new_request_id
from scripts.local_cloud.fakes.oss.verify import Seen, verify

MOST_BYTES = 16 * 1024 * 1024
CNAME = "assets.mojian.test"
LOOPBACK = ("127.0.0.1", "localhost")
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_KEPT_HEADERS = ("content-type", "cache-control", "content-disposition")


@dataclass(frozen=True)
class Stored:
    """One object; `etag` keeps its quotes."""

    content: bytes
    etag: str
    modified_at: float
    headers: Mapping[str, str]


class OssFake(Fake):
    """`public`: somebody has opened the bucket to everybody, which a check has to notice."""

    name = "oss"
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset({"code"})

    def __init__(self) -> None:
        super().__init__()
        self.bucket, self.region = account.LOCAL_BUCKET, account.LOCAL_REGION
        self.hosts = {f"{self.bucket}.s3.oss-{self.region}.aliyuncs.com", CNAME}
        self.service_host = f"s3.oss-{self.region}.aliyuncs.com"
        self.public = False
        self._objects: dict[str, Stored] = {}

    def environment(self, base_url: str) -> dict[str, str]:
        return {
            "OSS_ENDPOINT": base_url,
            "OSS_BUCKET": self.bucket,
            "OSS_REGION": self.region,
            "OSS_ACCESS_KEY_ID": account.LOCAL_KEY_ID,
            "OSS_ACCESS_KEY_SECRET": account.LOCAL_KEY_SECRET,
            "OSS_PUBLIC_KEY": account.LOCAL_PUBLIC_KEY,
        }

    def state(self) -> dict[str, Any]:
        with self.lock:
            shown = {
                key: {"size_bytes": len(one.content), "etag": one.etag, **one.headers}
                for key, one in sorted(self._objects.items())
            }
        return {"bucket": self.bucket, "region": self.region, "public": self.public, "objects": shown}

    def forget(self) -> None:
        with self.lock:
            self.public = False
            self._objects.clear()

    def routes(self) -> list[Route]:
        return []

    def unrouted(self, request: Request, refusal: HTTPException) -> Match:
        if request.path.startswith(CONTROL_PREFIX):
            return super().unrouted(request, refusal)
        return Match(Route(request.method, request.path, _operation(request), self._serve), {})

    def fault_response(self, fault: Fault) -> Response:
        code = {403: "AccessDenied", 404: "NoSuchKey", 503: "ServiceUnavailable"}.get(fault.status, "InternalError")
        return error_response(OssError(code), "", status=fault.status)

    def _serve(self, request: Request) -> Response:
        try:
            self._check_address(request)
            self._check_body(request)
            seen = _seen(request)
            verify(seen, key_id=account.LOCAL_KEY_ID, secret=account.LOCAL_KEY_SECRET, now=self.clock.now())
            with self.lock:
                response = self._done(request, seen)
        except OssError as error:
            return error_response(error, request.host, with_body=request.method != "HEAD")
        response.headers["x-oss-request-id"] = new_request_id()
        response.headers["Server"] = "AliyunOSS"
        return response

    def _check_address(self, request: Request) -> None:
        """The bucket stands in the host name, or in a host name of our own; nowhere else.

        A link that is opened on this machine can name no other host than the machine itself, which then is such a name.
        """
        host = request.host.partition(":")[0].lower()
        if host in self.hosts or (host in LOOPBACK and "X-Amz-Signature" in request.args):
            return
        raise OssError("NoSuchBucket" if host.endswith("." + self.service_host) else "SecondLevelDomainForbidden")

    def _check_body(self, request: Request) -> None:
        if request.method not in ("PUT", "POST"):
            return
        chunked = "aws-chunked" in request.headers.get("Content-Encoding", "")
        if chunked or request.headers.get("x-amz-content-sha256", "").startswith("STREAMING-"):
            raise OssError("InvalidRequest")
        if request.content_length is None:
            raise OssError("MissingContentLength")
        if request.content_length > MOST_BYTES:
            raise OssError("EntityTooLarge")

    def _done(self, request: Request, seen: Seen) -> Response:
        operation, key = _operation(request), unquote(seen.path[1:])
        if operation == "PutObject":
            return self._put(key, seen)
        if operation == "GetObject":
            return _object(self._found(key))
        if operation == "HeadObject":
            response = _object(self._found(key))
            response.set_data(b"")
            response.headers["Content-Length"] = str(len(self._found(key).content))
            return response
        if operation == "DeleteObject":
            self._objects.pop(key, None)
            return Response(status=204)
        if operation == "ListObjectsV2":
            return self._list(dict(parse_qsl(seen.query, keep_blank_values=True)))
        if operation == "GetBucketAcl":
            return self._acl()
        raise OssError("NotImplemented")

    def _found(self, key: str) -> Stored:
        if key not in self._objects:
            raise OssError("NoSuchKey")
        return self._objects[key]

    def _put(self, key: str, seen: Seen) -> Response:
        known, headers = self._objects.get(key), seen.headers
        if headers.get("x-oss-forbid-overwrite", "").lower() == "true" and known:
            raise OssError("FileAlreadyExists")
        if headers.get("if-none-match") == "*" and known:
            raise OssError("PreconditionFailed")
        if "if-match" in headers and (known is None or known.etag.strip('"') != headers["if-match"].strip('"')):
            raise OssError("PreconditionFailed")
        kept = {name: headers[name] for name in _KEPT_HEADERS if name in headers}
        etag = f'"{hashlib.md5(seen.body, usedforsecurity=False).hexdigest().upper()}"'
        self._objects[key] = Stored(seen.body, etag, time.time(), kept)
        return Response(status=200, headers={"ETag": etag})

    def _list(self, query: Mapping[str, str]) -> Response:
        prefix = query.get("prefix", "")
        keys = [key for key in sorted(self._objects) if key.startswith(prefix)][: int(query.get("max-keys") or 1000)]
        encoded = query.get("encoding-type") == "url"
        items = "".join(
            f"<Contents><Key>{quote(key) if encoded else escape(key)}</Key><ETag>{escape(self._objects[key].etag)}</ETag>"
            f"<Size>{len(self._objects[key].content)}</Size></Contents>"
            for key in keys
        )
        head = f"<Name>{self.bucket}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(keys)}</KeyCount>"
        return _xml(f"<ListBucketResult>{head}<IsTruncated>false</IsTruncated>{items}</ListBucketResult>")

    def _acl(self) -> Response:
        everybody = (
            f'<Grantee {_XSI} xsi:type="Group"><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>'
        )
        owner = f'<Grantee {_XSI} xsi:type="CanonicalUser"><ID>1</ID></Grantee>'
        grants = f"<Grant>{owner}<Permission>FULL_CONTROL</Permission></Grant>"
        grants += f"<Grant>{everybody}<Permission>READ</Permission></Grant>" if self.public else ""
        lists = f"<AccessControlList>{grants}</AccessControlList>"
        return _xml(f"<AccessControlPolicy><Owner><ID>1</ID></Owner>{lists}</AccessControlPolicy>")


def _operation(request: Request) -> str:
    if request.path == "/":
        if request.method == "GET":
            return "GetBucketAcl" if "acl" in request.args else "ListObjectsV2"
        return "unknown"
    known = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}
    return known.get(request.method, "unknown")


def _seen(request: Request) -> Seen:
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    path = raw.partition("?")[0] if raw.startswith("/") else quote(request.path, safe="/-_.~")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Seen(request.method, path, request.query_string.decode("latin-1"), headers, request.get_data())


def _object(stored: Stored) -> Response:
    response = Response(stored.content, status=200)
    del response.headers["Content-Type"]
    modified = formatdate(stored.modified_at, usegmt=True)
    headers = {"Content-Type": "application/octet-stream", "ETag": stored.etag, "Last-Modified": modified}
    for name, value in {**headers, **{name.title(): value for name, value in stored.headers.items()}}.items():
        response.headers[name] = value
    return response


def _xml(body: str) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', content_type="application/xml")
