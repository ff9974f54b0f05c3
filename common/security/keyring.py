"""Key rings: several keys with names, the first for new work and all of them for old, so that keys can be changed."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from common.errors import SettingsInvalid

KEY_BYTES = 32
_ID = re.compile(r"[a-z0-9_-]{1,16}")
_KEY = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True)
class KeyRing:
    """`keys` by id; `current` is the id that new signatures and ciphertexts use."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)

    @staticmethod
    def parse(text: str, *, setting: str) -> "KeyRing":
        """Read `k1:<base64url of 32 bytes>,k0:…`; the first is current.

        Raises SettingsInvalid naming `setting` and every problem, never a key.
        """
        keys: dict[str, bytes] = {}
        problems: list[str] = []
        for position, item in enumerate(text.split(","), start=1):
            key_id, _, encoded = item.strip().partition(":")
            key = _decode(encoded)
            problem = _problem(key_id, key, keys)
            if problem:
                problems.append(f"{setting}: key {position} {problem}")
            elif key is not None:
                keys[key_id] = key
        if problems:
            raise SettingsInvalid(problems=problems)
        return KeyRing(next(iter(keys)), keys)

    @property
    def current_key(self) -> bytes:
        return self.keys[self.current]


def _problem(key_id: str, key: bytes | None, known: Mapping[str, bytes]) -> str | None:
    if not _ID.fullmatch(key_id):
        return "has no name of 1 to 16 of a-z 0-9 _ -, followed by a colon"
    if key is None:
        return f"is not the base64url of {KEY_BYTES} bytes"
    return "has a name that is already taken" if key_id in known else None


def _decode(encoded: str) -> bytes | None:
    if not _KEY.fullmatch(encoded):
        return None
    bare = encoded.rstrip("=")
    try:
        key = base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except binascii.Error:
        return None
    return key if len(key) == KEY_BYTES else None
