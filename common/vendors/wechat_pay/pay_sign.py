"""What wx.requestPayment takes. Source: pay.weixin.qq.com, 小程序调起支付 (API v3)."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from common.domain.orders import PrepayId
from common.vendors.wechat_pay.signature import sign, signed_text


def payment_parameters(
    key: RSAPrivateKey, *, appid: str, prepay_id: PrepayId, nonce: str, now: datetime
) -> dict[str, str]:
    """`signType` is not part of what is signed, and `appId` is signed without being a parameter."""
    timestamp, package = str(int(now.timestamp())), f"prepay_id={prepay_id}"
    return {
        "timeStamp": timestamp,
        "nonceStr": nonce,
        "package": package,
        "signType": "RSA",
        "paySign": sign(key, signed_text(appid, timestamp, nonce, package)),
    }
