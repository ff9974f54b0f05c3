"""JSON paths of mapping files: names with dots, [0] for one item, [*] for all of them, | for the first that has something.

A part of RFC 9535 that needs no engine: `data.list`, `jobSkillTags[*].name`, `positionURL|positionUrl`.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator

_STEP = r"[A-Za-z_][A-Za-z0-9_]*(?:\[(?:\*|\d{1,3})\])?"
_PATH = re.compile(rf"{_STEP}(?:\.{_STEP})*(?:\|{_STEP}(?:\.{_STEP})*)*")
_PARTS = re.compile(r"([A-Za-z_]\w*)|\[(\*|\d+)\]")


def _checked(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise ValueError("not a path: names with dots, [0], [*], alternatives behind |")
    return path


Path = Annotated[str, AfterValidator(_checked)]


def values_at(document: object, path: str) -> list[Any]:
    """Everything the first alternative with something in it leads to; null and blank text are nothing."""
    for alternative in path.split("|"):
        found = [value for value in _walk(document, _PARTS.findall(alternative)) if value not in (None, "")]
        if found:
            return found
    return []


def value_at(document: object, path: str) -> Any:
    """The first of them; None for none."""
    return next(iter(values_at(document, path)), None)


def _walk(value: object, steps: list[tuple[str, str]]) -> Iterator[object]:
    if not steps:
        yield value
        return
    (name, index), rest = steps[0], steps[1:]
    if name and isinstance(value, dict):
        yield from _walk(value.get(name), rest)
    elif index and isinstance(value, list):
        chosen = value if index == "*" else value[int(index) : int(index) + 1]
        for item in chosen:
            yield from _walk(item, rest)
