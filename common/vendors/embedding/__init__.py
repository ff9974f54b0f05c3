"""Embeddings of any OpenAI-compatible host. DeepSeek offers none."""
