"""An asynchronous Invoke by another function or an operator: any JSON object of at most 128 KB."""

from collections.abc import Mapping
from typing import Any

from common.errors import BadRequest
from common.platform.events.origin import as_origin

#: The field of an event in which the one who invokes passes the id of the request that began it all on.
ORIGIN = "origin"


def read_invoke_event(event: object) -> Mapping[str, Any]:
    """Raises BadRequest for anything that is not a JSON object."""
    if not isinstance(event, Mapping):
        raise BadRequest(reason="not a JSON object")
    return event


def origin_of(event: Mapping[str, Any]) -> str:
    """Empty when the event does not say, or says no id."""
    return as_origin(event.get(ORIGIN))
