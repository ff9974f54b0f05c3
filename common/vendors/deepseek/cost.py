"""Tokens → what they cost."""

from common.domain.language_model import ModelUsage
from common.vendors.deepseek.models import Usage
from common.vendors.deepseek.provider_settings import ProviderSettings


def usage_of(usage: Usage, prices: ProviderSettings) -> ModelUsage:
    """Prices are yuan for a million tokens, so a token costs that many millionths of a yuan."""
    missed = max(0, usage.prompt_tokens - usage.prompt_cache_hit_tokens)
    cost = (
        usage.prompt_cache_hit_tokens * prices.price_cached
        + missed * prices.price_input
        + usage.completion_tokens * prices.price_output
    )
    return ModelUsage(
        input_tokens=usage.prompt_tokens,
        output_tokens=usage.completion_tokens,
        cache_hit_tokens=usage.prompt_cache_hit_tokens,
        cost_microyuan=round(cost),
    )
