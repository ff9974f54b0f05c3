"""Every error Mojian raises, by meaning. The HTTP status, the envelope and docs/errors.md follow from this file.

MojianError
├── CallerError                      the caller can do something about it; never retried by us
│   ├── BadRequest                   400
│   │   └── InvalidField             422  names the field
│   ├── LoginCodeInvalid             400  wx.login() has to be called again
│   ├── NotLoggedIn                  401
│   │   └── WeChatSessionExpired          logged in with us, but WeChat wants wx.login() again
│   ├── CreditsExhausted             402
│   ├── AccountRefused               403
│   ├── NotFound                     404
│   ├── MethodNotAllowed             405
│   ├── Conflict                     409
│   │   ├── IdempotencyKeyReused          same key, another body
│   │   ├── RequestInProgress             same key, first one still running
│   │   ├── AnswerInProgress              the advisor still answers the message before
│   │   ├── AnswerLost                    broken off before it began, too long ago to go on
│   │   ├── ResumeNotReady
│   │   └── StageBusy                     retryable: another worker holds the lease of this stage
│   ├── TooManyRequests              429
│   └── FileRefused                  422  the upload cannot be used, and says why
│       ├── FileEmpty  FileTooLarge(413)  FileEncrypted  FileDamaged  FileTooComplex
│       ├── FileTypeUnsupported(415)
│       │   └── FileTypeMismatch          the content is not what the name says, and nothing we read
│       ├── NoTextFound
│       │   └── TextIllegible             there is text, and nobody can read it
│       └── FileHasNoPages  FileHasTooManyPages  UploadMissing(409)
├── NotificationRefused              401  a payment notification that is not what it claims
├── VendorError                      502  somebody else's system
│   ├── VendorUnavailable            503  retryable: timeouts, 5xx, connection lost
│   │   └── OcrUnavailable                final: nobody is there to read a picture
│   ├── VendorBusy                   503  retryable: the vendor's rate limit
│   ├── VendorRejected                    final: the vendor said no to this request
│   │   ├── CredentialRejected            our key or token is wrong
│   │   ├── VendorQuotaExhausted          paid quota used up
│   │   ├── VendorObjectMissing           the thing we asked the vendor for is not there
│   │   ├── ObjectAlreadyExists           create-only write of a key that exists
│   │   └── ContentRefused                content safety
│   ├── VendorReplyInvalid                retryable: an answer that breaks the vendor's own contract
│   │   └── ModelAnswerInvalid            the model's text is not what was asked for
│   └── SignatureInvalid                  an answer whose signature does not verify
└── InternalError                    500  ours; its facts never leave the log
    ├── SettingsInvalid
    ├── BooksContradicted                 the vendor and our books, or two rows of them, disagree
    ├── StoreUnavailable             503  retryable: database or Redis
    └── DeadlineExceeded             503  retryable: the invocation has no time left
"""


class MojianError(Exception):
    """`code` is stable for programs, `message` is Chinese and ready to show, `facts` are for the log.

    Raised with facts as keyword arguments, never with prose, headers, bodies or personal data.
    """

    code = "internal"
    status = 500
    retryable = False
    message = "服务出了点问题，请稍后再试"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    @property
    def details(self) -> dict[str, object]:
        """What the caller may see beside the message."""
        return {}

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.facts.items())])


class CallerError(MojianError):
    code = "bad_request"
    status = 400
    message = "请求有误，请检查后重试"

    @property
    def details(self) -> dict[str, object]:
        return self.facts


class BadRequest(CallerError):
    pass


class InvalidField(BadRequest):
    code = "invalid_field"
    status = 422
    message = "提交的内容格式不正确"


class LoginCodeInvalid(CallerError):
    code = "login_code_invalid"
    message = "登录凭证已失效，请重新登录"


class NotLoggedIn(CallerError):
    code = "not_logged_in"
    status = 401
    message = "请先登录"


class WeChatSessionExpired(NotLoggedIn):
    """What we would sign for the phone, WeChat would refuse: the session_key of the last login is gone or was replaced."""

    code = "wechat_session_expired"
    message = "微信登录状态已过期，请重新登录后再支付"


class CreditsExhausted(CallerError):
    code = "credits_exhausted"
    status = 402
    message = "积分不足，请先充值"


class AccountRefused(CallerError):
    code = "account_refused"
    status = 403
    message = "该微信账号暂时无法使用本服务"


class NotFound(CallerError):
    code = "not_found"
    status = 404
    message = "没有找到相关内容"


