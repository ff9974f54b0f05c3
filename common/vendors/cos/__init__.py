"""Tencent COS: the private bucket."""

from common.vendors.cos.client import Cos
from common.vendors.cos.models import CosCredentials
from common.vendors.cos.settings import CosSettings

__all__ = ["Cos", "CosCredentials", "CosSettings"]
