"""A stand-in for the DeepSeek API: see README.md for what it does not imitate."""

from scripts.local_cloud.fakes.deepseek.app import DeepSeekFake

__all__ = ["DeepSeekFake"]
