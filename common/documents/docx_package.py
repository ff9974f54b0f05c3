"""The zip container of a Word file: which part is the document, and reading parts under real byte counters."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from common.documents.limits import MAX_ZIP_ENTRIES, MAX_ZIP_PART_BYTES, MAX_ZIP_TOTAL_BYTES
from common.errors import FileDamaged, FileEncrypted, FileTooLarge, FileTypeUnsupported

_CHUNK = 64 * 1024
_RELATIONSHIPS_MAX_BYTES = 1024 * 1024


class WordPackage:
    """Nothing is written to disk, so entry names such as ../x are only names."""

    def __init__(self, content: bytes) -> None:
        """Raises FileDamaged, FileTooLarge (entries), FileTypeUnsupported for a zip that is not a Word file."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise FileDamaged(reason="zip_unreadable") from error
        names = self._zip.namelist()
        if len(names) > MAX_ZIP_ENTRIES:
            raise FileTooLarge(entries=len(names), max_entries=MAX_ZIP_ENTRIES)
        self._names = set(names)
        self._read_bytes = 0
        self.main_part = self._find_main_part()

    def parts_in_reading_order(self) -> list[str]:
        """Headers, the document, then footers and notes."""
        folder = posixpath.dirname(self.main_part)
        found = {
            kind: sorted(name for name in self._names if re.fullmatch(rf"{re.escape(folder)}/{kind}\d*\.xml", name))
            for kind in ("header", "footer", "footnotes", "endnotes")
        }
        return [*found["header"], self.main_part, *found["footer"], *found["footnotes"], *found["endnotes"]]

    def chunks(self, name: str) -> Iterator[bytes]:
        """Raises FileTooLarge by bytes that really came out, FileDamaged, FileEncrypted."""
        size = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    self._count(size, len(chunk))
                    yield chunk
        except RuntimeError as error:  # zipfile's way of saying that an entry has a password
            raise FileEncrypted() from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError, ValueError) as error:
            raise FileDamaged(reason="zip_part_unreadable") from error

    def _count(self, part_bytes: int, new_bytes: int) -> None:
        self._read_bytes += new_bytes
        if part_bytes > MAX_ZIP_PART_BYTES or self._read_bytes > MAX_ZIP_TOTAL_BYTES:
            raise FileTooLarge(reason="unpacked_size")

    def _find_main_part(self) -> str:
        """The target of the officeDocument relationship (ECMA-376 part 2, 9.3), when it is a Word part that exists."""
        target = self._office_document() if "_rels/.rels" in self._names else None
        name = (target or "word/document.xml").lstrip("/")
        if name not in self._names or "word" not in posixpath.dirname(name):
            raise FileTypeUnsupported(reason="zip_without_word_document")
        return name

    def _office_document(self) -> str | None:
        targets: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("Relationship") and attributes.get("Type", "").endswith("/officeDocument"):
                targets.append(attributes.get("Target", ""))

        parse_xml(self._small_part("_rels/.rels"), start=start)
        return targets[0] if targets else None

    def _small_part(self, name: str) -> Iterator[bytes]:
        size = 0
        for chunk in self.chunks(name):
            size += len(chunk)
            if size > _RELATIONSHIPS_MAX_BYTES:
                raise FileTooLarge(reason="unpacked_size")
            yield chunk


def parse_xml(
    chunks: Iterator[bytes],
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Stream XML through expat; names come as "namespace local". Raises FileDamaged, also for any DOCTYPE.

    No Office program writes a DOCTYPE; refusing it is what keeps entities, internal and external, from existing.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding nobody has, or not for XML
        raise FileDamaged(reason="xml_unreadable") from error


def _refuse_doctype(*_: object) -> None:
    raise FileDamaged(reason="xml_with_doctype")
