"""The console: one page in the browser for trying everything by hand, over the real API of the emulator."""

from scripts.local_cloud.console.app import Console

__all__ = ["Console"]
