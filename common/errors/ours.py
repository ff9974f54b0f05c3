"""Our own failures; their facts never leave the log."""

from common.errors.base import MojianError


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


class AccountLimited(InternalError):
    """Reported, never shown: WeChat warns the mini-program or limits it. What for stands in its console."""

    code = "account_limited"


class SmsCapReached(InternalError):
    """Our own ceiling for one day, so that an attack costs no more than that."""

    code = "sms_cap_reached"
    status = 503
    message = "今天的短信发送量已达上限，请明天再试"
