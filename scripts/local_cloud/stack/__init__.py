"""The whole local cloud as one object."""

from scripts.local_cloud.stack.stack import Stack

__all__ = ["Stack"]
