"""The OLE2 container of a Word file: its streams, read once and bounded by the file; what is not Word is refused here."""

import io
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from common.errors import FileDamaged, FileEncrypted, FileTypeUnsupported

_MAIN = "WordDocument"
# MS-CFB 2.2: sectors of 512 or 4096 bytes, mini sectors of 64, as powers of two.
_SECTOR_SHIFTS = (struct.pack("<HH", 9, 6), struct.pack("<HH", 12, 6))


@dataclass(frozen=True)
class WordStreams:
    """`main` is the stream WordDocument; `stream` reads another one when it is needed, empty when there is none."""

    main: bytes
    stream: Callable[[str], bytes]

    def blobs(self) -> bytes:
        """Pictures, and properties too long for their page."""
        return self.stream("Data")


def open_streams(content: bytes) -> WordStreams:
    """Raises FileDamaged, FileEncrypted (a DOCX inside an encryption container), FileTypeUnsupported (no Word inside)."""
    import olefile

    if content[30:34] not in _SECTOR_SHIFTS:
        raise FileDamaged(reason="ole_header")
    with _damage_named():
        sector_bytes = 1 << content[30]
        whole = content + bytes(-len(content) % sector_bytes)  # WPS leaves the last sector unfinished
        container = olefile.OleFileIO(io.BytesIO(whole))
        if container.exists("EncryptedPackage"):
            raise FileEncrypted
        if container.get_type(_MAIN) != olefile.STGTY_STREAM:
            raise FileTypeUnsupported(reason="ole_without_word_document")
        return WordStreams(_read(container, _MAIN), cache(partial(_read, container)))


def _read(container: Any, name: str) -> bytes:
    with _damage_named():
        return bytes(container.openstream(name).read()) if container.exists(name) else b""


@contextmanager
def _damage_named() -> Iterator[None]:
    """What olefile raises for files that are not what they claim."""
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error) as error:
        raise FileDamaged(reason="ole_unreadable") from error
    except (OverflowError, MemoryError, RecursionError) as error:  # a directory that is one long chain, absurd sizes
        raise FileDamaged(reason="ole_structure") from error
