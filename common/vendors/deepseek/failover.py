"""Providers in order: the next is asked when one cannot answer, never when it would only give the same answer."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from typing import TypeVar

from common.domain.language_model import ModelAnswer, ModelPiece
from common.errors import CredentialRejected, MojianError, VendorBusy, VendorQuotaExhausted, VendorUnavailable
from common.vendors.deepseek.client import DeepSeek

Result = TypeVar("Result")

#: 401, 402, 429, 5xx and timeouts. 400 and 422 would be the same elsewhere. Source: failover notes of the providers.
ELSEWHERE = (CredentialRejected, VendorQuotaExhausted, VendorBusy, VendorUnavailable)


class Failover:
    """Implements the `LanguageModel` port over several providers. A provider whose breaker is open costs no time."""

    def __init__(self, providers: Sequence[DeepSeek]) -> None:
        self._providers = providers

    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        """Raises what the last provider raised."""
        return self._first(lambda provider: provider.answer_json(messages, max_tokens=max_tokens))

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        """Another provider is asked only while the first has not said anything: two halves are no answer."""

        def begun(provider: DeepSeek) -> tuple[ModelPiece, Generator[ModelPiece, None, None]]:
            stream = provider.stream_text(messages, max_tokens=max_tokens)
            return next(stream), stream

        first, rest = self._first(begun)
        try:
            yield first
            yield from rest
        finally:
            rest.close()

    def _first(self, ask: Callable[[DeepSeek], Result]) -> Result:
        last: MojianError = VendorUnavailable(reason="no provider")
        for provider in self._providers:
            try:
                return ask(provider)
            except ELSEWHERE as error:
                last = error
        raise last
