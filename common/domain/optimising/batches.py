"""The prose of a resume in a few parts of about the same size, so that the model can be asked about them at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_PARTS = 4
_LEAST_CHARACTERS = 400  # less is not worth a question of its own


@dataclass
class Part:
    """`items`: JSON pointer → text; `lists`: JSON pointer → its items in their present order."""

    items: dict[str, str] = field(default_factory=dict)
    lists: dict[str, Sequence[str]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(map(len, self.items.values()))


def parts_of(items: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> list[Part]:
    """An entry is never torn apart: what belongs to one job is judged together. The same input gives the same parts."""
    entries: dict[str, Part] = {}
    for path, text in items.items():
        entries.setdefault(_entry(path), Part()).items[path] = text
    for path, texts in lists.items():
        if _entry(path) in entries:
            entries[_entry(path)].lists[path] = texts
    count = max(1, min(MOST_PARTS, sum(part.size for part in entries.values()) // _LEAST_CHARACTERS))
    parts = [Part() for _ in range(count)]
    for entry in sorted(entries.values(), key=lambda part: -part.size):
        smallest = min(parts, key=lambda part: part.size)
        smallest.items |= entry.items
        smallest.lists |= entry.lists
    free = {path: texts for path, texts in lists.items() if _entry(path) not in entries}
    parts[-1].lists |= free
    return [part for part in parts if part.items]


def _entry(path: str) -> str:
    """/work/0/highlights/2 belongs to /work/0."""
    return "/".join(path.split("/")[:3])
