"""SSM's codes: code → our error → what the operator does.

Source: the error codes of GetSecretValue (cloud.tencent.com/document/api/1140/40522) and those common to all Tencent Cloud APIs.
A code that is not here is looked up by what stands before its first dot.
"""

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
from common.http.tencent_cloud import meaning_in

_GRANT = "let the function's role read this secret: ssm:GetSecretValue and ssm:ListSecretVersionIds"
_STATE = "look at the secret's state in the console; only an enabled one is read"
_BUG = "a bug in our request"
_WAIT = "wait; see the Tencent Cloud status page"

ERRORS: dict[str, Meaning] = {
    "ResourceNotFound": Meaning(VendorObjectMissing, "create the secret, or nothing: no setting of it is used"),
    "ResourceUnavailable.ResourceDisabled": Meaning(CredentialRejected, _STATE),
    "ResourceUnavailable.ResourcePendingDeleted": Meaning(CredentialRejected, _STATE),
    "ResourceUnavailable": Meaning(CredentialRejected, _STATE),
    "ResourceInUse.VersionIdExists": Meaning(ObjectAlreadyExists, "nothing: somebody wrote this version before us"),
    "ResourceInUse": Meaning(VendorRejected, "delete an old version of the secret: it may have ten"),
    "LimitExceeded": Meaning(VendorQuotaExhausted, "delete an old version of the secret: it may have ten"),
    "OperationDenied.AccessKeyOverLimit": Meaning(VendorQuotaExhausted, "pay the bill, or ask for more"),
    "OperationDenied": Meaning(CredentialRejected, _STATE),
    "FailedOperation": Meaning(VendorUnavailable, _WAIT),
    "InternalError": Meaning(VendorUnavailable, _WAIT),
    "RequestLimitExceeded": Meaning(VendorBusy, "ask for more than 300 calls a second if it lasts"),
    "AuthFailure.SignatureExpire": Meaning(CredentialRejected, "set the clock: a signature lives five minutes"),
    "AuthFailure": Meaning(CredentialRejected, _GRANT),
    "UnauthorizedOperation": Meaning(CredentialRejected, _GRANT),
    "UnsupportedRegion": Meaning(VendorRejected, "set SECRETS_REGION to a region that has SSM, such as ap-guangzhou"),
    "InvalidParameter": Meaning(VendorRejected, _BUG),
    "InvalidParameterValue": Meaning(VendorRejected, _BUG),
    "MissingParameter": Meaning(VendorRejected, _BUG),
}


def error_of(code: str, _message: str, request_id: str | None) -> MojianError:
    """The vendor's message is left out: it may name the secret's content."""
    kind = meaning_in(ERRORS, code).error
    return kind(vendor_code=code, request_id=request_id)
