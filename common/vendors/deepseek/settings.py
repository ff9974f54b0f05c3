"""DEEPSEEK_* and LLM_FALLBACK_*: key, address and model. The vendor retired ids twice within months, so one is only here."""

from typing import Literal

from pydantic import SecretStr

from common.vendors.deepseek.provider_settings import ProviderSettings

Thinking = Literal["enabled", "disabled", "unset"]
SafetyCheck = Literal["high", "low", "unset"]


class DeepSeekSettings(ProviderSettings):
    """DEEPSEEK_*: thinking is off unless asked for, because it costs ten times the tokens and makes temperature do nothing."""

    api_key: SecretStr
    base_url: str = "https://api.deepseek.com"
    model: str = "deepseek-flash"
    thinking: Thinking = "disabled"
    safety_check: SafetyCheck = "unset"


class FallbackSettings(ProviderSettings):
    """LLM_FALLBACK_*: a second host, asked when the first is down, busy, out of money or refuses our key. Empty: none."""

    api_key: SecretStr = SecretStr("")
    base_url: str = ""
    model: str = ""
    thinking: Thinking = "unset"
    safety_check: SafetyCheck = "unset"

    @property
    def is_set(self) -> bool:
        return bool(self.api_key.get_secret_value() and self.base_url and self.model)
