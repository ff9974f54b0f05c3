"""A zip that says nothing of when, where or in which order it was made: the same files give the same bytes."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

#: The oldest moment that a zip can name.
MOMENT = (1980, 1, 1, 0, 0, 0)

#: Started by the platform, so it has to be executable.
EXECUTABLE = ("scf_bootstrap",)

_UNIX = 3
_FILE = 0o100000


@dataclass(frozen=True)
class Archive:
    """`unpacked_bytes` is what counts against the platform's limit."""

    content: bytes
    unpacked_bytes: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def pack(files: Mapping[str, bytes]) -> Archive:
    """`files` by path, sorted, with fixed times and modes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, MOMENT)
            entry.create_system = _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (_FILE | (0o755 if path in EXECUTABLE else 0o644)) << 16
            archive.writestr(entry, files[path])
    return Archive(buffer.getvalue(), sum(map(len, files.values())))
