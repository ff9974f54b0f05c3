"""Text moderation (msg_sec_check): a small word list, and WeChat's blindness for escaped JSON."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.local_cloud.fakes.wechat.errors import WeChatError
from scripts.local_cloud.fakes.wechat.users import Users

WORDS_FILE = Path(__file__).with_name("words.json")
MAX_CHARACTERS = 2500
SCENES = (1, 2, 3, 4)
NORMAL = 100
# An escape counts only after an even number of backslashes: \\u4e00 is a backslash and the letters u4e00.
ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\u")


@dataclass(frozen=True)
class Word:
    """One listed word, with WeChat's label for its kind and what is suggested: risky or review."""

    word: str
    label: int
    suggest: str


def load_words() -> list[Word]:
    return [Word(**entry) for entry in json.loads(WORDS_FILE.read_text(encoding="utf-8"))]


def as_seen_by_the_checker(raw: bytes) -> dict[str, Any]:
    r"""The body with every \uXXXX left as six ASCII characters: that is why escaped Chinese always passes."""
    document: dict[str, Any] = json.loads(ESCAPE.sub(r"\1\\\\u", raw.decode("utf-8")))
    return document


def find_word(words: list[Word], text: str) -> Word | None:
    """The worst listed word of the text: risky before review."""
    found = [word for word in words if word.word in text]
    return min(found, key=lambda word: word.suggest != "risky", default=None)


def check_text(raw: bytes, body: dict[str, Any], words: list[Word], users: Users, now: float) -> dict[str, Any]:
    """The answer to one check. Raises 47001, 45002, 40004, 40003, 61010, and 87014 for a body without version 2."""
    content = body.get("content")
    if not isinstance(content, str) or not content:
        raise WeChatError(47001)
    if len(content) > MAX_CHARACTERS:
        raise WeChatError(45002)
    seen = as_seen_by_the_checker(raw)
    found = find_word(words, "\n".join(str(seen.get(name, "")) for name in ("content", "title", "nickname")))
    if body.get("version") != 2:
        if found:
            raise WeChatError(87014)
        return {"errcode": 0, "errmsg": "ok"}
    if body.get("scene") not in SCENES:
        raise WeChatError(40004)
    if not users.is_active(users.find(body.get("openid")), now):
        raise WeChatError(61010)
    return _verdict(found)


def _verdict(found: Word | None) -> dict[str, Any]:
    suggest, label = (found.suggest, found.label) if found else ("pass", NORMAL)
    detail: list[dict[str, Any]] = [
        {"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label, "prob": 90}
    ]
    if found:
        detail.append({"strategy": "keyword", "errcode": 0, "suggest": suggest, "label": label, "keyword": found.word})
    return {
        "errcode": 0,
        "errmsg": "ok",
        "detail": detail,
        "trace_id": f"{secrets.token_hex(4)}-{secrets.token_hex(4)}-{secrets.token_hex(4)}",
        "result": {"suggest": suggest, "label": label},
    }
