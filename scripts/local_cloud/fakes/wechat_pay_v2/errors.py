"""How v2 refuses: it did not understand (`return_code`, unsigned, no code), or it will not do it (`result_code`, signed)."""

from __future__ import annotations

WRONG_SIGNATURE = "签名错误，请检查后再试"
UNKNOWN_MERCHANT = "商户号mch_id不存在"
NOT_BOUND = "商户号mch_id与appid不匹配"

MESSAGES = {
    "SYSTEMERROR": "系统错误",
    "BIZERR_NEED_RETRY": "退款业务流程错误，需要商户触发重试来解决",
    "FREQUENCY_LIMITED": "频率限制",
    "ORDERPAID": "该订单已支付",
    "ORDERCLOSED": "该订单已关闭",
    "INVALID_REQUEST": "201 商户订单号重复",
    "ORDERNOTEXIST": "此交易订单号不存在",
    "REFUNDNOTEXIST": "退款订单查询失败",
    "NOAUTH": "商户无此接口权限",
    "NOTENOUGH": "基本账户余额不足，请充值后重新发起",
    "USER_ACCOUNT_ABNORMAL": "用户账户异常或已注销",
}


class NotUnderstood(Exception):
    """`return_code` FAIL."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def fields(self) -> dict[str, str]:
        return {"return_code": "FAIL", "return_msg": self.message}


class NotDone(Exception):
    """`result_code` FAIL."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message or MESSAGES.get(code, code)

    def fields(self) -> dict[str, str]:
        return {"result_code": "FAIL", "err_code": self.code, "err_code_des": self.message}
