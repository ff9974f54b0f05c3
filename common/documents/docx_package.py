"""The zip container of a Word file: which part is the document, and reading parts under real byte counters."""

import io
import posixpath
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from xml.parsers import expat

from common.documents.docx_names import has_usual_prefixes
from common.documents.limits import MAX_ZIP_ENTRIES, MAX_ZIP_PART_BYTES, MAX_ZIP_TOTAL_BYTES
from common.errors import FileDamaged, FileEncrypted, FileTooLarge, FileTypeUnsupported

_CHUNK = 64 * 1024
_RELATIONSHIPS_MAX_BYTES = 1024 * 1024

_BESIDE = re.compile(r"(.*)/(header|footer|footnotes|endnotes)\d*\.xml")


class WordPackage:
    """Nothing is written to disk, so entry names such as ../x are only names."""

    def __init__(self, content: bytes) -> None:
        """Raises FileDamaged, FileTooLarge (entries), FileTypeUnsupported for a zip that is not a Word file."""
        import zipfile  # a fifth of what importing the readers costs, and nothing that a PDF needs

        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _damage() as error:
            raise FileDamaged(reason="zip_unreadable") from error
        names = self._zip.namelist()
        if len(names) > MAX_ZIP_ENTRIES:
            raise FileTooLarge(entries=len(names), max_entries=MAX_ZIP_ENTRIES)
        self._names = set(names)
        self._read_bytes = 0
        self._relationships: dict[str, dict[str, str]] = {}
        self.main_part = self._find_main_part()

    def parts_in_reading_order(self) -> list[str]:
        """Headers, the document, then footers and notes."""
        folder = posixpath.dirname(self.main_part)
        beside: dict[str, list[str]] = {kind: [] for kind in ("header", "footer", "footnotes", "endnotes")}
        for name in sorted(self._names):
            found = _BESIDE.fullmatch(name)
            if found and found[1] == folder:
                beside[found[2]].append(name)
        return [*beside["header"], self.main_part, *beside["footer"], *beside["footnotes"], *beside["endnotes"]]

    def has(self, name: str) -> bool:
        return name in self._names

    def part_of(self, kind: str) -> str | None:
        """The part beside the document that is called `kind`, such as styles or numbering."""
        name = posixpath.join(posixpath.dirname(self.main_part), f"{kind}.xml")
        return name if name in self._names else None

    def relationships(self, part: str) -> dict[str, str]:
        """Id → target: the name of a part, or an address outside. Empty for a part without any."""
        if part not in self._relationships:
            self._relationships[part] = self._read_relationships(part)
        return self._relationships[part]

    def _read_relationships(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        listed = f"{folder}/_rels/{name}.rels"
        found: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("Relationship"):
                target = attributes.get("Target", "")
                outside = attributes.get("TargetMode") == "External"
                found[attributes.get("Id", "")] = target if outside else _inside(folder, target)

        if listed in self._names:
            parse_xml(self._small_part(listed), start=start)
        return found

    def content(self, name: str, *, max_bytes: int = MAX_ZIP_PART_BYTES) -> bytes:
        """A whole part, such as a picture. Raises FileTooLarge, FileDamaged, FileEncrypted."""
        chunks, size = [], 0
        for chunk in self.chunks(name):
            chunks.append(chunk)
            size += len(chunk)
            if size > max_bytes:
                raise FileTooLarge(reason="unpacked_size")
        return b"".join(chunks)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Raises FileTooLarge by bytes that really came out, FileDamaged, FileEncrypted."""
        size = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    size += len(chunk)
                    self._count(size, len(chunk))
                    yield chunk
        except _damage() as error:
            raise FileDamaged(reason="zip_part_unreadable") from error
        except RuntimeError as error:  # zipfile's way of saying that an entry has a password
            raise FileEncrypted() from error

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
        yield self.content(name, max_bytes=_RELATIONSHIPS_MAX_BYTES)


@cache
def _damage() -> tuple[type[Exception], ...]:
    """What zipfile raises for archives that are cut, forged, or packed in a way it does not know."""
    import zipfile

    own = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError)
    return (*own, EOFError, KeyError, OSError, ValueError, OverflowError)


def _inside(folder: str, target: str) -> str:
    """Targets are relative to their part's folder, or absolute in the package (ECMA-376 part 2, 9.3)."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def parse_xml(
    chunks: Iterator[bytes],
    *,
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    without: Callable[[bytes], bytes] | None = None,
) -> None:
    """Stream XML through expat; names come as docx_names says. Raises FileDamaged, also for any DOCTYPE.

    `without` leaves out of a chunk, as it is usually written, what the caller has no use for: whole elements, most of a Word
    file, which taken out before they are parsed cost a third. What two chunks share is parsed like anything else.

    No Office program writes a DOCTYPE; refusing it is what keeps entities, internal and external, from existing.
    """
    beginning = next(chunks, b"")
    usual = has_usual_prefixes(beginning)
    parser = expat.ParserCreate(namespace_separator=None if usual else " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _refuse_foreign_encoding
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for chunk in chain((beginning,), chunks):
            parser.Parse(without(chunk) if without and usual else chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding nobody has, or not for XML
        raise FileDamaged(reason="xml_unreadable") from error


def _refuse_doctype(*_: object) -> None:
    raise FileDamaged(reason="xml_with_doctype")


def _refuse_foreign_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    """Parts are UTF-8 or UTF-16 (ECMA-376 part 2, 10.1.2); expat would ask Python's codecs about any other name."""
    if encoding is not None and encoding.lower() not in ("utf-8", "utf-16", "us-ascii", "iso-8859-1"):
        raise FileDamaged(reason="xml_encoding")
