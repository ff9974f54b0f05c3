"""What of a wheel is deployed, and where it lands: at the zip's root, licences kept, what only developers read left out."""

import re
import zipfile
from collections.abc import Iterator
from email.parser import HeaderParser
from functools import cache
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement

from scripts.packages.errors import BuildFailed

#: Folders nobody imports outside a test run. A package whose own code needs one of its own is in KEPT.
TESTS = frozenset({"test", "tests", "testing", "SelfTest"})

#: Stubs, type markers, sources of what is already compiled, and what an installer would want.
_NOT_RUN = frozenset(
    {
        ".pyi",
        ".typed",
        ".pyx",
        ".pxd",
        ".pxi",
        ".c",
        ".h",
        ".cc",
        ".cpp",
        ".hpp",
        ".rs",
        ".pyc",
        ".pyo",
        ".pth",
        ".whl",
        ".lib",
    }
)

#: Of a distribution's own records: what importlib.metadata reads to tell a version, and the terms it comes under.
_TERMS = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_RECORDS = ".dist-info"
_DATA = ".data"


def wheel_files(wheel: Path, *, with_extensions: bool = True) -> dict[str, bytes]:
    """Path at the zip's root → content. `with_extensions=False` leaves out what was compiled on this machine."""
    with zipfile.ZipFile(wheel) as archive:
        found = {}
        for entry in archive.infolist():
            target = None if entry.is_dir() else deployed_path(PurePosixPath(entry.filename))
            if target is not None and (with_extensions or target.suffix != ".so"):
                found[str(target)] = archive.read(entry)
    if not found:
        raise BuildFailed(f"{wheel.name}: nothing in it would be deployed")
    return found


def deployed_path(path: PurePosixPath) -> PurePosixPath | None:
    """Where a wheel's file lands, or None. `<name>.data/purelib` is the root too; scripts and headers are nobody's."""
    first = path.parts[0]
    if first.endswith(_DATA):
        return deployed_path(PurePosixPath(*path.parts[2:])) if path.parts[1] in ("purelib", "platlib") else None
    if first.endswith(_RECORDS):
        return path if path.name == "METADATA" or _TERMS.search(str(PurePosixPath(*path.parts[1:]))) else None
    if path.suffix in _NOT_RUN and not _TERMS.search(path.name):
        return None
    return None if TESTS & set(path.parts[1:-1]) or "__pycache__" in path.parts else path


@cache
def requirements_of(wheel: Path) -> tuple[Requirement, ...]:
    """Its Requires-Dist lines."""
    with zipfile.ZipFile(wheel) as archive:
        listing = next(name for name in archive.namelist() if _is_metadata(name))
        headers = HeaderParser().parsestr(archive.read(listing).decode("utf-8"))
    return tuple(Requirement(line) for line in headers.get_all("Requires-Dist") or ())


def _is_metadata(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return len(parts) == 2 and parts[0].endswith(_RECORDS) and parts[1] == "METADATA"


def folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """A folder of the project under its last name, without bytecode."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix not in (".pyc", ".pyo"):
            yield str(PurePosixPath(folder.name, *path.relative_to(folder).parts)), path.read_bytes()