class MethodNotAllowed(CallerError):
    code = "method_not_allowed"
    status = 405
    message = "不支持这种请求方式"


class Conflict(CallerError):
    code = "conflict"
    status = 409
    message = "当前状态下无法执行此操作"


class IdempotencyKeyReused(Conflict):
    code = "idempotency_key_reused"
    message = "重复的请求编号，但内容不同"


class RequestInProgress(Conflict):
    code = "request_in_progress"
    message = "相同的请求正在处理中，请稍候"


class AnswerInProgress(Conflict):
    code = "answer_in_progress"
    message = "上一条消息还在回答中，请等它结束后再提问"


class AnswerLost(Conflict):
    code = "answer_lost"
    message = "这次回答还没开始就中断了，没有扣除积分，请重新提问"


class ResumeNotReady(Conflict):
    code = "resume_not_ready"
    message = "简历还在处理中，请稍候"


class StageBusy(Conflict):
    """Raised so that the platform tells us again later, in case the worker that holds the lease dies."""

    code = "stage_busy"
    retryable = True
    message = "简历正在处理中"


class TooManyRequests(CallerError):
    code = "too_many_requests"
    status = 429
    message = "操作太频繁了，请稍后再试"


class FileRefused(CallerError):
    code = "file_refused"
    status = 422
    message = "这个文件无法使用，请换一个文件"


class FileEmpty(FileRefused):
    code = "file_empty"
    message = "文件是空的（0 字节），请重新选择文件"


class FileTooLarge(FileRefused):
    code = "file_too_large"
    status = 413
    message = "文件太大，请压缩后再上传"


class FileTypeUnsupported(FileRefused):
    code = "file_type_unsupported"
    status = 415
    message = "不支持这种文件，请上传 PDF、Word（.doc、.docx）或清晰的图片"


class FileTypeMismatch(FileTypeUnsupported):
    code = "file_type_mismatch"
    message = "文件内容与扩展名不符，不是可以读取的简历，请用 Word 或 WPS 打开后另存为 PDF 再上传"


class FileEncrypted(FileRefused):
    code = "file_encrypted"
    message = "文件设有密码，请去掉密码后重新上传"


class FileDamaged(FileRefused):
    code = "file_damaged"
    message = "文件已损坏，无法打开，请重新导出后上传"


class FileTooComplex(FileRefused):
    """Reading it broke the limits of time or memory, or the reader itself."""

    code = "file_too_complex"
    message = "文件内部结构异常，无法安全读取，请用 Word 或 WPS 打开后另存为 PDF 再上传"


class FileHasNoPages(FileRefused):
    code = "file_has_no_pages"
    message = "文件里没有任何页面，请重新导出后上传"


class FileHasTooManyPages(FileRefused):
    code = "file_has_too_many_pages"
    message = "页数太多，请只上传简历部分"


class NoTextFound(FileRefused):
    code = "no_text_found"
    message = "没有在文件里找到文字，请上传更清晰的文件"


class TextIllegible(NoTextFound):
    code = "text_illegible"
    message = "图片太小或太模糊，文字看不清，请重新拍摄，或上传 PDF、Word 文件"


class UploadMissing(FileRefused):
    code = "upload_missing"
    status = 409
    message = "还没有收到上传的文件，请重新上传"


class NotificationRefused(MojianError):
    code = "notification_refused"
    status = 401
    message = "支付通知未通过校验"


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


class InternalError(MojianError):
    pass


class SettingsInvalid(InternalError):
    code = "settings_invalid"
    message = "服务配置有误，请联系客服"


class BooksContradicted(InternalError):
    """Reported, never shown to a user: an operator has to look. `contradiction` names what disagrees."""

    code = "books_contradicted"


class StoreUnavailable(InternalError):
    code = "store_unavailable"
    status = 503
    retryable = True
    message = "服务繁忙，请稍后再试"


class DeadlineExceeded(InternalError):
    code = "deadline_exceeded"
    status = 503
    retryable = True
    message = "处理超时，请稍后再试"


def message_of(code: str) -> str:
    """The Chinese message of an error code that was kept; the general one for a code we no longer know."""
    return error_of(code).message


def error_of(code: str) -> MojianError:
    """An error like the one whose code was kept; the general one for a code we no longer know."""
    return next((kind() for kind in all_errors() if kind.code == code), MojianError())


def all_errors() -> "list[type[MojianError]]":
    """The whole tree, parents before children."""
    found: list[type[MojianError]] = [MojianError]
    for kind in found:
        found += kind.__subclasses__()
    return found
