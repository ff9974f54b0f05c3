"""Serverless functions (2018-04-16) of the fake: what deployers call, with a memory and the limits."""

from scripts.local_cloud.fakes.tencent_cloud.scf.service import ScfService

__all__ = ["ScfService"]
