"""Files by the hash of their content, in this process and in the machine's temporary folder; bounded, and checked when read."""

import hashlib
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}")


class FileCache:
    """`known` are contents that are there anyway. A file that is not what its name says is removed; a full or broken disk
    is no error: the cache then remembers less.
    """

    def __init__(self, folder: Path, *, known: tuple[bytes, ...] = (), max_bytes: int = 8 * 1024 * 1024) -> None:
        self._folder, self._max_bytes = folder, max_bytes
        self._here = {hashlib.sha256(content).hexdigest(): content for content in known}

    def get(self, sha256: str) -> bytes | None:
        if sha256 in self._here:
            return self._here[sha256]
        if not _NAME.fullmatch(sha256):
            return None
        try:
            content = (self._folder / sha256).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            self._drop(self._folder / sha256)
            return None
        self._keep_here(sha256, content)
        return content

    def put(self, sha256: str, content: bytes) -> None:
        """Contents of another name are not taken."""
        if hashlib.sha256(content).hexdigest() != sha256 or len(content) > self._max_bytes:
            return
        self._keep_here(sha256, content)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, temporary = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).replace(self._folder / sha256)
            self._make_room()

    def _keep_here(self, sha256: str, content: bytes) -> None:
        self._here[sha256] = content
        while len(self._here) > 1 and sum(map(len, self._here.values())) > self._max_bytes:
            self._here.pop(next(name for name in self._here if name != sha256))

    def _make_room(self) -> None:
        files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        total = 0
        for path in files:
            total += path.stat().st_size
            if total > self._max_bytes:
                self._drop(path)

    def _drop(self, path: Path) -> None:
        with suppress(OSError):
            path.unlink()
