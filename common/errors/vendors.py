"""Somebody else's system."""

from common.errors.base import MojianError


class VendorError(MojianError):
    """Facts by convention: vendor, operation, vendor_code, request_id."""

    code = "vendor_error"
    status = 502
    message = "外部服务出了点问题，请稍后再试"


class VendorUnavailable(VendorError):
    code = "vendor_unavailable"
    status = 503
    retryable = True
    message = "外部服务暂时不可用，请稍后再试"


class OcrUnavailable(VendorUnavailable):
    """The local engine is not installed, which no repetition changes."""

    code = "ocr_unavailable"
    retryable = False
    message = "图片文字识别未开通，请上传 PDF 或 Word 文件"


class VendorBusy(VendorError):
    code = "vendor_busy"
    status = 503
    retryable = True
    message = "当前使用人数较多，请稍后再试"


class VendorRejected(VendorError):
    code = "vendor_rejected"


class CredentialRejected(VendorRejected):
    code = "credential_rejected"


class VendorQuotaExhausted(VendorRejected):
    code = "vendor_quota_exhausted"


class VendorObjectMissing(VendorRejected):
    code = "vendor_object_missing"


class ObjectAlreadyExists(VendorRejected):
    code = "object_already_exists"


class ContentRefused(VendorRejected):
    code = "content_refused"
    status = 422
    message = "内容未通过安全审核，请修改后重试"


class PersonNotSeen(VendorRejected):
    """WeChat checks texts only of people who opened the mini-program within the last two hours."""

    code = "person_not_seen"


class ContentUnchecked(VendorUnavailable):
    """For what others would see: nothing is shown that nobody could check."""

    code = "content_unchecked"
    message = "内容安全检查暂时无法完成，请稍后再试"


class VendorReplyInvalid(VendorError):
    code = "vendor_reply_invalid"
    retryable = True


class ModelAnswerInvalid(VendorReplyInvalid):
    """The model answered, but not as asked; `answer` is its text, for a repair round and never for a log."""

    code = "model_answer_invalid"

    def __init__(self, *, answer: str = "", **facts: object) -> None:
        super().__init__(**facts)
        self.answer = answer


class SignatureInvalid(VendorError):
    code = "signature_invalid"
