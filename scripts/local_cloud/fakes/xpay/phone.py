"""wx.requestVirtualPayment as the phone and the cashier behind it check it. Every refusal is a ControlError with its code."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.kit import ControlError

NUMBER = re.compile(r"[0-9A-Za-z\-|*@][0-9A-Za-z_\-|*@]{7,31}")
FIELDS: dict[str, type] = {
    "offerId": str,
    "buyQuantity": int,
    "currencyType": str,
    "productId": str,
    "goodsPrice": int,
    "outTradeNo": str,
    "attach": str,
}
APPLE_MINIMUM_FEN = 100
PRODUCTION, SANDBOX = 0, 1


@dataclass(frozen=True)
class Counter:
    """What the console of the account says: `keys` by environment, `products` with their prices in fen."""

    offer_id: str
    keys: Mapping[int, str]
    products: Mapping[str, int]


def read_sign_data(payment: Mapping[str, Any], counter: Counter, *, apple: bool) -> dict[str, Any]:
    """The order that the phone asks for. Raises ControlError."""
    if payment.get("mode") != "short_series_goods":
        raise _refusal(-15001, "mode")
    sign_data = payment.get("signData")
    if not isinstance(sign_data, str):
        raise _refusal(-15001, "signData must be a string")
    wanted = _parsed(sign_data)
    env = wanted.get("env", PRODUCTION)
    if env not in (PRODUCTION, SANDBOX):
        raise _refusal(-15001, "env")
    if not _same(payment.get("paySig"), counter.keys[env], f"requestVirtualPayment&{sign_data}"):
        raise _refusal(-15005, "paySig")
    _check_goods(wanted, counter)
    if apple and env == SANDBOX:
        raise ControlError("requestVirtualPayment:fail PAYMENT_ILLEGAL_IN_SANDBOX")
    if apple and wanted["goodsPrice"] < APPLE_MINIMUM_FEN:
        raise _refusal(-15001, "goodsPrice: Apple takes one yuan or more")
    return wanted


def signed_by(session_key: str, payment: Mapping[str, Any]) -> bool:
    """Whether this user's session signed it."""
    return _same(payment.get("signature"), session_key, str(payment.get("signData")))


def signature_refused() -> ControlError:
    return _refusal(-15005, "signature: the session_key is another one; call wx.login again")


def hexadecimal(key: str, message: str | bytes) -> str:
    raw = message.encode() if isinstance(message, str) else message
    return hmac.new(key.encode(), raw, hashlib.sha256).hexdigest()


def _parsed(sign_data: str) -> dict[str, Any]:
    try:
        wanted = json.loads(sign_data)
    except ValueError:
        raise _refusal(-15001, "signData is not JSON") from None
    wrong = [
        name for name, kind in FIELDS.items() if not isinstance(wanted, dict) or type(wanted.get(name)) is not kind
    ]
    if wrong:
        raise _refusal(-15001, ", ".join(wrong))
    parsed: dict[str, Any] = wanted
    return parsed


def _check_goods(wanted: Mapping[str, Any], counter: Counter) -> None:
    if wanted["offerId"] != counter.offer_id or wanted["currencyType"] != "CNY":
        raise _refusal(-15001, "offerId or currencyType")
    if not NUMBER.fullmatch(wanted["outTradeNo"]):
        raise _refusal(-15001, "outTradeNo")
    if wanted["buyQuantity"] < 1 or wanted["productId"] not in counter.products:
        raise _refusal(-15001, "buyQuantity or productId")
    if wanted["goodsPrice"] != counter.products[wanted["productId"]]:
        raise _refusal(-15001, "goodsPrice is not the one in the console")


def _same(given: object, key: str, message: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(), hexadecimal(key, message).encode())


def _refusal(code: int, what: str) -> ControlError:
    return ControlError(f"requestVirtualPayment:fail {code} {what}")
