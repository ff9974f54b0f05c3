"""Language models and embeddings, and the turns at them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.language_model import ModelAnswer, ModelPiece, ModelUsage
    from common.domain.users import UserId


class LanguageModel(Protocol):
    def answer_json(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> ModelAnswer:
        """JSON mode. Raises VendorError; ModelAnswerInvalid for an answer that is not a JSON object."""

    def stream_text(self, messages: Sequence[Mapping[str, str]], *, max_tokens: int) -> Iterator[ModelPiece]:
        """Text as it is written, then one piece that ends it; closing the iterator stops the model. Raises VendorError."""


class Embedder(Protocol):
    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order, all of one size. Raises VendorError."""


class CountedModel(LanguageModel, Protocol):
    """A model that knows what its answers have cost."""

    usage: ModelUsage


class ModelDesk(Protocol):
    """Where a user gets the model from: everybody has to wait their turn."""

    def of(self, user_id: UserId) -> CountedModel: ...


class Turns(Protocol):
    """Something only so many may use at once."""

    def taken(self, user_id: str, *, wait_s: Callable[[], float]) -> AbstractContextManager[None]:
        """A turn inside the block, first come first served. Raises VendorBusy when none came within `wait_s()`."""
