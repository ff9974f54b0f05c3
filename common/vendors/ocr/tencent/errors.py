"""Tencent Cloud OCR's codes: code → our error → what the operator does.

Source: the error codes of GeneralAccurateOCR (cloud.tencent.com/document/api/866/34937), those of the SDK's
`ocr/v20181119/errorcodes.py`, and the codes common to all Tencent Cloud APIs. A code that is not here is looked up by what
stands before its first dot.
"""

from common.errors import (
    CredentialRejected,
    FileDamaged,
    FileTooLarge,
    MojianError,
    NoTextFound,
    VendorBusy,
    VendorError,
    VendorQuotaExhausted,
    VendorRejected,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.http.tencent_cloud import meaning_in

_PAY = "pay the Tencent Cloud bill, or buy an OCR package; until then set OCR_FALLBACK_PROVIDER"
_OPEN = "open 文字识别 in the Tencent Cloud console: console.cloud.tencent.com/ocr"
_KEYS = "compare OCR_SECRET_ID and OCR_SECRET_KEY with the console, or the rights of the function's role"
_GRANT = "let the key or the role call ocr:GeneralAccurateOCR (QcloudOCRFullAccess)"
_CLOCK = "set the clock: a signature lives five minutes"
_BUG = "a bug in our request"
_PICTURE = "nothing: the picture cannot be decoded"
_WAIT = "wait; see the Tencent Cloud status page"

ERRORS: dict[str, Meaning] = {
    "FailedOperation.ImageNoText": Meaning(NoTextFound, "nothing: there is no text in the picture"),
    "FailedOperation.ImageDecodeFailed": Meaning(FileDamaged, _PICTURE),
    "FailedOperation.FileDecodeFailed": Meaning(FileDamaged, _PICTURE),
    "FailedOperation.EmptyImageError": Meaning(FileDamaged, _PICTURE),
    "FailedOperation.UnKnowFileTypeError": Meaning(FileDamaged, _PICTURE),
    "InvalidParameter.EngineImageDecodeFailed": Meaning(FileDamaged, _PICTURE),
    "FailedOperation.ImageBlur": Meaning(NoTextFound, "nothing: the picture is too blurred"),
    "FailedOperation.ImageSizeTooLarge": Meaning(FileTooLarge, "nothing: the reader prepares smaller pictures"),
    "LimitExceeded.TooLargeFileError": Meaning(FileTooLarge, "nothing: the reader prepares smaller pictures"),
    "FailedOperation.ArrearsError": Meaning(VendorQuotaExhausted, _PAY),
    "FailedOperation.CountLimitError": Meaning(VendorQuotaExhausted, _PAY),
    "FailedOperation.UnOpenError": Meaning(VendorQuotaExhausted, _OPEN),
    "ResourceUnavailable.InArrears": Meaning(VendorQuotaExhausted, _PAY),
    "ResourceUnavailable.ResourcePackageRunOut": Meaning(VendorQuotaExhausted, _PAY),
    "ResourcesSoldOut.ChargeStatusException": Meaning(VendorQuotaExhausted, _PAY),
    "FailedOperation.EngineRecognizeTimeout": Meaning(VendorUnavailable, _WAIT),
    "FailedOperation.OcrFailed": Meaning(VendorUnavailable, _WAIT),
    "FailedOperation.DetectFailed": Meaning(VendorUnavailable, _WAIT),
    "FailedOperation.UnKnowError": Meaning(VendorUnavailable, _WAIT),
    "FailedOperation": Meaning(VendorRejected, _BUG),
    "RequestLimitExceeded": Meaning(VendorBusy, "ask for more than ten calls a second if it lasts"),
    "LimitExceeded": Meaning(VendorBusy, "look up the code in Tencent Cloud's list"),
    "InternalError": Meaning(VendorUnavailable, _WAIT),
    "ResourceUnavailable": Meaning(VendorUnavailable, _WAIT),
    "AuthFailure.SignatureExpire": Meaning(CredentialRejected, _CLOCK),
    "AuthFailure": Meaning(CredentialRejected, _KEYS),
    "UnauthorizedOperation": Meaning(CredentialRejected, _GRANT),
    "UnsupportedRegion": Meaning(VendorRejected, "set OCR_REGION to a region that has OCR, such as ap-guangzhou"),
    "InvalidParameter": Meaning(VendorRejected, _BUG),
    "InvalidParameterValue": Meaning(VendorRejected, _BUG),
    "MissingParameter": Meaning(VendorRejected, _BUG),
}

KEPT_CHARACTERS = 200


def error_of(code: str, message: str, request_id: str | None) -> MojianError:
    """A code means that nothing was recognised; the request id is what Tencent Cloud's support asks for."""
    kind = meaning_in(ERRORS, code).error
    if not issubclass(kind, VendorError):
        return kind()  # facts of a caller's error are shown to the caller
    return kind(vendor_code=code, vendor_message=message[:KEPT_CHARACTERS], request_id=request_id, delivered="no")
