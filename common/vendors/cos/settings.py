"""COS_*: which bucket, and where to connect. Credentials are not settings: the platform hands out fresh ones."""

from urllib.parse import urlsplit

from pydantic import ConfigDict, SecretStr, field_validator, model_validator

from common.lazy_model import LazyModel


class CosSettings(LazyModel):
    """`bucket` has the name-appid form. `endpoint` empty means the real host over https; http://127.0.0.1:9000 means
    connect there and keep the real host in the Host header.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    bucket: str
    region: str
    endpoint: str = ""

    @field_validator("endpoint")
    @classmethod
    def _is_an_origin(cls, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        if endpoint and not (parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")):
            raise ValueError("must look like http://host:port")
        return endpoint.rstrip("/")

    @property
    def host(self) -> str:
        """The bucket's own host name."""
        return f"{self.bucket}.cos.{self.region}.myqcloud.com"

    @property
    def origin(self) -> str:
        """Where a phone has to connect; no trailing slash."""
        return self.endpoint or f"https://{self.host}"


class StsSettings(LazyModel):
    """STS_*: the sub-user whose rights temporary keys of clients are cut out of. Without a key there are none.

    Permanent keys, because a role's temporary ones may not ask for others; the user may do nothing but write below uploads/.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    secret_id: str = ""
    secret_key: SecretStr = SecretStr("")
    base_url: str = "https://sts.tencentcloudapi.com"
    region: str = "ap-guangzhou"

    @model_validator(mode="after")
    def _belongs_together(self) -> "StsSettings":
        if bool(self.secret_id) != bool(self.secret_key.get_secret_value()):
            raise ValueError("STS_SECRET_ID and STS_SECRET_KEY go together")
        return self

    @property
    def is_set(self) -> bool:
        return bool(self.secret_id)
