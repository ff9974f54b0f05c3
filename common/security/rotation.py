"""Changing the keys of a ring without locking anybody out: announce, promote, retire.

Processes learn of a new ring one after another. A key is therefore announced at the end of the ring first, where it opens but
does not sign; when everybody has it, it is promoted to the front; what it replaced is retired when nothing uses it any more.
"""

import base64
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timezone

from common.security.keyring import KEY_BYTES, KeyRing

_STAMPED = re.compile(r"k(\d{10})")


def new_key_id(now: datetime) -> str:
    """`k` and the minute in UTC: later keys have greater names."""
    return f"k{now.astimezone(timezone.utc):%y%m%d%H%M}"


def announced(ring: KeyRing) -> str | None:
    """The key that waits to be promoted: newer than the current one."""
    newer = [key_id for key_id in ring.keys if _stamp(key_id) > _stamp(ring.current)]
    return max(newer, key=_stamp, default=None)


def is_newer(key_id: str, ring: KeyRing) -> bool:
    """Whether a key of this name could be announced."""
    return key_id not in ring.keys and _stamp(key_id) > _stamp(ring.current)


def with_announced(ring: KeyRing, key_id: str) -> KeyRing:
    """A new random key at the end of the ring. Raises ValueError for a name that is taken or not newer than the current."""
    if not is_newer(key_id, ring):
        raise ValueError(f"{key_id} is not newer than {ring.current}")
    return KeyRing(ring.current, {**ring.keys, key_id: secrets.token_bytes(KEY_BYTES)})


def promoted(ring: KeyRing, key_id: str) -> KeyRing:
    return KeyRing(key_id, {key_id: ring.keys[key_id], **ring.keys})


def without(ring: KeyRing, key_ids: Collection[str]) -> KeyRing:
    """Raises ValueError for the current key."""
    if ring.current in key_ids:
        raise ValueError("the current key cannot be retired")
    return KeyRing(ring.current, {key_id: key for key_id, key in ring.keys.items() if key_id not in key_ids})


def as_text(ring: KeyRing) -> str:
    """As KeyRing.parse reads it, the current key first."""
    order = [ring.current, *(key_id for key_id in ring.keys if key_id != ring.current)]
    return ",".join(f"{key_id}:{base64.urlsafe_b64encode(ring.keys[key_id]).decode()}" for key_id in order)


def _stamp(key_id: str) -> int:
    """Keys with other names, made by hand, are older than all of ours."""
    found = _STAMPED.fullmatch(key_id)
    return int(found[1]) if found else 0
