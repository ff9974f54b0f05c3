"""Every error Mojian raises, by meaning. The HTTP status, the envelope and docs/errors.md follow from these files.

MojianError
├── CallerError                      the caller can do something about it; never retried by us
│   ├── BadRequest                   400
│   │   ├── InvalidField             422  names the field
│   │   │   ├── PhoneInvalid               no number of the mainland
│   │   │   └── PhoneRefused               nothing is delivered to this number
│   │   ├── SmsCodeWrong                  wrong, over, used or guessed at too often
│   │   └── OpenDataRefused          422  not what WeChat signed or sealed for this user
│   ├── LoginCodeInvalid             400  wx.login() has to be called again
│   ├── PhoneCodeInvalid             400  the phone number button has to be tapped again
│   ├── NotLoggedIn                  401
│   │   └── WeChatSessionExpired          logged in with us, but WeChat wants wx.login() again
│   ├── CreditsExhausted             402
│   ├── AccountRefused               403
│   ├── NotFound                     404
│   │   └── JobSourceClosed               a job board without a contract
│   ├── ShareGone                    410  expired, withdrawn or refused
│   ├── MethodNotAllowed             405
│   ├── Conflict                     409
│   │   ├── IdempotencyKeyReused          same key, another body
│   │   ├── RequestInProgress             same key, first one still running
│   │   ├── AnswerInProgress              the advisor still answers the message before
│   │   ├── AnswerLost                    broken off before it began, too long ago to go on
│   │   ├── ResumeNotReady
│   │   ├── ShareNotReady                 nobody could check it yet
│   │   ├── PhoneMissing                  messages by SMS need a bound phone
│   │   └── StageBusy                     retryable: another worker holds the lease of this stage
│   ├── TooManyRequests              429
│   └── FileRefused                  422  the upload cannot be used, and says why
│       ├── FileEmpty  FileTooLarge(413)  FileEncrypted  FileDamaged  FileTooComplex
│       ├── FileTypeUnsupported(415)
│       │   ├── PictureUnsupported        not a picture we can show
│       │   └── FileTypeMismatch          the content is not what the name says, and nothing we read
│       ├── NoTextFound
│       │   └── TextIllegible             there is text, and nobody can read it
│       └── FileHasNoPages  FileHasTooManyPages  UploadMissing(409)
├── NotificationRefused              401  a payment notification that is not what it claims
├── VendorError                      502  somebody else's system
│   ├── VendorUnavailable            503  retryable: timeouts, 5xx, connection lost
│   │   ├── ContentUnchecked              what others would see, and nobody can check it now
│   │   └── OcrUnavailable                final: nobody is there to read a picture
│   ├── VendorBusy                   503  retryable: the vendor's rate limit
│   ├── VendorRejected                    final: the vendor said no to this request
│   │   ├── CredentialRejected            our key or token is wrong
│   │   ├── VendorQuotaExhausted          paid quota used up
│   │   ├── VendorObjectMissing           the thing we asked the vendor for is not there
│   │   ├── ObjectAlreadyExists           create-only write of a key that exists
│   │   ├── PersonNotSeen                 WeChat has not seen them for two hours, so it does not check their texts
│   │   └── ContentRefused                content safety
│   ├── VendorReplyInvalid                retryable: an answer that breaks the vendor's own contract
│   │   └── ModelAnswerInvalid            the model's text is not what was asked for
│   └── SignatureInvalid                  an answer whose signature does not verify
└── InternalError                    500  ours; its facts never leave the log
    ├── SettingsInvalid
    ├── BooksContradicted                 the vendor and our books, or two rows of them, disagree
    ├── AccountLimited                    reported: WeChat punishes the mini-program
    ├── SmsCapReached                503  our own ceiling of a day
    ├── StoreUnavailable             503  retryable: database or Redis
    └── DeadlineExceeded             503  retryable: the invocation has no time left
"""

from common.errors.base import MojianError, all_errors, error_of, message_of
from common.errors.callers import (
    AccountRefused,
    AnswerInProgress,
    AnswerLost,
    BadRequest,
    CallerError,
    Conflict,
    CreditsExhausted,
    IdempotencyKeyReused,
    InvalidField,
    JobSourceClosed,
    LoginCodeInvalid,
    MethodNotAllowed,
    NotFound,
    NotificationRefused,
    NotLoggedIn,
    OpenDataRefused,
    PhoneCodeInvalid,
    PhoneInvalid,
    PhoneMissing,
    PhoneRefused,
    RequestInProgress,
    ResumeNotReady,
    ShareGone,
    ShareNotReady,
    SmsCodeWrong,
    StageBusy,
    TooManyRequests,
    WeChatSessionExpired,
)
from common.errors.files import (
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileHasNoPages,
    FileHasTooManyPages,
    FileRefused,
    FileTooComplex,
    FileTooLarge,
    FileTypeMismatch,
    FileTypeUnsupported,
    NoTextFound,
    PictureUnsupported,
    TextIllegible,
    UploadMissing,
)
from common.errors.ours import (
    AccountLimited,
    BooksContradicted,
    DeadlineExceeded,
    InternalError,
    SettingsInvalid,
    SmsCapReached,
    StoreUnavailable,
)
from common.errors.vendors import (
    ContentRefused,
    ContentUnchecked,
    CredentialRejected,
    ModelAnswerInvalid,
    ObjectAlreadyExists,
    OcrUnavailable,
    PersonNotSeen,
    SignatureInvalid,
    VendorBusy,
    VendorError,
    VendorObjectMissing,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)

#: A vendor that cannot be asked, or not in the time that is left: what goes on without its answer catches these.
OUT_OF_REACH = (VendorError, DeadlineExceeded)

__all__ = [
    "OUT_OF_REACH",
    "AccountLimited",
    "AccountRefused",
    "AnswerInProgress",
    "AnswerLost",
    "BadRequest",
    "BooksContradicted",
    "CallerError",
    "Conflict",
    "ContentRefused",
    "ContentUnchecked",
    "CredentialRejected",
    "CreditsExhausted",
    "DeadlineExceeded",
    "FileDamaged",
    "FileEmpty",
    "FileEncrypted",
    "FileHasNoPages",
    "FileHasTooManyPages",
    "FileRefused",
    "FileTooComplex",
    "FileTooLarge",
    "FileTypeMismatch",
    "FileTypeUnsupported",
    "IdempotencyKeyReused",
    "InternalError",
    "InvalidField",
    "JobSourceClosed",
    "LoginCodeInvalid",
    "MethodNotAllowed",
    "ModelAnswerInvalid",
    "MojianError",
    "NoTextFound",
    "NotFound",
    "NotLoggedIn",
    "NotificationRefused",
    "ObjectAlreadyExists",
    "OcrUnavailable",
    "OpenDataRefused",
    "PersonNotSeen",
    "PhoneCodeInvalid",
    "PhoneInvalid",
    "PhoneMissing",
    "PhoneRefused",
    "PictureUnsupported",
    "RequestInProgress",
    "ResumeNotReady",
    "SettingsInvalid",
    "ShareGone",
    "ShareNotReady",
    "SignatureInvalid",
    "SmsCapReached",
    "SmsCodeWrong",
    "StageBusy",
    "StoreUnavailable",
    "TextIllegible",
    "TooManyRequests",
    "UploadMissing",
    "VendorBusy",
    "VendorError",
    "VendorObjectMissing",
    "VendorQuotaExhausted",
    "VendorRejected",
    "VendorReplyInvalid",
    "VendorUnavailable",
    "WeChatSessionExpired",
    "all_errors",
    "error_of",
    "message_of",
]
