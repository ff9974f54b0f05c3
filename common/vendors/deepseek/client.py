"""Chat completions of one OpenAI-compatible provider: a JSON object at once, or text as a stream.

Source: api-docs.deepseek.com/api/create-chat-completion.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING

from common.domain.language_model import ModelAnswer, ModelPiece
from common.errors import ModelAnswerInvalid
from common.http import HttpClient
from common.http.api_keys import bearer
from common.vendors.deepseek.cost import usage_of
from common.vendors.deepseek.errors import check, read_completion
from common.vendors.deepseek.models import Usage
from common.vendors.deepseek.settings import DeepSeekSettings, FallbackSettings
from common.vendors.deepseek.stream import pieces

if TYPE_CHECKING:
    import httpx

ATTEMPTS = 3


class DeepSeek:
    """The model named in the settings. Answers are safe to ask for again; they cost tokens each time.

    `name` is the provider's in records and for its breaker: a second provider has another.
    """

    def __init__(
        self,
        settings: DeepSeekSettings | FallbackSettings,
        http: HttpClient,
        *,
        name: str = "deepseek",
        attempts: int = ATTEMPTS,
    ) -> None:
        self._settings = settings
        self._attempts = attempts
        self._http = http.for_vendor(
            name,
            base_url=settings.base_url,
            auth=bearer(settings.api_key),
            read_timeout_s=settings.timeout_s,
            check=check,
            measure=self._measured,
        )

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        """One JSON object. The word "json" has to be in a message, or the vendor answers 400.

        Overload, lost connections and blank answers are asked again, up to three times in all.
        Raises ModelAnswerInvalid with the model's text when it is not one whole JSON object, ContentRefused,
        VendorQuotaExhausted, CredentialRejected, VendorBusy, VendorUnavailable. Source: guides/json_mode.
        """
        question = {**self._question(messages, max_tokens), "response_format": {"type": "json_object"}, "stream": False}
        response = self._http.request(
            "POST", "/chat/completions", operation="answer_json", json=question, attempts=self._attempts
        )
        completion = read_completion(response)
        return ModelAnswer(
            content=_json_object(completion.text, completion.finish_reason),
            model=completion.model,
            usage=usage_of(completion.usage, self._settings),
        )

    def stream_text(
        self, messages: Sequence[Mapping[str, str]], *, max_tokens: int
    ) -> Generator[ModelPiece, None, None]:
        """The answer piece by piece as the model writes it; closing the iterator stops the model.

        Only before the first piece is anything tried again. Raises as `answer_json` does, and VendorUnavailable (fact
        `reason`: idle, deadline, cut) when the stream stalls or breaks off: what came until then is not a whole answer.
        """
        question = {**self._question(messages, max_tokens), "stream": True, "stream_options": {"include_usage": True}}
        limits = {"idle_s": self._settings.idle_s, "total_s": self._settings.timeout_s}
        with self._http.events(
            "/chat/completions", operation="stream_text", json=question, attempts=self._attempts, **limits
        ) as (events, call):
            for piece in pieces(events, lambda usage: usage_of(usage, self._settings)):
                if piece.usage is not None:
                    call.usage = piece.usage.as_record()
                yield piece

    def _question(self, messages: Sequence[Mapping[str, str]], max_tokens: int) -> dict[str, object]:
        settings = self._settings
        question: dict[str, object] = {
            "model": settings.model,
            "messages": [dict(message) for message in messages],
            "temperature": settings.temperature,
            "max_tokens": max_tokens,
        }
        if settings.thinking != "unset":
            question["thinking"] = {"type": settings.thinking}
        if settings.safety_check != "unset":
            question["safety_check"] = {"level": settings.safety_check}
        return question

    def _measured(self, response: httpx.Response) -> dict[str, int]:
        usage: Usage = read_completion(response).usage
        return usage_of(usage, self._settings).as_record()


def _json_object(text: str, finish_reason: str | None) -> dict[str, object]:
    """Truncated JSON is never patched: a guess at what is missing would be an invention."""
    if finish_reason == "length":
        raise ModelAnswerInvalid(answer=text, vendor="deepseek", reason="length")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise ModelAnswerInvalid(answer=text, vendor="deepseek", reason="not json") from None
    if not isinstance(content, dict):
        raise ModelAnswerInvalid(answer=text, vendor="deepseek", reason="not an object")
    return content
