"""The OLE2 container of a Word file: its streams, read once and bounded by the file; what is not Word is refused here."""

import io
import struct
from dataclasses import dataclass
from typing import Any

from common.errors import FileDamaged, FileEncrypted, FileTypeUnsupported

_MAIN = "WordDocument"
_SECTOR_SHIFTS = (9, 12)  # MS-CFB 2.2: sectors of 512 or 4096 bytes, mini sectors of 64
_MINI_SECTOR_SHIFT = 6


@dataclass(frozen=True)
class WordStreams:
    """`tables` holds those of 0Table and 1Table that exist; `blobs` (the stream "Data") pictures and overlong properties."""

    main: bytes
    tables: dict[str, bytes]
    blobs: bytes


def open_streams(content: bytes) -> WordStreams:
    """Raises FileDamaged, FileEncrypted (a DOCX inside an encryption container), FileTypeUnsupported (no Word inside)."""
    import olefile

    if struct.unpack_from("<HH", content.ljust(512, b"\0"), 30) not in [
        (s, _MINI_SECTOR_SHIFT) for s in _SECTOR_SHIFTS
    ]:
        raise FileDamaged(reason="ole_header")
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            return _word_streams(container)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise FileDamaged(reason="ole_unreadable") from error
    except (OverflowError, MemoryError, RecursionError) as error:  # a directory that is one long chain, absurd sizes
        raise FileDamaged(reason="ole_structure") from error


def _word_streams(container: Any) -> WordStreams:
    if container.exists("EncryptedPackage"):
        raise FileEncrypted
    if container.get_type(_MAIN) != 2:  # a stream, not a storage
        raise FileTypeUnsupported(reason="ole_without_word_document")

    def stream(name: str) -> bytes:
        return bytes(container.openstream(name).read())

    names = {entry[0] for entry in container.listdir()}
    return WordStreams(
        main=stream(_MAIN),
        tables={name: stream(name) for name in ("0Table", "1Table") if name in names},
        blobs=stream("Data") if "Data" in names else b"",
    )
