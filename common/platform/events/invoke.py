"""An asynchronous Invoke by another function or an operator: any JSON object of at most 128 KB."""

from collections.abc import Mapping
from typing import Any

from common.errors import BadRequest


def read_invoke_event(event: object) -> Mapping[str, Any]:
    """Raises BadRequest for anything that is not a JSON object."""
    if not isinstance(event, Mapping):
        raise BadRequest(reason="not a JSON object")
    return event
