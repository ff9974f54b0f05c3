"""Notifications of WeChat Pay: verified first, then decrypted, then read. Whatever is wrong is NotificationRefused.

Source: pay.weixin.qq.com, 支付成功回调通知 / 退款结果通知 (API v3).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ValidationError

from common.errors import NotificationRefused, SignatureInvalid
from common.vendors.wechat_pay import signature
from common.vendors.wechat_pay.models import Notification, RefundNotice, Transaction

if TYPE_CHECKING:
    from common.domain.orders import PaymentEvidence
    from common.domain.refunds import RefundEvidence
    from common.vendors.wechat_pay.models import Sealed

PAID = "TRANSACTION.SUCCESS"
REFUNDED = ("REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED")

#: Real ones have about two thousand.
LARGEST_BYTES = 64 * 1024

Content = TypeVar("Content", bound=BaseModel)


def read(
    headers: Mapping[str, str],
    body: bytes,
    *,
    keys: Mapping[str, RSAPublicKey],
    api_v3_key: bytes,
    mchid: str,
    now: datetime,
) -> PaymentEvidence | RefundEvidence | None:
    """The payment or refund that is told of; None for a genuine notification of something else.

    Header names in any case. Raises NotificationRefused.
    """
    if len(body) > LARGEST_BYTES:
        raise NotificationRefused(reason="size")
    try:
        signature.verify(headers, body, keys, now=now)
    except SignatureInvalid as error:
        raise NotificationRefused(**error.facts) from None
    notification = _parsed(Notification, body)
    if notification.event_type == PAID:
        return _payment(_parsed(Transaction, unseal(notification.resource, api_v3_key)))
    if notification.event_type in REFUNDED:
        return _refund(_parsed(RefundNotice, unseal(notification.resource, api_v3_key)), mchid)
    return None


def _payment(transaction: Transaction) -> PaymentEvidence:
    if transaction.trade_state != "SUCCESS":
        raise NotificationRefused(reason="trade_state")
    return transaction.as_evidence()


def _refund(notice: RefundNotice, mchid: str) -> RefundEvidence:
    if notice.mchid != mchid:
        raise NotificationRefused(mismatch="merchant")
    return notice.as_evidence()


def _parsed(kind: type[Content], text: bytes) -> Content:
    try:
        return kind.model_validate_json(text)
    except ValidationError as error:
        raise NotificationRefused(reason="fields", fields=_fields(error)) from None


def unseal(sealed: Sealed, key: bytes) -> bytes:
    """AES-GCM; the ciphertext ends in its 16-byte tag. Raises NotificationRefused."""
    try:
        ciphertext = base64.b64decode(sealed.ciphertext, validate=True)
        return AESGCM(key).decrypt(sealed.nonce.encode(), ciphertext, (sealed.associated_data or "").encode())
    except (binascii.Error, ValueError, InvalidTag):
        raise NotificationRefused(reason="ciphertext") from None


def _fields(error: ValidationError) -> list[str]:
    return sorted({".".join(str(part) for part in problem["loc"]) for problem in error.errors()})
