"""A regular expression that is compiled when it is first used.

Compiling a wide range of characters (all Han) or a long alternation takes 0.5 to 20 ms, which every cold start would pay at
import, whatever it is asked to do.
"""

import re
from typing import Any, cast


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Used like re.compile(pattern, flags), and as fast from the second use of a method on."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))


class _LatePattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)
        return found
