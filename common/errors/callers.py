"""What the caller can do something about."""

from common.errors.base import MojianError


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


class PhoneInvalid(InvalidField):
    code = "phone_invalid"
    message = "请输入有效的中国大陆手机号"


class PhoneRefused(InvalidField):
    """The operator or the vendor delivers nothing to this number."""

    code = "phone_refused"
    message = "这个手机号无法接收短信，请换一个号码"


class SmsCodeWrong(BadRequest):
    """One answer for a wrong code, a code that is over, used or guessed at too often, and a code nobody asked for."""

    code = "sms_code_wrong"
    message = "验证码不正确或已失效，请检查或重新获取"


class LoginCodeInvalid(CallerError):
    code = "login_code_invalid"
    message = "登录凭证已失效，请重新登录"


class PhoneCodeInvalid(CallerError):
    code = "phone_code_invalid"
    message = "手机号授权已失效，请重新点击获取手机号"


class OpenDataRefused(BadRequest):
    """What the phone hands over as WeChat's own words is not: `reason` is signature, ciphertext, watermark or person."""

    code = "open_data_refused"
    status = 422
    message = "微信资料未通过校验，请重新授权"


class NotLoggedIn(CallerError):
    code = "not_logged_in"
    status = 401
    message = "请先登录"


class WeChatSessionExpired(NotLoggedIn):
    """What we would sign for the phone, WeChat would refuse: the session_key of the last login is gone or was replaced."""

    code = "wechat_session_expired"
    message = "微信登录状态已过期，请重新登录后再试"


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


class ShareGone(CallerError):
    code = "share_gone"
    status = 410
    message = "这份分享已过期或已被收回"


class JobSourceClosed(NotFound):
    """A job board that this deployment has no contract with."""

    code = "job_source_closed"
    message = "这个职位来源尚未开通"


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


class ShareNotReady(Conflict):
    code = "share_not_ready"
    message = "这份分享正在审核，请稍后再看"


class PhoneMissing(Conflict):
    code = "phone_missing"
    message = "请先绑定手机号，再打开短信通知"


class StageBusy(Conflict):
    """Raised so that the platform tells us again later, in case the worker that holds the lease dies."""

    code = "stage_busy"
    retryable = True
    message = "简历正在处理中"


class TooManyRequests(CallerError):
    code = "too_many_requests"
    status = 429
    message = "操作太频繁了，请稍后再试"


class NotificationRefused(MojianError):
    code = "notification_refused"
    status = 401
    message = "支付通知未通过校验"
