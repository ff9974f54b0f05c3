"""OSS_*: the bucket of our own assets, where to connect, and whose signature on a manifest counts."""

from urllib.parse import urlsplit

from pydantic import ConfigDict, Field, SecretStr, field_validator, model_validator

from common.lazy_model import LazyModel


class OssSettings(LazyModel):
    """Without a bucket there is no asset store, and the templates of the deployment are all there is.

    `cname` is our own host name for the bucket, which new accounts need for buckets in mainland China. `endpoint` empty means the
    real host over https; http://127.0.0.1:9000 means connect there and keep the real host in the Host header.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    bucket: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9-]{1,61}[a-z0-9])?$")
    region: str = Field(default="cn-hangzhou", pattern=r"^[a-z0-9-]+$")
    cname: str = Field(default="", pattern=r"^([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$")
    endpoint: str = ""
    access_key_id: str = ""
    access_key_secret: SecretStr = SecretStr("")
    public_key: str = ""

    @field_validator("endpoint")
    @classmethod
    def _is_an_origin(cls, endpoint: str) -> str:
        parts = urlsplit(endpoint)
        if endpoint and not (parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")):
            raise ValueError("must look like http://host:port")
        return endpoint.rstrip("/")

    @model_validator(mode="after")
    def _is_whole(self) -> "OssSettings":
        if self.bucket and not (self.access_key_id and self.access_key_secret.get_secret_value() and self.public_key):
            raise ValueError("OSS_BUCKET needs OSS_ACCESS_KEY_ID, OSS_ACCESS_KEY_SECRET and OSS_PUBLIC_KEY")
        return self

    @property
    def is_set(self) -> bool:
        return bool(self.bucket)

    @property
    def service_url(self) -> str:
        """The S3-compatible endpoint, without the bucket."""
        return f"https://s3.oss-{self.region}.aliyuncs.com"

    @property
    def host(self) -> str:
        """The bucket's own host name: path style is refused by OSS."""
        return self.cname or f"{self.bucket}.s3.oss-{self.region}.aliyuncs.com"

    @property
    def origin(self) -> str:
        """Where to connect; no trailing slash."""
        return self.endpoint or f"https://{self.host}"

    @property
    def signing_region(self) -> str:
        return f"oss-{self.region}"
