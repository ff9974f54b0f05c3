"""The Tencent Cloud fake: API 3.0 behind one address, one module per service."""

from scripts.local_cloud.fakes.tencent_cloud.app import TencentCloudFake

__all__ = ["TencentCloudFake"]
