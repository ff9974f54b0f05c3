"""The embeddings fake: deterministic vectors from the text, over real HTTP."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit import Fake, Route, json_response

API_KEY = "sk-embedding-local"
MODEL = "local-pairs"
SIZE = 256
_MOST_TEXTS = 128


class EmbeddingFake(Fake):
    """One key, one model, no memory."""

    name = "embedding"

    def environment(self, base_url: str) -> dict[str, str]:
        return {"EMBEDDING_BASE_URL": base_url, "EMBEDDING_API_KEY": API_KEY, "EMBEDDING_MODEL": MODEL}

    def state(self) -> dict[str, Any]:
        return {}

    def forget(self) -> None:
        """There is nothing to forget."""

    def routes(self) -> list[Route]:
        return [Route("POST", "/embeddings", "vectors", self._embed)]

    def _embed(self, request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer {API_KEY}":
            return _refused(401, "invalid api key")
        body = json.loads(request.get_data())
        texts = body.get("input")
        if body.get("model") != MODEL or not isinstance(texts, list) or not 1 <= len(texts) <= _MOST_TEXTS:
            return _refused(400, "unknown model, or not 1 to 128 texts")
        items = [{"object": "embedding", "index": at, "embedding": vector_of(text)} for at, text in enumerate(texts)]
        usage = {"prompt_tokens": sum(map(len, texts)), "total_tokens": sum(map(len, texts))}
        return json_response({"object": "list", "model": MODEL, "data": items[::-1], "usage": usage})


def _refused(status: int, message: str) -> Response:
    return json_response({"error": {"message": message, "type": "invalid_request_error", "code": None}}, status)


def vector_of(text: str) -> list[float]:
    """How often each pair of neighbouring characters occurs, in one of 256 places."""
    folded = "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
    vector = [0.0] * SIZE
    for at in range(len(folded) - 1):
        vector[hashlib.sha256(folded[at : at + 2].encode()).digest()[0]] += 1.0
    return vector
