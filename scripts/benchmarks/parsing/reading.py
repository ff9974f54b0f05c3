"""One document read by the product's own readers and rules, with the lines it was read from."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from common.documents.local_ocr import LocalOcr
from common.documents.reader import FileReader
from common.domain.parsing.source import OcrItem
from common.domain.parsing.structure import structure
from common.errors import MojianError
from common.services.parsing import read_lines
from common.services.ports import Ocr
from scripts.ocr_extra import install_ocr

REMEMBERED = Path("build/benchmark/ocr")


@dataclass(frozen=True)
class Reading:
    """`resume` in its outer shape, {} when the file was refused with the code `error`; `lines` it was read from.

    `addresses` are the targets of the document's links.
    """

    path: Path
    resume: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    error: str = ""

    @property
    def source(self) -> list[str]:
        """All that the document says, what stands behind its links too."""
        return [*self.lines, *self.addresses]


class RememberingOcr:
    """The local engine; what it read is kept in build/, so that a second run over the same pages takes no time."""

    def __init__(self, engine: Ocr, folder: Path = REMEMBERED) -> None:
        self._engine = engine
        self._folder = folder

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:
        """Raises OcrUnavailable, VendorRejected."""
        kept = self._folder / f"{hashlib.sha256(image).hexdigest()[:32]}.json"
        if kept.exists():
            return [_item(fields) for fields in json.loads(kept.read_text("utf-8"))]
        items = self._engine.recognise(image, media_type=media_type)
        self._folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps([asdict(item) for item in items], ensure_ascii=False), "utf-8")
        return items


def _item(fields: dict[str, Any]) -> OcrItem:
    return OcrItem(**{name: _with_tuples(value) for name, value in fields.items()})


def _with_tuples(value: Any) -> Any:
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


class NoOcr:
    """Finds nothing: for runs that leave pictures out."""

    def recognise(self, image: bytes, *, media_type: str) -> list[OcrItem]:  # noqa: ARG002 - the port's shape
        return []


def readings(paths: list[Path], *, ocr: bool) -> Iterator[Reading]:
    """In order, one at a time. The OCR engine is installed when it is wanted and missing (about 400 MB, once)."""
    if ocr and importlib.util.find_spec("rapidocr") is None:
        print("installing the local OCR engine; --no-ocr leaves out what only it can read", file=sys.stderr)
        install_ocr()
    engine: Ocr = RememberingOcr(LocalOcr()) if ocr else NoOcr()
    for path in paths:
        yield read(path, engine)


def read(path: Path, ocr: Ocr) -> Reading:
    """Rules alone, in this process. Never raises: a refusal has its code in `error`, a crash "crash: …"."""
    try:
        document = FileReader().read(path.read_bytes(), filename=path.name)
        lines = read_lines(document, ocr)
        addresses = [address for line in lines for address in line.links]
        return Reading(path, structure(lines).as_json_resume(), [line.text for line in lines], addresses)
    except MojianError as error:
        return Reading(path, error=error.code)
    except Exception as error:  # a benchmark reports what broke and goes on
        return Reading(path, error=f"crash: {type(error).__name__}: {error}")
