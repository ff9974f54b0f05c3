"""OSS's error codes: code → our error → what the operator does. Source: help.aliyun.com, OSS error responses."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError

from common.errors import (
    CredentialRejected,
    MojianError,
    ObjectAlreadyExists,
    VendorBusy,
    VendorObjectMissing,
    VendorQuotaExhausted,
    VendorRejected,
    VendorUnavailable,
)
from common.http.meanings import Meaning

if TYPE_CHECKING:
    import httpx

_GRANT = "let the key read (or, for publishing, write) this bucket: oss:GetObject, oss:PutObject"
_KEYS = "compare OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET with the RAM console"
_WAIT = "wait; see Alibaba Cloud's status page"

ERRORS: dict[str, Meaning] = {
    "NoSuchKey": Meaning(VendorObjectMissing, "nothing yet published: ./scripts/assets publish"),
    "NoSuchBucket": Meaning(CredentialRejected, "set OSS_BUCKET and OSS_REGION to a bucket that exists"),
    "AccessDenied": Meaning(CredentialRejected, _GRANT),
    "InvalidAccessKeyId": Meaning(CredentialRejected, _KEYS),
    "SignatureDoesNotMatch": Meaning(CredentialRejected, _KEYS),
    "RequestTimeTooSkewed": Meaning(CredentialRejected, "set the clock of whoever signs"),
    "SecondLevelDomainForbidden": Meaning(VendorRejected, "a bug: OSS takes the bucket in the host name only"),
    "UserDisable": Meaning(VendorQuotaExhausted, "pay the Alibaba Cloud bill"),
    "FileAlreadyExists": Meaning(ObjectAlreadyExists, "nothing: content-addressed, so it is the same file"),
    "PreconditionFailed": Meaning(ObjectAlreadyExists, "publish again: somebody else published meanwhile"),
    "MissingContentLength": Meaning(VendorRejected, "a bug: a chunked body, which OSS refuses"),
    "NotImplemented": Meaning(VendorRejected, "a bug: something OSS does not offer over S3"),
    "InternalError": Meaning(VendorUnavailable, _WAIT),
    "ServiceUnavailable": Meaning(VendorUnavailable, _WAIT),
    "QpsLimitExceeded": Meaning(VendorBusy, "ask for a higher rate if it lasts"),
    "SlowDown": Meaning(VendorBusy, "ask for a higher rate if it lasts"),
}


def error_of(code: str, status: int, request_id: str | None) -> MojianError:
    known = ERRORS.get(code)
    kind = known.error if known else VendorUnavailable if status >= 500 else VendorRejected
    return kind(vendor_code=code, status=status, request_id=request_id)


def check(response: httpx.Response) -> None:
    """Raises what an error document means; one that is none is left to the status."""
    if response.status_code < 400 or not response.content:
        return
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        document: Element = fromstring(response.content)
    except (ParseError, DefusedXmlException, ValueError):
        return
    code = document.findtext("Code")
    if code:
        raise error_of(code, response.status_code, document.findtext("RequestId"))
