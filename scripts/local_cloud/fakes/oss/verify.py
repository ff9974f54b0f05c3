"""AWS Signature V4, header and presigned, written from its documentation for the fake alone.

Source: docs.aws.amazon.com/AmazonS3/latest/API, sig-v4-header-based-auth and sigv4-query-string-auth; examples are in the tests.
"""

from __future__ import annotations

import calendar
import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote

from scripts.local_cloud.fakes.oss.errors import OssError

CLOCK_MAY_DIFFER_S = 900
LONGEST_LIFE_S = 604_800
UNSIGNED = "UNSIGNED-PAYLOAD"
_HEADER = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/\s]+)/(\d{8})/([a-z0-9-]+)/s3/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)
_CREDENTIAL = re.compile(r"([^/\s]+)/(\d{8})/([a-z0-9-]+)/s3/aws4_request")


@dataclass(frozen=True)
class Seen:
    """One request: `path` still percent-encoded, header names in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class _Claim:
    key_id: str
    date: str
    region: str
    signed: tuple[str, ...]
    signature: str
    stamp: str
    payload: str


def verify(request: Seen, *, key_id: str, secret: str, now: float) -> None:
    """Raise what OSS would answer unless the request is signed with this key, now."""
    query = dict(parse_qsl(request.query, keep_blank_values=True))
    claim = _presigned(query, now) if "X-Amz-Signature" in query else _in_header(request, now)
    if claim.key_id != key_id:
        raise OssError("InvalidAccessKeyId")
    if "host" not in claim.signed:
        raise OssError("AccessDenied", "The Host header has to be signed.")
    missing = [name for name in claim.signed if name not in request.headers]
    if missing:
        raise OssError("SignatureDoesNotMatch", f"The signed header {missing[0]} is not in the request.")
    expected = signature_of(canonical(request, claim.signed, claim.payload), secret, claim.stamp, claim.region)
    if not hmac.compare_digest(expected, claim.signature) or claim.date != claim.stamp[:8]:
        raise OssError("SignatureDoesNotMatch")
    if claim.payload not in (UNSIGNED, hashlib.sha256(request.body).hexdigest()):
        raise OssError("InvalidDigest")


def canonical(request: Seen, signed: tuple[str, ...], payload: str) -> str:
    pairs = [pair for pair in parse_qsl(request.query, keep_blank_values=True) if pair[0] != "X-Amz-Signature"]
    encoded = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in pairs)
    query = "&".join(f"{name}={value}" for name, value in encoded)
    lines = "".join(f"{name}:{' '.join(request.headers.get(name, '').split())}\n" for name in signed)
    return "\n".join([request.method, request.path, query, lines, ";".join(signed), payload])


def signature_of(request: str, secret: str, stamp: str, region: str) -> str:
    scope = f"{stamp[:8]}/{region}/s3/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{secret}".encode()
    for step in scope.split("/"):
        key = hmac.digest(key, step.encode(), "sha256")
    return hmac.digest(key, to_sign.encode(), "sha256").hex()


def _presigned(query: Mapping[str, str], now: float) -> _Claim:
    found = _CREDENTIAL.fullmatch(query.get("X-Amz-Credential", ""))
    lifetime, stamp = query.get("X-Amz-Expires", ""), query.get("X-Amz-Date", "")
    if not found or not lifetime.isdecimal() or not 1 <= int(lifetime) <= LONGEST_LIFE_S:
        raise OssError("AccessDenied", "Query-string authentication is not whole.")
    began = _seconds(stamp)
    if now > began + int(lifetime):
        raise OssError("AccessDenied", "Request has expired.")
    if now < began - CLOCK_MAY_DIFFER_S:
        raise OssError("AccessDenied", "Request is not yet valid.")
    signed = tuple(query.get("X-Amz-SignedHeaders", "").split(";"))
    return _Claim(found[1], found[2], found[3], signed, query["X-Amz-Signature"], stamp, UNSIGNED)


def _in_header(request: Seen, now: float) -> _Claim:
    text = request.headers.get("authorization", "")
    if not text:
        raise OssError("AccessDenied")  # nobody: the bucket is private
    found = _HEADER.fullmatch(text)
    stamp = request.headers.get("x-amz-date", "")
    if not found:
        raise OssError("InvalidArgument", "Authorization is not of the form of Signature V4.")
    if abs(now - _seconds(stamp)) > CLOCK_MAY_DIFFER_S:
        raise OssError("RequestTimeTooSkewed")
    payload = request.headers.get("x-amz-content-sha256", "")
    return _Claim(found[1], found[2], found[3], tuple(found[4].split(";")), found[5], stamp, payload)


def _seconds(stamp: str) -> float:
    try:
        return calendar.timegm(time.strptime(stamp, "%Y%m%dT%H%M%SZ"))
    except ValueError:
        raise OssError("AccessDenied", "The date of the signature is not a date.") from None
