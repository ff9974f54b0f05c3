"""Tencent Cloud SMS's codes, of a call or of one number: code → our error → what the operator does.

Source: cloud.tencent.com/document/product/382/55981 (SendSms), the SDK's `sms/v20210111/errorcodes.py`, and the codes common to
all Tencent Cloud APIs. A code that is not here is looked up by what stands before its first dot. Whether to try again follows
from the error; those of which nobody knows whether the message went out (InternalError) say so, and are never tried again.
"""

from common.errors import (
    CredentialRejected,
    MojianError,
    PhoneRefused,
    TooManyRequests,
    VendorBusy,
    VendorError,
    VendorQuotaExhausted,
    VendorRejected,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.http.tencent_cloud import meaning_in

_BUY = "buy an SMS package: console.cloud.tencent.com/smsv2/packages"
_PAY = "pay the Tencent Cloud bill; messages are suspended until then"
_RAISE = (
    "raise the account's daily limit in the SMS console (应用管理 → 频率限制), or look for an attack on POST /sms/code"
)
_SIGN = "compare SMS_SIGN with the approved signs in the console"
_TEMPLATE = "compare SMS_TEMPLATE_… and SMS_CODE_PARAMETERS with the approved templates in the console"
_APP = "compare SMS_APP_ID with the console; it must belong to the key's account"
_KEYS = "compare SMS_SECRET_ID and SMS_SECRET_KEY with the console, or the rights of the function's role"
_GRANT = "let the key or the role call sms:SendSms (QcloudSMSFullAccess)"
_ALLOW_IP = "put the functions' fixed outgoing IP on the key's list"
_CLOCK = "set the clock: a signature lives five minutes"
_WAIT = "wait; see the Tencent Cloud status page. Whether this one arrived, the console's records tell"
_USER_WAITS = "nothing: the user waits. For real users: raise the limit in the SMS console"
_NUMBER = "nothing: the user gives another number"
_BUG = "a bug in our request"

ERRORS: dict[str, Meaning] = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": Meaning(TooManyRequests, _USER_WAITS),
    "LimitExceeded.DeliveryFrequencyLimit": Meaning(TooManyRequests, _USER_WAITS),
    "LimitExceeded.PhoneNumberOneHourLimit": Meaning(TooManyRequests, _USER_WAITS),
    "LimitExceeded.PhoneNumberDailyLimit": Meaning(TooManyRequests, _USER_WAITS),
    "LimitExceeded.PhoneNumberSameContentDailyLimit": Meaning(TooManyRequests, _USER_WAITS),
    "LimitExceeded.GlobalSmsSendingRateLimit": Meaning(VendorBusy, "wait; ask for a higher rate if it lasts"),
    "LimitExceeded.AppDailyLimit": Meaning(VendorQuotaExhausted, _RAISE),
    "LimitExceeded.AppMainlandChinaDailyLimit": Meaning(VendorQuotaExhausted, _RAISE),
    "LimitExceeded.AppGlobalDailyLimit": Meaning(VendorQuotaExhausted, _RAISE),
    "LimitExceeded.AppCountryOrRegionDailyLimit": Meaning(VendorQuotaExhausted, _RAISE),
    "LimitExceeded": Meaning(VendorQuotaExhausted, "look up the code in Tencent Cloud's list"),
    "FailedOperation.InsufficientBalanceInSmsPackage": Meaning(VendorQuotaExhausted, _BUY),
    "UnauthorizedOperation.ServiceSuspendDueToArrears": Meaning(VendorQuotaExhausted, _PAY),
    "FailedOperation.ContainSensitiveWord": Meaning(VendorRejected, _TEMPLATE),
    "FailedOperation.SignatureIncorrectOrUnapproved": Meaning(VendorRejected, _SIGN),
    "FailedOperation.MissingSignature": Meaning(VendorRejected, _SIGN),
    "FailedOperation.TemplateIncorrectOrUnapproved": Meaning(VendorRejected, _TEMPLATE),
    "FailedOperation.TemplateUnapprovedOrNotExist": Meaning(VendorRejected, _TEMPLATE),
    "FailedOperation.TemplateIdNotExist": Meaning(VendorRejected, _TEMPLATE),
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": Meaning(VendorRejected, _TEMPLATE),
    "FailedOperation.PhoneNumberInBlacklist": Meaning(PhoneRefused, _NUMBER),
    "FailedOperation.PhoneNumberParseFail": Meaning(PhoneRefused, _NUMBER),
    "InvalidParameterValue.IncorrectPhoneNumber": Meaning(PhoneRefused, _NUMBER),
    "FailedOperation": Meaning(VendorRejected, "look up the code in Tencent Cloud's list"),
    "InvalidParameterValue.TemplateParameterFormatError": Meaning(VendorRejected, _TEMPLATE),
    "InvalidParameterValue.TemplateParameterLengthLimit": Meaning(VendorRejected, _TEMPLATE),
    "InvalidParameterValue.UnsupportedTemplateVariable": Meaning(VendorRejected, _TEMPLATE),
    "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter": Meaning(VendorRejected, _TEMPLATE),
    "InvalidParameterValue.SdkAppIdNotExist": Meaning(VendorRejected, _APP),
    "InvalidParameterValue": Meaning(VendorRejected, _BUG),
    "InvalidParameter": Meaning(VendorRejected, _BUG),
    "MissingParameter": Meaning(VendorRejected, _BUG),
    "UnsupportedOperation": Meaning(VendorRejected, _TEMPLATE),
    "UnsupportedRegion": Meaning(VendorRejected, "set SMS_REGION to a region that has SMS, such as ap-guangzhou"),
    "UnauthorizedOperation.RequestIpNotInWhitelist": Meaning(CredentialRejected, _ALLOW_IP),
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail": Meaning(CredentialRejected, _APP),
    "UnauthorizedOperation.SdkAppIdIsDisabled": Meaning(CredentialRejected, _APP),
    "UnauthorizedOperation": Meaning(CredentialRejected, _GRANT),
    "AuthFailure.SignatureExpire": Meaning(CredentialRejected, _CLOCK),
    "AuthFailure": Meaning(CredentialRejected, _KEYS),
    "RequestLimitExceeded": Meaning(VendorBusy, "wait; ask for more calls a second if it lasts"),
    "InternalError.RequestTimeException": Meaning(CredentialRejected, _CLOCK),
    "InternalError.SigVerificationFail": Meaning(CredentialRejected, _KEYS),
    "InternalError.SigFieldMissing": Meaning(VendorRejected, _BUG),
    "InternalError": Meaning(VendorUnavailable, _WAIT),
    "ResourceUnavailable": Meaning(VendorUnavailable, _WAIT),
}

#: How long the user waits where a limit of one number says it; of a limit of a day, an hour is a fair guess.
WAIT_S = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": 30,
    "LimitExceeded.DeliveryFrequencyLimit": 30,
    "LimitExceeded.PhoneNumberOneHourLimit": 3600,
}
LONG_WAIT_S = 3600

KEPT_CHARACTERS = 200


def error_of(code: str, message: str, request_id: str | None) -> MojianError:
    """`delivered` is "no" except where the service itself does not know; the request id is what support asks for."""
    kind = meaning_of(code).error
    if issubclass(kind, TooManyRequests):
        return kind(retry_after_s=WAIT_S.get(code, LONG_WAIT_S))
    if not issubclass(kind, VendorError):
        return kind(field="phone")
    return kind(
        vendor_code=code,
        vendor_message=message[:KEPT_CHARACTERS],
        request_id=request_id,
        delivered="unknown" if issubclass(kind, VendorUnavailable) else "no",
    )


def meaning_of(code: str) -> Meaning:
    return meaning_in(ERRORS, code)
