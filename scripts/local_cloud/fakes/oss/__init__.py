"""A stand-in for Alibaba Cloud OSS at its S3-compatible address: see README.md for what it does not imitate."""

from scripts.local_cloud.fakes.oss.app import OssFake

__all__ = ["OssFake"]
