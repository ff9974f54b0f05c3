"""Changes put into a resume. All of them refer to the resume before any change, so each can be taken back alone."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from common.domain.optimising.changes import Change
from common.domain.resume import Resume


def apply_changes(source: Resume, changes: Sequence[Change]) -> Resume:
    """`source` with every applied change in place and everything else as it was.

    Wording goes first, item by item; then lists are split, shortened and put in order, the innermost first.
    """
    content = source.as_json_resume()
    lists: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.state != "applied":
            continue
        if change.op == "replace":
            _put(content, change.path, change.text)
        else:
            lists[change.path if change.op == "reorder" else change.path.rpartition("/")[0]].append(change)
    for path in sorted(lists, key=lambda path: -path.count("/")):
        _put(content, path, _rearranged(_at(content, path), lists[path]))
    return Resume.model_validate(content)


def _rearranged(items: list[Any], changes: Sequence[Change]) -> list[Any]:
    """Old indices stay the names of the items until the end."""
    parts: list[list[Any]] = [[item] for item in items]
    order = list(range(len(items)))
    for change in changes:
        if change.op == "reorder":
            order = change.order
        else:
            parts[int(change.path.rpartition("/")[2])] = list(change.texts) if change.op == "split" else []
    return [item for index in order for item in parts[index]]


def _at(content: Any, path: str) -> Any:
    for part in path.strip("/").split("/"):
        content = content[int(part)] if isinstance(content, list) else content[part]
    return content


def _put(content: dict[str, Any], path: str, value: Any) -> None:
    parent, _, last = path.rpartition("/")
    place: Any = _at(content, parent) if parent else content
    place[int(last) if isinstance(place, list) else last] = value
