"""The id of the request that began a chain of events, as an event carries it from one function to the next."""

import re

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def as_origin(found: object) -> str:
    """`found` when it looks like a request id, else "": whoever can write an object must not write our log."""
    return found if isinstance(found, str) and _ID.fullmatch(found) else ""
