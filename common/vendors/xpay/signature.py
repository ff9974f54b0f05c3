"""The two signatures of virtual payment. Source: developers.weixin.qq.com, wx.requestVirtualPayment and 虚拟支付签名详解."""

import hashlib
import hmac
import json

from common.domain.orders import Order
from common.vendors.xpay.settings import XPaySettings


def pay_sig(app_key: str, uri: str, body: bytes) -> str:
    """Of a call to the server: `uri` without its query, `body` byte for byte as it is sent."""
    return _hex(app_key, uri.encode() + b"&" + body)


def user_signature(session_key: str, signed: bytes) -> str:
    """The key is the session_key as it came, not decoded."""
    return _hex(session_key, signed)


def payment_parameters(order: Order, settings: XPaySettings, session_key: str) -> dict[str, str]:
    """What wx.requestVirtualPayment takes. `signData` is text, and the phone must hand it on unchanged."""
    wanted = {
        "offerId": settings.offer_id,
        "buyQuantity": 1,
        "env": settings.env_number,
        "currencyType": "CNY",
        "productId": settings.product_of(order.product_id),
        "goodsPrice": order.amount_fen,
        "outTradeNo": order.number,
        "attach": order.product_id,
    }
    sign_data = encoded(wanted)
    return {
        "mode": "short_series_goods",
        "signData": sign_data.decode(),
        "paySig": pay_sig(settings.key, "requestVirtualPayment", sign_data),
        "signature": user_signature(session_key, sign_data),
    }


def encoded(document: object) -> bytes:
    """The bytes that are signed and sent."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _hex(key: str, message: bytes) -> str:
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
