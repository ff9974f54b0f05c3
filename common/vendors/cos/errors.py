"""COS error codes: code → our error → what the operator does. Source: cloud.tencent.com/document/product/436/7730."""

from collections.abc import Mapping
from typing import Any

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

_ROLE = "grant the function's run role access to the bucket"
_CLOCK = "check the clock of whoever signs"

ERRORS: dict[str, Meaning] = {
    "NoSuchKey": Meaning(VendorObjectMissing, "nothing: the object was deleted or never came"),
    "NoSuchResource": Meaning(VendorObjectMissing, "nothing: a HEAD of an object that is not there"),
    "NoSuchBucket": Meaning(CredentialRejected, "set COS_BUCKET and COS_REGION to a bucket that exists"),
    "FileAlreadyExists": Meaning(ObjectAlreadyExists, "nothing: another run of the same stage was faster"),
    "AccessDenied": Meaning(CredentialRejected, _ROLE),
    "InvalidAccessKeyId": Meaning(CredentialRejected, _ROLE),
    "SignatureDoesNotMatch": Meaning(CredentialRejected, _CLOCK),
    "RequestTimeTooSkewed": Meaning(CredentialRejected, _CLOCK),
    "ArrearsBucket": Meaning(VendorQuotaExhausted, "pay the Tencent Cloud bill"),
    "UnavailableForLegalReasons": Meaning(VendorQuotaExhausted, "pay the bill or clear the block in the console"),
    "EntityTooLarge": Meaning(VendorRejected, "lower LIMITS_UPLOAD_MAX_MB"),
    "SlowDown": Meaning(VendorBusy, "ask for a higher request rate if it lasts"),
    "RequestTimeout": Meaning(VendorUnavailable, "look at the network of the functions if it lasts"),
    "InternalError": Meaning(VendorUnavailable, "wait; see the Tencent Cloud status page"),
    "ServiceUnavailable": Meaning(VendorUnavailable, "wait; see the Tencent Cloud status page"),
}


def meaning_of(error: Any) -> MojianError:
    """Our error for an exception of the SDK or of its transport; the request id is kept for support."""
    if not hasattr(error, "get_status_code"):
        return VendorUnavailable(reason=type(error).__name__)
    status, digest = int(error.get_status_code()), error.get_digest_msg()
    told = digest if isinstance(digest, Mapping) else {}  # text for a body that is no error XML
    code = told.get("code")
    known = ERRORS.get(str(code))
    kind = known.error if known else _by_status(status)
    return kind(vendor_code=code, status=status, request_id=told.get("requestid") or told.get("x-cos-request-id"))


def _by_status(status: int) -> type[MojianError]:
    """Answers to HEAD have no body, so the status is all there is."""
    if status >= 500:
        return VendorUnavailable
    return _BY_STATUS.get(status, VendorRejected)


_BY_STATUS: dict[int, type[MojianError]] = {403: CredentialRejected, 404: VendorObjectMissing, 409: ObjectAlreadyExists}
