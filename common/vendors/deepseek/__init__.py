"""DeepSeek: the language model."""

from common.vendors.deepseek.client import DeepSeek
from common.vendors.deepseek.settings import DeepSeekSettings

__all__ = ["DeepSeek", "DeepSeekSettings"]
