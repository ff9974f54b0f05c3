"""The objects of the COS fake on disk: bytes in one file, a JSON sidecar that commits them in another.

The sidecar is replaced atomically and names the file with the bytes, so a killed process leaves the old object or
the new one, never half of either. File names are hashes: a key may be Chinese, contain spaces or be very long.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from crcmod import mkCrcFun  # type: ignore[import-untyped, unused-ignore]

from scripts.local_cloud.fakes.cos.errors import CosError

_crc64_ecma = mkCrcFun(0x142F0E1EBA9EA3693, initCrc=0, xorOut=0xFFFFFFFFFFFFFFFF, rev=True)


@dataclass(frozen=True)
class Description:
    """What the uploader says about an object; header names are in lower case."""

    content_type: str = "application/octet-stream"
    headers: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class StoredObject:
    """One object without its bytes. `etag` keeps its quotes, `modified_at` is unix seconds."""

    key: str
    size_bytes: int
    etag: str
    crc64: str
    modified_at: float
    blob: str
    description: Description


class ObjectStore:
    """The objects of one bucket; every method is safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        self._blobs = folder / "blobs"
        self._sidecars = folder / "objects"
        self._lock = threading.RLock()
        for part in (self._blobs, self._sidecars):
            part.mkdir(parents=True, exist_ok=True)
        self._objects = {stored.key: stored for stored in map(_read_sidecar, self._sidecars.glob("*.json"))}

    def put(
        self, key: str, content: bytes, description: Description, *, now: float, forbid_overwrite: bool = False
    ) -> StoredObject:
        """Store `content`; durable on return. Raises FileAlreadyExists when asked not to overwrite."""
        with self._lock:
            previous = self._objects.get(key)
            if forbid_overwrite and previous is not None:
                raise CosError("FileAlreadyExists")
            stored = self._written(key, content, description, now)
            self._objects[key] = stored
            if previous is not None:
                (self._blobs / previous.blob).unlink(missing_ok=True)
        return stored

    def find(self, key: str) -> StoredObject:
        with self._lock:
            stored = self._objects.get(key)
        if stored is None:
            raise CosError("NoSuchKey")
        return stored

    def read(self, key: str) -> tuple[StoredObject, bytes]:
        with self._lock:
            stored = self.find(key)
            return stored, (self._blobs / stored.blob).read_bytes()

    def delete(self, key: str) -> StoredObject | None:
        """Remove an object and return what it was; None when there was none, which is no error."""
        with self._lock:
            stored = self._objects.pop(key, None)
            if stored is not None:
                self._sidecar(key).unlink(missing_ok=True)
                (self._blobs / stored.blob).unlink(missing_ok=True)
        return stored

    def after(self, prefix: str, marker: str) -> list[StoredObject]:
        """Objects under `prefix` whose key sorts after `marker`, in UTF-8 byte order as COS lists them."""
        with self._lock:
            found = [stored for key, stored in self._objects.items() if key.startswith(prefix) and key > marker]
        return sorted(found, key=lambda stored: stored.key)

    def clear(self) -> None:
        with self._lock:
            for key in list(self._objects):
                self.delete(key)

    def _written(self, key: str, content: bytes, description: Description, now: float) -> StoredObject:
        stored = StoredObject(
            key=key,
            size_bytes=len(content),
            etag=f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"',
            crc64=str(_crc64_ecma(content)),
            modified_at=now,
            blob=uuid.uuid4().hex,
            description=description,
        )
        _write_durably(self._blobs / stored.blob, content)
        _write_durably(self._sidecar(key), json.dumps(asdict(stored), ensure_ascii=False).encode())
        return stored

    def _sidecar(self, key: str) -> Path:
        return self._sidecars / f"{hashlib.sha256(key.encode()).hexdigest()}.json"


def _read_sidecar(path: Path) -> StoredObject:
    fields = json.loads(path.read_text(encoding="utf-8"))
    return StoredObject(**{**fields, "description": Description(**fields["description"])})


def _write_durably(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".tmp")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
