"""Damaged copies of real files, the same ones for the same seed: cut off, bytes flipped, pieces of other files put in."""

import base64
import io
import random
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from common.documents.detect import detect
from common.errors import FileRefused

_MOST_FLIPS = 64
_MOST_PIECE = 4096


@dataclass(frozen=True)
class Original:
    """`kind` is one of the reader's, or "docx part": such a file is damaged inside its zip, where checksums do not tell."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Mutant:
    original: Original
    how: str
    content: bytes


def originals(folder: Path) -> list[Original]:
    """Everything in `folder` that is a file we read, a DOCX also by its parts, HTML also as a web archive."""
    found: list[Original] = []
    for path in sorted(folder.iterdir()):
        content = path.read_bytes() if path.is_file() else b""
        try:
            kind = detect(content)
        except FileRefused:
            continue
        found.append(Original(path.name, kind, content))
        if kind == "docx":
            found.append(Original(path.name, "docx part", content))
        if kind == "html":
            found.append(Original(path.name, "mhtml", _archive(content)))
    return found


def mutant(files: Sequence[Original], *, seed: int, index: int) -> Mutant:
    """The `index`-th; kinds take turns, so that one RTF file counts as much as ten PDFs."""
    rng = random.Random(f"{seed}/{index}")
    kinds = sorted({file.kind for file in files})
    original = rng.choice([file for file in files if file.kind == kinds[index % len(kinds)]])
    how = rng.choice(("truncate", "flip", "splice"))
    other = rng.choice(files).content
    if original.kind == "docx part":
        return Mutant(original, how, _with_damaged_part(original.content, how, other, rng))
    return Mutant(original, how, _damaged(original.content, how, other, rng))


def _damaged(content: bytes, how: str, other: bytes, rng: random.Random) -> bytes:
    if how == "truncate":
        return content[: rng.randrange(len(content) + 1)]
    damaged = bytearray(content)
    if how == "flip":
        for _ in range(rng.randint(1, _MOST_FLIPS) if damaged else 0):
            damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
        return bytes(damaged)
    for _ in range(rng.randint(1, 4)):
        source = other if rng.random() < 0.5 else content
        start, place = rng.randrange(len(source) + 1), rng.randrange(len(damaged) + 1)
        piece = source[start : start + rng.randint(1, _MOST_PIECE)]
        replaced = rng.choice((0, len(piece), rng.randint(0, _MOST_PIECE)))
        damaged[place : place + replaced] = piece
    return bytes(damaged)


def _with_damaged_part(content: bytes, how: str, other: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as copy:
        names = package.namelist()
        chosen = "word/document.xml" if rng.random() < 0.6 and "word/document.xml" in names else rng.choice(names)
        for name in names:
            part = package.read(name)
            copy.writestr(name, _damaged(part, how, other, rng) if name == chosen else part)
    return out.getvalue()


def _archive(page: bytes) -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=edge\r\n\r\n--edge\r\nContent-Type: text/html\r\n"
    return head + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(page) + b"\r\n--edge--\r\n"
