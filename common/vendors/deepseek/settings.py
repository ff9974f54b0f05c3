"""DEEPSEEK_*: key, address and model. The vendor retired model ids twice within months, so the id is only ever here."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class DeepSeekSettings(BaseModel):
    """`timeout_s` bounds one answer from first to last byte, waiting in the vendor's queue included."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    api_key: SecretStr
    base_url: str = "https://api.deepseek.com"
    model: str = "deepseek-flash"
    timeout_s: float = Field(default=90, gt=0)
    temperature: float = Field(default=0.3, ge=0, le=2)
