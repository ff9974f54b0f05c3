"""A stand-in for a partner interface of Boss Zhipin: signed API key, search, detail."""

from scripts.local_cloud.fakes.boss.app import BossFake

__all__ = ["BossFake"]
