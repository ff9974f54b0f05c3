"""What WeChat Pay says when it refuses: HTTP status, code, Chinese message."""

from __future__ import annotations

from typing import Any

MISSING_HEADER = "Http头缺少Accept或User-Agent"
WRONG_SCHEME = "HTTP头Authorization认证类型不正确"
MALFORMED = "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》"
STALE = "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"
WRONG_SERIAL = "商户证书序列号有误。请使用签名私钥匹配的证书序列号"
WRONG_SIGNATURE = "签名错误"

BY_STATUS = {
    400: ("PARAM_ERROR", "参数错误"),
    401: ("SIGN_ERROR", WRONG_SIGNATURE),
    403: ("NO_AUTH", "商户无权限"),
    404: ("ORDER_NOT_EXIST", "订单不存在"),
    429: ("FREQUENCY_LIMITED", "频率超限"),
    500: ("SYSTEM_ERROR", "系统异常，请用相同参数重新调用"),
    502: ("SYSTEM_ERROR", "服务暂不可用，请稍后重试"),
    503: ("SYSTEM_ERROR", "服务不可用，过载保护"),
    504: ("BANK_ERROR", "银行系统异常"),
}


class PayError(Exception):
    """A refusal. `detail` is what the vendor adds for a bad field or a bad signature."""

    def __init__(self, status: int, code: str, message: str, detail: dict[str, Any] | None = None) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.detail = detail
        super().__init__(f"{status} {code} {message}")

    @classmethod
    def of_status(cls, status: int, code: str | None = None, message: str | None = None) -> PayError:
        """The usual refusal of that HTTP status, for faults on request."""
        usual_code, usual_message = BY_STATUS.get(status, BY_STATUS[500])
        return cls(status, code or usual_code, message or usual_message)

    def as_json(self) -> dict[str, Any]:
        reply: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.detail is not None:
            reply["detail"] = self.detail
        return reply
