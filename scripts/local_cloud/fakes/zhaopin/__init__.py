"""A stand-in for a partner interface of Zhaopin: OAuth 2.0, search, detail."""

from scripts.local_cloud.fakes.zhaopin.app import ZhaopinFake

__all__ = ["ZhaopinFake"]
