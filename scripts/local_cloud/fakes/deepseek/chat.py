"""Reads and checks the body of a chat completion request, as strictly as DeepSeek does."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from scripts.local_cloud.fakes.deepseek.errors import ApiError

MODELS = ("deepseek-flash", "deepseek-v4-pro")
_ROLES = {"system", "user", "assistant", "tool"}
_LARGEST_OUTPUT_TOKENS = 384 * 1024
_RANGES = {"temperature": (0.0, 2.0), "top_p": (0.0, 1.0)}
_DEFAULT_OUTPUT_TOKENS = 32 * 1024


@dataclass(frozen=True)
class Message:
    role: str
    content: str


@dataclass(frozen=True)
class ChatRequest:
    """What the fake acts on; unknown fields are ignored, as the real service ignores them."""

    model: str
    messages: tuple[Message, ...]
    json_mode: bool
    thinking: bool
    stream: bool
    max_tokens: int

    @property
    def prompt(self) -> str:
        """The whole prompt as one text: the prefix cache and the token count work on it."""
        return "".join(f"<{message.role}>{message.content}" for message in self.messages)


def read_chat(raw: bytes) -> ChatRequest:
    """Parse a request body. Raises ApiError 400 (not JSON, model, JSON mode, safety) or 422 (a parameter)."""
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise ApiError(400, "Failed to parse the request body as JSON") from error
    if not isinstance(body, dict):
        raise ApiError(400)
    messages = _messages(body.get("messages"))
    json_mode = _json_mode(body.get("response_format"), messages)
    _check_ranges(body)
    return ChatRequest(
        model=_model(body.get("model")),
        messages=messages,
        json_mode=json_mode,
        thinking=_thinking(body.get("thinking")),
        stream=bool(_typed(body, "stream", bool, False)),
        max_tokens=_max_tokens(body),
    )


def _model(model: Any) -> str:
    if not isinstance(model, str):
        raise _parameter("missing field `model`")
    if model not in MODELS:
        raise ApiError(400, f"The supported API model names are {' or '.join(MODELS)}, but you passed {model}.")
    return model


def _messages(listed: Any) -> tuple[Message, ...]:
    if not isinstance(listed, list):
        raise _parameter("missing field `messages`")
    if not listed:
        raise ApiError(400, "Empty input messages")
    return tuple(_message(index, message) for index, message in enumerate(listed))


def _message(index: int, message: Any) -> Message:
    if not isinstance(message, dict) or message.get("role") not in _ROLES:
        raise _parameter(f"messages[{index}]: unknown role")
    content = message.get("content") or ""
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
    if not isinstance(content, str):
        raise _parameter(f"messages[{index}]: content must be text")
    return Message(message["role"], content)


def _json_mode(wanted: Any, messages: tuple[Message, ...]) -> bool:
    if wanted is None:
        return False
    kind = _kind(wanted)
    if kind not in ("text", "json_object"):
        raise _parameter("response_format.type must be text or json_object")
    if kind == "json_object" and not any("json" in message.content.lower() for message in messages):
        raise ApiError(
            400, "Prompt must contain the word 'json' in some form to use 'response_format' of 'json_object'."
        )
    return kind == "json_object"


def _thinking(wanted: Any) -> bool:
    """Thinking is on unless it is disabled in so many words."""
    if wanted is None:
        return True
    kind = _kind(wanted)
    if kind not in ("enabled", "disabled"):
        raise _parameter("thinking.type must be enabled or disabled")
    return kind == "enabled"


def _kind(wanted: Any) -> str:
    return str(wanted.get("type")) if isinstance(wanted, dict) else ""


def _max_tokens(body: dict[str, Any]) -> int:
    wanted = _typed(body, "max_tokens", int, _DEFAULT_OUTPUT_TOKENS)
    if not 1 <= wanted <= _LARGEST_OUTPUT_TOKENS:
        raise _parameter(f"max_tokens must be between 1 and {_LARGEST_OUTPUT_TOKENS}")
    return int(wanted)


def _check_ranges(body: dict[str, Any]) -> None:
    for name, (lowest, highest) in _RANGES.items():
        if not lowest <= _typed(body, name, (int, float), lowest) <= highest:
            raise _parameter(f"{name} must be between {lowest} and {highest}")
    safety = body.get("safety_check")
    if safety is not None and not (isinstance(safety, dict) and safety.get("level") in ("high", "low")):
        raise ApiError(400, "safety_check.level must be high or low")


def _typed(body: dict[str, Any], name: str, kind: type | tuple[type, ...], default: Any) -> Any:
    found = body.get(name)
    if found is None:
        return default
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
        raise _parameter(f"{name}: invalid type")
    return found


def _parameter(problem: str) -> ApiError:
    return ApiError(422, f"Failed to deserialize the JSON body into the target type: {problem}")
