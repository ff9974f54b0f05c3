"""Tencent Cloud's Secrets Manager (SSM): where production keeps what must not stand in environment variables."""

from common.http.tencent_cloud import TencentKeys as SecretsKeys
from common.vendors.secrets.client import Secrets, SecretVersion
from common.vendors.secrets.settings import SecretsSettings

__all__ = ["SecretVersion", "Secrets", "SecretsKeys", "SecretsSettings"]
