"""Alibaba Cloud OSS: the bucket of what belongs to the product itself, resume templates and their pictures."""

from common.vendors.oss.client import Oss
from common.vendors.oss.settings import OssSettings

__all__ = ["Oss", "OssSettings"]
