"""Notifications of WeChat Pay: verified first, then decrypted, then read. Whatever is wrong is NotificationRefused.

Source: pay.weixin.qq.com, 支付成功回调通知 (API v3).
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from common.domain.orders import PaymentEvidence
from common.errors import NotificationRefused, SignatureInvalid
from common.vendors.wechat_pay import signature
from common.vendors.wechat_pay.models import Notification, Sealed, Transaction

PAID = "TRANSACTION.SUCCESS"


def read_payment(
    headers: Mapping[str, str], body: bytes, *, keys: Mapping[str, RSAPublicKey], api_v3_key: bytes, now: datetime
) -> PaymentEvidence | None:
    """The payment that is told of; None for a genuine notification of something else (a refund).

    Header names in any case. Raises NotificationRefused.
    """
    try:
        signature.verify(headers, body, keys, now=now)
    except SignatureInvalid as error:
        raise NotificationRefused(**error.facts) from None
    try:
        notification = Notification.model_validate_json(body)
        if notification.event_type != PAID:
            return None
        transaction = Transaction.model_validate_json(unseal(notification.resource, api_v3_key))
    except ValidationError as error:
        raise NotificationRefused(reason="fields", fields=_fields(error)) from None
    if transaction.trade_state != "SUCCESS":
        raise NotificationRefused(reason="trade_state")
    return transaction.as_evidence()


def unseal(sealed: Sealed, key: bytes) -> bytes:
    """AES-GCM; the ciphertext ends in its 16-byte tag. Raises NotificationRefused."""
    try:
        ciphertext = base64.b64decode(sealed.ciphertext, validate=True)
        return AESGCM(key).decrypt(sealed.nonce.encode(), ciphertext, (sealed.associated_data or "").encode())
    except (binascii.Error, ValueError, InvalidTag):
        raise NotificationRefused(reason="ciphertext") from None


def _fields(error: ValidationError) -> list[str]:
    return sorted({".".join(str(part) for part in problem["loc"]) for problem in error.errors()})
