"""Where a key ring is kept, and how long it takes until everybody has a new one: the .env file, or a secret in SSM."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from common.errors import Conflict, SettingsInvalid
from common.security.keyring import KeyRing
from common.security.rotation import as_text
from common.vendors.secrets.client import Secrets
from scripts.local_cloud.stack.settings import read_env_file


@dataclass(frozen=True)
class KeptRing:
    """`changed_at` is when the ring, or something beside it, was last written."""

    ring: KeyRing
    changed_at: datetime


class RingPlace(Protocol):
    @property
    def spreads_in(self) -> timedelta | None:
        """After so long every process has the ring; None when only a deployment brings it to them."""

    def read(self) -> KeptRing: ...

    def write(self, ring: KeyRing) -> None: ...


class EnvFile:
    """One line of .env. The file is replaced as a whole, or not at all, and its other lines stay as they are."""

    spreads_in = None

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name

    def read(self) -> KeptRing:
        text = read_env_file(self._path).get(self._name, "")
        changed_at = datetime.fromtimestamp(self._path.stat().st_mtime, timezone.utc)
        return KeptRing(KeyRing.parse(text, setting=self._name), changed_at)

    def write(self, ring: KeyRing) -> None:
        line, before = f"{self._name}={as_text(ring)}", self._path.read_text(encoding="utf-8")
        own = re.compile(rf"^[ \t]*(?:export[ \t]+)?{self._name}[ \t]*=.*$", re.MULTILINE)
        after = own.sub(lambda _found: line, before)
        mode = stat.S_IMODE(self._path.stat().st_mode)
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".env-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(mode)
            Path(temporary).replace(self._path)
        except BaseException:  # no second copy of the keys stays behind
            Path(temporary).unlink(missing_ok=True)
            raise


class SsmSecret:
    """One value of a secret. Processes look for a newer version every SECRETS_CACHE_S; a minute is added for slow ones."""

    def __init__(
        self, secrets: Secrets, document: str, name: str, *, cache_s: float, now: Callable[[], datetime]
    ) -> None:
        self._secrets, self._document, self._name, self._now = secrets, document, name, now
        self.spreads_in = timedelta(seconds=2 * cache_s + 60)
        self._seen = ""

    def read(self) -> KeptRing:
        """Raises SettingsInvalid when there is no such secret yet, or no such value in it."""
        version = self._secrets.read(self._document)
        if version is None or self._name not in version.values:
            where = self._secrets.name_of(self._document)
            raise SettingsInvalid(problems=[f"{self._name}: put the first ring into the secret {where} yourself"])
        self._seen = version.version_id
        return KeptRing(KeyRing.parse(version.values[self._name], setting=self._name), version.created_at)

    def write(self, ring: KeyRing) -> None:
        """A new version with the other values as they are. Raises Conflict when there is a newer one than was read."""
        version = self._secrets.read(self._document)
        if version is None or version.version_id != self._seen:
            raise Conflict
        values = {**version.values, self._name: as_text(ring)}
        self._secrets.write(self._document, values, version_id=f"v{self._now():%Y%m%dT%H%M%S}")
