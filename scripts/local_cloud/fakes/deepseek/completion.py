"""The two shapes of an answer: one chat.completion object, or a stream of chunks."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_FINGERPRINT = "fp_local_prod0820_fp8_kvcache"
_SMALLEST_PIECE = 6
_MOST_PIECES = 400
DONE = b"data: [DONE]\n\n"
KEEP_ALIVE = b": keep-alive\n\n"


@dataclass(frozen=True)
class Usage:
    """Token counts; hits and misses of the prefix cache add up to the prompt."""

    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    reasoning_tokens: int

    def as_json(self) -> dict[str, Any]:
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
            "prompt_tokens_details": {"cached_tokens": self.cached_tokens},
            "completion_tokens_details": {"reasoning_tokens": self.reasoning_tokens},
            "prompt_cache_hit_tokens": self.cached_tokens,
            "prompt_cache_miss_tokens": self.prompt_tokens - self.cached_tokens,
        }


@dataclass(frozen=True)
class Completion:
    """One finished answer. `reasoning` is None when thinking was disabled."""

    model: str
    content: str
    reasoning: str | None
    finish_reason: str
    usage: Usage
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    created: int = field(default_factory=lambda: int(time.time()))

    def as_json(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": self.content}
        if self.reasoning is not None:
            message["reasoning_content"] = self.reasoning
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self.finish_reason}
        return {**self._head("chat.completion"), "choices": [choice], "usage": self.usage.as_json()}

    def as_events(self) -> Iterator[bytes]:
        """Yield the server-sent events, usage in the last chunk, without the closing [DONE]."""
        thinking = self.reasoning is not None
        first = {"content": None, "reasoning_content": ""} if thinking else {"content": ""}
        yield self._chunk({"role": "assistant", **first})
        for piece in _pieces(self.reasoning or ""):
            yield self._chunk({"content": None, "reasoning_content": piece})
        for piece in _pieces(self.content):
            yield self._chunk({"content": piece, "reasoning_content": None} if thinking else {"content": piece})
        yield self._chunk({"content": ""}, self.finish_reason, self.usage.as_json())

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "system_fingerprint": _FINGERPRINT,
        }

    def _chunk(self, delta: dict[str, Any], finish_reason: str | None = None, usage: Any = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        chunk = {**self._head("chat.completion.chunk"), "choices": [choice], "usage": usage}
        return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def _pieces(text: str) -> Iterator[str]:
    size = max(_SMALLEST_PIECE, len(text) // _MOST_PIECES)
    return (text[start : start + size] for start in range(0, len(text), size))
