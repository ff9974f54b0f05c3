"""The resume as a value: its model and what can be said of it without I/O.

`Resume` loads when it is asked for: the file readers need the words about text alone, in a process that lives for one file.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from common.domain.resume.model import Resume

__all__ = ["Resume"]


def __getattr__(name: str) -> object:
    if name == "Resume":
        from common.domain.resume.model import Resume

        return Resume
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
