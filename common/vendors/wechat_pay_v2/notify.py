"""Notifications of WeChat Pay v2. Whatever is wrong with one is NotificationRefused.

Source: pay.weixin.qq.com, 支付结果通知 / 退款结果通知 (v2). Payments are signed; a refund's carries its proof in being encrypted
with our key, which is why it is only ever a reason to ask.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import TypeVar

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from cryptography.hazmat.primitives.padding import PKCS7
from pydantic import BaseModel, ValidationError

from common.domain.orders import PaymentEvidence
from common.domain.refunds import RefundEvidence
from common.errors import NotificationRefused, SignatureInvalid
from common.vendors.wechat_pay_v2 import signature, xml
from common.vendors.wechat_pay_v2.models import RefundLetter, RefundNotice, Transaction
from common.vendors.wechat_pay_v2.settings import WeChatPayV2Settings

Content = TypeVar("Content", bound=BaseModel)


def read(body: bytes, settings: WeChatPayV2Settings) -> PaymentEvidence | RefundEvidence | None:
    """The payment or refund that is told of; None for a payment that rightly signed failed. Raises NotificationRefused."""
    fields = _flat(body)
    if fields.get("return_code") != "SUCCESS":
        raise NotificationRefused(reason="return_code")
    if "req_info" in fields and "sign" not in fields:
        return _refund(fields, settings)
    try:
        signature.verify(fields, settings.api_key.get_secret_value(), settings.sign_type)
    except SignatureInvalid as error:
        raise NotificationRefused(**error.facts) from None
    if fields.get("result_code") == "FAIL":
        return None
    if fields.get("result_code") != "SUCCESS":
        raise NotificationRefused(reason="result_code")
    return _parsed(Transaction, fields).as_evidence()


def _refund(fields: Mapping[str, str], settings: WeChatPayV2Settings) -> RefundEvidence:
    letter = _parsed(RefundLetter, fields)
    if (letter.appid, letter.mch_id) != (settings.appid, settings.mchid):
        raise NotificationRefused(mismatch="merchant")
    plaintext = unseal(letter.req_info, settings.api_key.get_secret_value())
    return _parsed(RefundNotice, _flat(plaintext, root="root")).as_evidence()


def unseal(sealed: str, api_key: str) -> bytes:
    """AES-256 in ECB with PKCS#7 padding; the key is the hexadecimal text of the API key's MD5. Raises NotificationRefused."""
    key = hashlib.md5(api_key.encode()).hexdigest().encode()  # noqa: S324 (as the vendor derives it)
    try:
        decryptor = Cipher(AES(key), ECB()).decryptor()  # noqa: S305 (as the vendor encrypts)
        padded = decryptor.update(base64.b64decode(sealed, validate=True)) + decryptor.finalize()
        unpadder = PKCS7(AES.block_size).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
    except (binascii.Error, ValueError):
        raise NotificationRefused(reason="ciphertext") from None


def _flat(body: bytes, *, root: str = "xml") -> dict[str, str]:
    try:
        return xml.read(body, root=root)
    except xml.NotFlat as error:
        raise NotificationRefused(reason=str(error)) from None


def _parsed(kind: type[Content], fields: Mapping[str, str]) -> Content:
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        named = sorted({".".join(str(part) for part in problem["loc"]) for problem in error.errors()})
        raise NotificationRefused(reason="fields", fields=named) from None
