"""What wx.requestPayment takes. Source: pay.weixin.qq.com, 小程序调起支付 (v2)."""

from datetime import datetime

from common.domain.orders import PrepayId
from common.vendors.wechat_pay_v2.settings import SignType
from common.vendors.wechat_pay_v2.signature import sign


def payment_parameters(
    key: str, *, appid: str, prepay_id: PrepayId, sign_type: SignType, nonce: str, now: datetime
) -> dict[str, str]:
    """Signed as the order was. `appId` is signed without being a parameter, and `signType`, unlike in v3, is signed too."""
    parameters = {
        "timeStamp": str(int(now.timestamp())),
        "nonceStr": nonce,
        "package": f"prepay_id={prepay_id}",
        "signType": sign_type,
    }
    return {**parameters, "paySign": sign({"appId": appid, **parameters}, key, sign_type)}
