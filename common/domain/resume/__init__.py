"""The resume as a value: its model and what can be said of it without I/O."""

from common.domain.resume.model import Resume

__all__ = ["Resume"]
