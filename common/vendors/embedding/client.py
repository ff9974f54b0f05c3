"""Text → vectors. Source: the OpenAI embeddings route, as TokenHub, SiliconFlow and others serve it.

The documents of TokenHub (cloud.tencent.com/document/product/1823/133515) set the limits: 128 texts of 2,000 characters.
"""

import math
from collections.abc import Sequence

from pydantic import Field, ValidationError

from common.errors import VendorReplyInvalid
from common.http import HttpClient
from common.http.api_keys import bearer
from common.lazy_model import LazyModel
from common.vendors.embedding.errors import check
from common.vendors.embedding.settings import EmbeddingSettings

MOST_TEXTS = 128
MOST_CHARACTERS = 2000


class _Item(LazyModel):
    index: int = Field(ge=0)
    embedding: list[float] = Field(min_length=1)


class _Reply(LazyModel):
    data: list[_Item]


class Embeddings:
    """The model named in the settings. Safe to ask again; a text always has the same vector."""

    def __init__(self, settings: EmbeddingSettings, http: HttpClient) -> None:
        self._settings = settings
        self._http = http.for_vendor(
            "embedding",
            base_url=settings.base_url,
            auth=bearer(settings.api_key),
            read_timeout_s=settings.timeout_s,
            check=check,
        )

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order, all of one size. Longer texts are cut. Raises VendorError."""
        found: list[list[float]] = []
        for start in range(0, len(texts), MOST_TEXTS):
            found += self._ask([text[:MOST_CHARACTERS] for text in texts[start : start + MOST_TEXTS]])
        return found

    def _ask(self, texts: Sequence[str]) -> list[list[float]]:
        question = {"model": self._settings.model, "input": list(texts)}
        response = self._http.request("POST", "/embeddings", operation="vectors", json=question)
        try:
            items = sorted(_Reply.model_validate_json(response.content).data, key=lambda item: item.index)
        except ValidationError:
            raise VendorReplyInvalid(status=200, reason="not embeddings") from None
        vectors = [item.embedding for item in items]
        whole = [item.index for item in items] == list(range(len(texts))) and len(set(map(len, vectors))) == 1
        if not whole or not all(math.isfinite(number) for vector in vectors for number in vector):
            raise VendorReplyInvalid(status=200, reason="not a vector for each text")
        return vectors
