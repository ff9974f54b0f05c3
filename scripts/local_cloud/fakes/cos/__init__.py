"""A stand-in for Tencent Cloud Object Storage: see README.md for what it does not imitate."""

from scripts.local_cloud.fakes.cos.app import CosFake
from scripts.local_cloud.fakes.cos.call import Bucket
from scripts.local_cloud.fakes.cos.events import ObjectEvent

__all__ = ["Bucket", "CosFake", "ObjectEvent"]
