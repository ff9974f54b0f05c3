"""Embeddings of any OpenAI-compatible host. DeepSeek offers none."""

from common.vendors.embedding.client import Embeddings
from common.vendors.embedding.settings import EmbeddingSettings

__all__ = ["EmbeddingSettings", "Embeddings"]
