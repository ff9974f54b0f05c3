"""A stand-in for an OpenAI-compatible /embeddings route. Its vectors count pairs of characters: written alike is near."""

from scripts.local_cloud.fakes.embedding.app import EmbeddingFake

__all__ = ["EmbeddingFake"]
