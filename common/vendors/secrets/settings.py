"""SECRETS_*: where secrets come from, and how long a process keeps what it was told."""

from typing import Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, field_validator

from common.lazy_model import LazyModel


class SecretsSettings(LazyModel):
    """`ssm`: what is not in the environment is looked up in the secrets `<prefix>-<document>`, which the role may read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    provider: Literal["environment", "ssm"] = "environment"
    prefix: str = Field(default="mojian", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$")
    region: str = "ap-guangzhou"
    base_url: str = "https://ssm.tencentcloudapi.com"
    cache_s: float = Field(default=300, ge=0)

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, base_url: str) -> str:
        address = urlsplit(base_url)
        if address.scheme not in ("http", "https") or not address.hostname or address.path not in ("", "/"):
            raise ValueError("must look like https://host")
        return base_url
