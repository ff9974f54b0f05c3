"""What ./scripts/build made: zip files of layers and functions, with their hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.deployment.errors import DeployError

LIST = Path("build/packages/manifest.json")
MOST_ZIP_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Package:
    path: Path
    sha256: str
    size_bytes: int

    def content(self) -> bytes:
        """Raises DeployError when it is not what the list says."""
        content = self.path.read_bytes()
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise DeployError(f"{self.path} is not what {LIST} says: run ./scripts/build")
        return content


@dataclass(frozen=True)
class Packages:
    """By the names of layers/<name> and functions/<name>."""

    runtime: str
    layers: Mapping[str, Package]
    functions: Mapping[str, Package]


def read_packages(project: Path, build: Callable[[], None]) -> Packages:
    """Calls `build` when nothing has been built yet. Raises DeployError."""
    if not (project / LIST).exists():
        build()
    try:
        listed = json.loads((project / LIST).read_text("utf-8"))
        found = {
            kind: {one["name"]: _package(project, one) for one in listed[kind]} for kind in ("layers", "functions")
        }
        return Packages(str(listed["runtime"]), found["layers"], found["functions"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DeployError(f"{LIST} cannot be used ({type(error).__name__}: {error}): run ./scripts/build") from error


def _package(project: Path, listed: Mapping[str, Any]) -> Package:
    package = Package(project / str(listed["path"]), str(listed["sha256"]), int(listed["size_bytes"]))
    if not package.path.is_file():
        raise DeployError(f"{listed['path']} of {LIST} is not there: run ./scripts/build")
    return package
