"""What a layer puts into /opt: the installed packages it names, everything those need, and its own folders.

A layer folder holds requirements.txt (distribution names, one a line) and include.txt (folders of the project, one a
line, each landing in /opt under its last name); leave_out.txt names what is asked for and not needed. Versions are those of the
running environment.

An include.txt beside the functions' folders names what every function's own package holds; deployed, that is in /var/user.
Here it is kept with the layers, which are on the same import path and made once, so that a cold start copies one file.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class LayerIncomplete(Exception):
    """A layer names something that is not here; the text says what, and which line asked for it."""


@dataclass(frozen=True)
class LayerFile:
    """One file of /opt. `identity` changes when its content does; `editable` is source code somebody is working on."""

    origin: Path
    identity: str
    editable: bool = False


def merged_files(layers: tuple[Path, ...]) -> dict[str, LayerFile]:
    """Every file of /opt by its path there. Layers are laid over each other in binding order: the last one wins."""
    merged: dict[str, LayerFile] = {}
    for layer in layers:
        merged |= layer_files(layer)
    return merged


def layer_files(layer: Path) -> dict[str, LayerFile]:
    """What one layer folder (`<project>/layers/<name>`) puts into /opt, by path there. Raises LayerIncomplete."""
    project = layer.parent.parent
    files: dict[str, LayerFile] = {}
    for name in sorted(distribution_closure(layer)):
        files |= _distribution_files(name)
    for line, folder in _lines(layer / "include.txt"):
        files |= _included_files(project / folder, asked_by=f"layers/{layer.name}/include.txt:{line}")
    return files


def files_of_every_function(functions: Path) -> dict[str, LayerFile]:
    """What `<project>/functions/include.txt` adds to each function, by path. Raises LayerIncomplete."""
    files: dict[str, LayerFile] = {}
    for line, folder in _lines(functions / "include.txt"):
        files |= _included_files(functions.parent / folder, asked_by=f"{functions.name}/include.txt:{line}")
    return files


def distribution_closure(layer: Path) -> set[str]:
    """Canonical names of the distributions in requirements.txt and of all they require here. Raises LayerIncomplete."""
    left_out = {canonicalize_name(text) for _, text in _lines(layer / "leave_out.txt")}
    found: set[tuple[str, str]] = set()
    waiting = [
        (Requirement(text), f"layers/{layer.name}/requirements.txt:{line}")
        for line, text in _lines(layer / "requirements.txt")
    ]
    while waiting:
        requirement, asked_by = waiting.pop()
        if canonicalize_name(requirement.name) in left_out:
            continue
        for extra in ("", *requirement.extras):
            entry = (canonicalize_name(requirement.name), extra)
            if entry not in found:
                found.add(entry)
                waiting += [(needed, f"{asked_by}, {requirement.name}") for needed in _needs(*entry, asked_by)]
    return {name for name, _ in found}


def _needs(name: str, extra: str, asked_by: str) -> list[Requirement]:
    try:
        required = _requirements(name)
    except metadata.PackageNotFoundError as error:
        raise LayerIncomplete(f"{asked_by}: {name} is not installed in this environment") from error
    return [needed for needed in required if needed.marker is None or needed.marker.evaluate({"extra": extra})]


# Both are kept for the life of the process: what is installed does not change under a running emulator.
@cache
def _requirements(name: str) -> tuple[Requirement, ...]:
    return tuple(Requirement(text) for text in metadata.requires(name) or ())


@cache
def _distribution_files(name: str) -> dict[str, LayerFile]:
    distribution = metadata.distribution(name)
    listing = distribution.read_text("RECORD")
    if listing is None:
        raise LayerIncomplete(f"{name} was installed without a RECORD: remove .venv and let the scripts make it anew")
    record = hashlib.sha256(listing.encode()).hexdigest()
    files: dict[str, LayerFile] = {}
    for entry in distribution.files or []:
        if ".." in entry.parts or "__pycache__" in entry.parts:
            continue
        origin = Path(str(distribution.locate_file(entry)))
        for target, source in _with_bytecode(PurePosixPath(entry), origin):
            files[str(target)] = LayerFile(source, identity=f"{record}:{source}")
    return files


def _with_bytecode(target: PurePosixPath, origin: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    """The file, and its compiled form when the installer left one: or every cold start would compile it."""
    yield target, origin
    if origin.suffix == ".py":
        compiled = Path(importlib.util.cache_from_source(str(origin)))
        if compiled.is_file():
            yield target.parent / "__pycache__" / compiled.name, compiled


def _included_files(folder: Path, asked_by: str) -> dict[str, LayerFile]:
    if not folder.is_dir():
        raise LayerIncomplete(f"{asked_by}: there is no folder {folder.name} at that place in the project")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(PurePosixPath(folder.name, *path.relative_to(folder).parts)): _included_file(path) for path in paths}


def _included_file(path: Path) -> LayerFile:
    """Assets (fonts: megabytes) are told apart by path, time and size, source code by its content."""
    if path.suffix == ".py":
        return LayerFile(path, hashlib.sha256(path.read_bytes()).hexdigest(), editable=True)
    found = path.stat()
    return LayerFile(path, f"{path}:{found.st_mtime_ns}:{found.st_size}")


def _lines(listing: Path) -> list[tuple[int, str]]:
    """The lines that say something, numbered from 1; a missing file says nothing."""
    if not listing.is_file():
        return []
    lines = [line.partition("#")[0].strip() for line in listing.read_text(encoding="utf-8").splitlines()]
    return [(number, line) for number, line in enumerate(lines, start=1) if line]
