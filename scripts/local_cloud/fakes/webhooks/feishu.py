"""What Feishu's custom robot refuses, with a signature check of its own (open.feishu.cn, custom bot guide)."""

from __future__ import annotations

import hmac
from base64 import b64encode
from typing import Any

SIGNATURE_LIFE_S = 3600
MOST_BYTES = 20 * 1024


def feishu_refusal(token: str, body: dict[str, Any], known: tuple[str, str], now_s: float) -> tuple[int, str] | None:
    """(code, msg), or None for a text that goes to the chat. `known` is the robot's token and signing secret."""
    if token != known[0]:
        return 19001, "param invalid: incoming webhook access token invalid"
    if not _is_signed(body, known[1], now_s):
        return 19021, "sign match fail or timestamp is not within one hour from current time"
    content = body.get("content")
    text = content.get("text") if isinstance(content, dict) else None
    if body.get("msg_type") != "text" or not isinstance(text, str) or not text.strip():
        return 9499, "Bad Request"
    if len(text.encode()) > MOST_BYTES:
        return 9499, "Bad Request"
    return None


def _is_signed(body: dict[str, Any], secret: str, now_s: float) -> bool:
    timestamp, given = str(body.get("timestamp", "")), str(body.get("sign", ""))
    if not timestamp.isdecimal() or abs(now_s - int(timestamp)) > SIGNATURE_LIFE_S:
        return False
    digest = hmac.digest((timestamp + "\n" + secret).encode(), b"", "sha256")
    return hmac.compare_digest(b64encode(digest).decode(), given)
