"""The settings that every OpenAI-compatible host has; settings.py gives each host its group."""

from pydantic import ConfigDict, Field

from common.lazy_model import LazyModel


class ProviderSettings(LazyModel):
    """What is the same for every OpenAI-compatible host.

    `timeout_s` bounds one answer from first to last byte, waiting in the vendor's queue included; `idle_s` is the longest
    silence in a stream. Fields that a host may not know are "unset": then they are not sent. Prices are yuan for a million
    tokens.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    timeout_s: float = Field(default=90, gt=0)
    idle_s: float = Field(default=20, gt=0)
    temperature: float = Field(default=0.3, ge=0, le=2)
    price_input: float = Field(default=1, ge=0)
    price_cached: float = Field(default=0.02, ge=0)
    price_output: float = Field(default=4, ge=0)
