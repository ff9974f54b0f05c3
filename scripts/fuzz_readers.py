"""./scripts/fuzz doc|docx: mutate files where coverage grows; whatever a reader raises besides FileRefused is a finding.

One input may take 10 s and the process 1 GB. Starts from small files of our own making and from those in --corpus whose first
bytes fit the target; what turned out interesting stays in .local/fuzz for the next run.
"""

import argparse
import io
import random
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["common.documents", "olefile"]):
    import olefile

    from common.documents.read_doc import read_doc
    from common.documents.read_docx import read_docx

from common.errors import FileRefused
from scripts.benchmarks.writers.ole_file import ole_file
from scripts.fuzz_seeds import doc_seeds, docx_seeds

ROOM = Path(".local/fuzz")
LARGEST_BYTES = 512 * 1024
SECONDS_FOR_ONE, MEGABYTES = 10, 1024
CONTAINER_SHARE = 0.05  # of the changes, that may hit the container itself
Mutator = Callable[[bytes, int, int], bytes]


@dataclass(frozen=True)
class Target:
    """`magic`: how its files begin. `mutate` overrides the engine's own way of changing bytes."""

    read: Callable[[bytes], object]
    magic: bytes
    seeds: Callable[[], Iterable[bytes]]
    mutate: Mutator | None = None


def mutate_zip(content: bytes, max_size: int, seed: int) -> bytes:
    """Change one part and pack again: a changed archive would nearly always fail its checksums and test nothing behind."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {entry.filename: archive.read(entry)[:LARGEST_BYTES] for entry in archive.infolist()[:60]}
    except Exception:  # not an archive any more: let the engine do as it likes
        parts = {}
    chance = random.Random(seed)
    if not parts or chance.random() < CONTAINER_SHARE:
        return bytes(atheris.Mutate(content, max_size))
    _mutate_one(parts, chance, first="document")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return _within(out.getvalue(), content, max_size)


def mutate_ole(content: bytes, max_size: int, seed: int) -> bytes:
    """Change one stream and pack again, so that not every second change only breaks a chain of sectors."""
    streams: dict[str, bytes] = {}
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            names = [name for name in ("WordDocument", "0Table", "1Table", "Data") if container.exists(name)]
            streams = {name: container.openstream(name).read()[:LARGEST_BYTES] for name in names}
    except Exception:  # not a container any more: let the engine do as it likes
        streams = {}
    chance = random.Random(seed)
    if not streams or chance.random() < CONTAINER_SHARE:
        return bytes(atheris.Mutate(content, max_size))
    _mutate_one(streams, chance, first="Table")
    return _within(ole_file(streams), content, max_size)


def _within(mutated: bytes, content: bytes, max_size: int) -> bytes:
    """The engine takes nothing larger than it asked for."""
    return mutated if len(mutated) <= max_size else content[:max_size]


def _mutate_one(parts: dict[str, bytes], chance: random.Random, *, first: str) -> None:
    """Mostly the part that matters most: the one with `first` in its name."""
    order = sorted(parts, key=lambda part: (first not in part, part))
    name = chance.choice(order[: chance.choice((1, 4, 60))])
    parts[name] = bytes(atheris.Mutate(parts[name], LARGEST_BYTES))


TARGETS = {
    "doc": Target(read_doc, b"\xd0\xcf\x11\xe0", doc_seeds, mutate_ole),
    "docx": Target(read_docx, b"PK\x03\x04", docx_seeds, mutate_zip),
}


def try_to_read(target: Target, content: bytes) -> None:
    try:
        target.read(content)
    except FileRefused:
        return


def corpus_of(name: str, target: Target, given: Path | None) -> Path:
    """The working directory, with the seeds and the fitting files of `given` in it."""
    folder = ROOM / name / "corpus"
    folder.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds():
        (folder / sha256(seed).hexdigest()).write_bytes(seed)
    for file in sorted(given.rglob("*")) if given else []:
        if file.is_file() and file.stat().st_size <= LARGEST_BYTES and file.read_bytes().startswith(target.magic):
            shutil.copyfile(file, folder / sha256(file.read_bytes()).hexdigest())
    return folder


def main() -> None:
    arguments = argparse.ArgumentParser(prog="./scripts/fuzz", description=__doc__)
    arguments.add_argument("target", choices=sorted(TARGETS))
    arguments.add_argument("--seconds", type=int, default=60)
    arguments.add_argument("--corpus", type=Path, help="a directory of files to start from")
    given = arguments.parse_args()
    target = TARGETS[given.target]
    folder = corpus_of(given.target, target, given.corpus)
    found = ROOM / given.target / "found"
    found.mkdir(exist_ok=True)
    options = (
        f"-max_total_time={given.seconds}",
        f"-max_len={LARGEST_BYTES}",
        f"-timeout={SECONDS_FOR_ONE}",
        f"-rss_limit_mb={MEGABYTES}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
    )
    more = {"custom_mutator": target.mutate} if target.mutate else {}
    atheris.Setup([sys.argv[0], *options, str(folder)], lambda content: try_to_read(target, content), **more)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
