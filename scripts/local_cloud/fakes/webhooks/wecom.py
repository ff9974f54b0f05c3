"""What WeCom's robot refuses (developer.work.weixin.qq.com/document/path/91770)."""

from __future__ import annotations

from typing import Any

MOST_BYTES = 2048
KINDS = ("text",)


def wecom_refusal(key: str, body: dict[str, Any], known_key: str) -> tuple[int, str] | None:
    """(errcode, errmsg), or None for a text that goes to the chat."""
    if key != known_key:
        return 93000, "invalid webhook url"
    if body.get("msgtype") not in KINDS:
        return 40008, "invalid message type"
    text = body.get("text")
    content = text.get("content") if isinstance(text, dict) else None
    if not isinstance(content, str) or not content.strip():
        return 44004, "text content is empty"
    if len(content.encode()) > MOST_BYTES:
        return 40058, f"content exceed max length {MOST_BYTES}"
    return None
