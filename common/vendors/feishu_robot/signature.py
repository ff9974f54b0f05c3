"""The signature of a custom robot (open.feishu.cn, 自定义机器人使用指南): the text to sign is the key, the message is empty."""

import base64
import hashlib
import hmac


def sign(secret: str, timestamp_s: int) -> str:
    """Good for an hour around `timestamp_s`."""
    key = f"{timestamp_s}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
