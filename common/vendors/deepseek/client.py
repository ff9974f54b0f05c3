"""DeepSeek chat completions in JSON mode. Implements the port LanguageModel."""

import json
from collections.abc import Mapping, Sequence

import httpx

from common.domain.language_model import ModelAnswer
from common.errors import ModelAnswerInvalid
from common.http import HttpClient
from common.vendors.deepseek.auth import BearerKey
from common.vendors.deepseek.errors import check, read_completion
from common.vendors.deepseek.settings import DeepSeekSettings

ATTEMPTS = 3


class DeepSeek:
    """The model named in the settings. Answers are safe to ask for again; they cost tokens each time."""

    def __init__(self, settings: DeepSeekSettings, http: HttpClient) -> None:
        self._settings = settings
        self._http = http.for_vendor(
            "deepseek",
            base_url=settings.base_url,
            auth=BearerKey(settings.api_key),
            read_timeout_s=settings.timeout_s,
            check=check,
            measure=_tokens,
        )

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        """One JSON object. The word "json" has to be in a message, or the vendor answers 400.

        Overload, lost connections and blank answers are asked again, up to three times in all.
        Raises ModelAnswerInvalid with the model's text when it is not one whole JSON object, ContentRefused,
        VendorQuotaExhausted, CredentialRejected, VendorBusy, VendorUnavailable. Source: guides/json_mode.
        """
        response = self._http.request(
            "POST",
            "/chat/completions",
            operation="answer_json",
            json=self._question(messages, max_tokens),
            attempts=ATTEMPTS,
        )
        completion = read_completion(response)
        return ModelAnswer(
            content=_json_object(completion.text, completion.finish_reason),
            model=completion.model,
            input_tokens=completion.usage.prompt_tokens,
            output_tokens=completion.usage.completion_tokens,
        )

    def _question(self, messages: Sequence[Mapping[str, str]], max_tokens: int) -> dict[str, object]:
        """Thinking is on unless forbidden: it costs ten times the tokens and makes temperature do nothing."""
        return {
            "model": self._settings.model,
            "messages": [dict(message) for message in messages],
            "thinking": {"type": "disabled"},
            "response_format": {"type": "json_object"},
            "temperature": self._settings.temperature,
            "max_tokens": max_tokens,
            "stream": False,
        }


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


def _tokens(response: httpx.Response) -> dict[str, int]:
    usage = read_completion(response).usage
    return {
        "input_tokens": usage.prompt_tokens,
        "output_tokens": usage.completion_tokens,
        "cache_hit_tokens": usage.prompt_cache_hit_tokens,
    }
