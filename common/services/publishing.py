"""Writing an object whose key is used once: that it is there, by whatever try, is all that counts."""

from common.errors import ObjectAlreadyExists, VendorError
from common.services.ports import Objects

JSON = "application/json; charset=utf-8"

#: Extension of what the render stage has to tell the user about a layout; there only when there is something.
LAYOUT_NOTES = "notes"

#: What a JSON object of the pipeline may have at most, written or read.
MAX_JSON_BYTES = 4 * 1024 * 1024


def publish(objects: Objects, key: str, content: bytes, *, media_type: str) -> None:
    """Create `key`; an answer that got lost is no failure when the object is there. Raises VendorError."""
    try:
        objects.create(key, content, media_type=media_type)
    except ObjectAlreadyExists:
        return
    except VendorError:
        if not objects.exists(key):
            raise
