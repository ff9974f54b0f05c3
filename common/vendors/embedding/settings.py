"""EMBEDDING_*: a host with an OpenAI-compatible /embeddings route. Empty: job matching goes by words alone."""

from pydantic import ConfigDict, Field, SecretStr

from common.lazy_model import LazyModel


class EmbeddingSettings(LazyModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    api_key: SecretStr = SecretStr("")
    base_url: str = ""
    model: str = ""
    timeout_s: float = Field(default=10, gt=0)

    @property
    def is_set(self) -> bool:
        return bool(self.api_key.get_secret_value() and self.base_url and self.model)
