"""The locked wheels of a runtime on disk: downloaded once, checked against their hashes, kept under build/wheels."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from packaging.utils import canonicalize_name

from scripts.packages.errors import BuildFailed
from scripts.packages.locked import Locked
from scripts.packages.runtimes import Runtime

#: Published as source only, so their wheel is built here, by the pinned tools below. What they compile is for this machine and is
#: left out: each runs as plain Python, too. crcmod: asked only where an ETag is no MD5 (common/vendors/cos/integrity.py).
FROM_SOURCE = frozenset({"crcmod"})
BUILD_TOOLS = ("setuptools==80.9.0", "wheel==0.45.1")

_TOLD_LINES = 6


def fetch(locked: Iterable[Locked], runtime: Runtime, cache: Path) -> dict[str, Path]:
    """Canonical name → wheel, for all of `locked`. Needs a package index only for what is not in `cache`. Raises BuildFailed."""
    wanted = sorted(locked, key=lambda one: one.name)
    folder = kept_in(wanted, runtime, cache)
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as aside:
            _fill(Path(aside, "wheels"), wanted, runtime)
            Path(aside, "wheels").replace(folder)
    found = {str(canonicalize_name(path.name.partition("-")[0])): path for path in sorted(folder.glob("*.whl"))}
    if missing := sorted({one.name for one in wanted} - set(found)):
        raise BuildFailed(f"{folder}: no wheel of {', '.join(missing)}: remove the folder and build again")
    return found


def kept_in(wanted: Sequence[Locked], runtime: Runtime, cache: Path) -> Path:
    """The folder under `cache` for exactly these pins."""
    lines = [runtime.name, *BUILD_TOOLS, *(one.line() for one in wanted)]
    return cache / f"{runtime.name}-{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"


def _fill(folder: Path, wanted: Sequence[Locked], runtime: Runtime) -> None:
    folder.mkdir()
    wheels = [one for one in wanted if one.name not in FROM_SOURCE]
    sources = [one for one in wanted if one.name in FROM_SOURCE]
    if wheels:
        _pip("download", wheels, folder, "--dest", "--only-binary", ":all:", *runtime.pip_options())
    if sources:
        with tempfile.NamedTemporaryFile("w", suffix=".txt", dir=folder.parent) as tools:
            tools.write("\n".join(BUILD_TOOLS))
            tools.flush()
            _pip("wheel", sources, folder, "--wheel-dir", "--no-binary", ":all:", constraint=tools.name)


def _pip(verb: str, wanted: Sequence[Locked], folder: Path, into: str, *options: str, constraint: str = "") -> None:
    """`constraint` binds the tools that build a wheel, too."""
    listing = folder.with_name("requirements.txt")
    listing.write_text("\n".join(one.line() for one in wanted), "utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        verb,
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
    ]
    environment = {
        **os.environ,
        "SOURCE_DATE_EPOCH": "315532800",
        **({"PIP_CONSTRAINT": constraint} if constraint else {}),
    }
    run = subprocess.run(
        [*command, *options, "-r", str(listing), into, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        told = [line for line in (run.stderr or run.stdout).splitlines() if line.startswith("ERROR")]
        raise BuildFailed("\n".join([f"pip {verb} failed", *told[-_TOLD_LINES:]]))
