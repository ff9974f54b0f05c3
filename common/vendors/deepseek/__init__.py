"""DeepSeek, and any other host that speaks the same chat completions."""

from common.vendors.deepseek.client import DeepSeek
from common.vendors.deepseek.failover import Failover
from common.vendors.deepseek.settings import DeepSeekSettings, FallbackSettings

__all__ = ["DeepSeek", "DeepSeekSettings", "Failover", "FallbackSettings"]
