"""Turns one HTTP request into a COS call: which bucket, which operation, everything decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from werkzeug.wrappers import Request

from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.verify import SignedRequest

LONGEST_KEY_BYTES = 850
_VIRTUAL_HOST_TAIL = ".myqcloud.com"
# Sub-resources and processing switches of the real service that this fake does not imitate.
_ACCESS = {"policy", "website", "encryption", "logging", "notification"}
_LIFE = {"replication", "restore", "tagging", "versionId", "versioning", "versions"}
_UPLOADS = {"append", "delete", "partNumber", "uploadId", "uploads"}
_UNKNOWN_PARAMETERS = _ACCESS | _LIFE | _UPLOADS | {"ci-process"}
_BUCKET_OPERATIONS = {"GET": "ListObjects", "HEAD": "HeadBucket", "POST": "PostObject"}
_BUCKET_RULES = {"cors": "BucketCors", "lifecycle": "BucketLifecycle"}
_OBJECT_OPERATIONS = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}


@dataclass(frozen=True)
class Bucket:
    """The one bucket of the fake; `name` is without the appid."""

    name: str = "mojian"
    appid: str = "1250000000"
    region: str = "ap-guangzhou"

    @property
    def full_name(self) -> str:
        return f"{self.name}-{self.appid}"

    @property
    def host(self) -> str:
        return f"{self.full_name}.cos.{self.region}{_VIRTUAL_HOST_TAIL}"


@dataclass(frozen=True)
class Call:
    """One request as the operations see it: header names in lower case, path and values decoded."""

    signed: SignedRequest
    body: bytes
    request_id: str

    @property
    def key(self) -> str:
        return self.signed.path[1:]

    @property
    def headers(self) -> Mapping[str, str]:
        return self.signed.headers

    @property
    def query(self) -> Mapping[str, str]:
        return self.signed.query


def operation_name(request: Request) -> str:
    """Name the operation as COS's documents do; faults are planned by this name."""
    if request.path == "/" and request.method == "GET" and "acl" in request.args:
        return "GetBucketACL"
    if request.path == "/":
        for parameter, rules in _BUCKET_RULES.items():
            if parameter in request.args:
                return f"{request.method.title()}{rules}"
        return _BUCKET_OPERATIONS.get(request.method, "unknown")
    if request.method == "PUT" and "x-cos-copy-source" in request.headers:
        return "CopyObject"
    return _OBJECT_OPERATIONS.get(request.method, "unknown")


def read_call(request: Request, request_id: str) -> Call:
    """Decode a request. Raises NotImplemented, KeyTooLong, MissingContentLength."""
    query = dict(parse_qsl(request.query_string.decode("latin-1"), keep_blank_values=True))
    if unknown := _UNKNOWN_PARAMETERS & query.keys():
        raise CosError("NotImplemented", f"This local stand-in does not imitate the parameter {min(unknown)}.")
    if len(request.path[1:].encode()) > LONGEST_KEY_BYTES:
        raise CosError("KeyTooLong")
    if request.method in ("PUT", "POST") and request.content_length is None:
        raise CosError("MissingContentLength")
    headers = _decoded_headers(request.headers.items())
    return Call(SignedRequest(request.method, request.path, query, headers), request.get_data(), request_id)


def check_bucket(host: str, bucket: Bucket) -> None:
    """Raise NoSuchBucket when a virtual host names another bucket; a bare address means the one bucket."""
    name = host.partition(":")[0].lower()
    if name.endswith(_VIRTUAL_HOST_TAIL) and name != bucket.host:
        raise CosError("NoSuchBucket")


def copied_key(source: str, bucket: Bucket) -> str:
    """Return the key in an x-cos-copy-source `<host>/<encoded key>`. Raises InvalidArgument, NoSuchBucket."""
    host, separator, path = source.partition("://")[-1 if "://" in source else 0].partition("/")
    if not separator or not path:
        raise CosError("InvalidArgument", "x-cos-copy-source is not of the form <host>/<key>.")
    check_bucket(host, bucket)
    return unquote(path)


def _decoded_headers(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    """WSGI hands bytes over as latin-1 text; clients sign the UTF-8 text."""
    return {name.lower(): value.encode("latin-1").decode("utf-8", "replace") for name, value in items}
