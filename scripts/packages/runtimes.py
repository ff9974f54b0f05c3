"""A runtime of the platform: what its Python is called, which wheels fit it, and where on this machine its interpreter is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scripts.packages.errors import BuildFailed

#: The system under Python 3.10 and newer has glibc 2.28 on x86-64.
NEWEST_GLIBC = (2, 28)
ARCHITECTURE = "x86_64"

_OLDEST_GLIBC = (2, 5)
_LEGACY = {(2, 5): "manylinux1", (2, 12): "manylinux2010", (2, 17): "manylinux2014"}
_VERSIONS = ("3.10", "3.11", "3.12", "3.13")
_PROBE = "import sys; print('%d.%d' % sys.version_info[:2], sys.implementation.cache_tag)"


@dataclass(frozen=True)
class Runtime:
    """`version` is like 3.10."""

    version: str

    @staticmethod
    def named(name: str) -> "Runtime":
        """By the platform's name (`Python3.10`) or by version. Raises BuildFailed."""
        version = name.lower().removeprefix("python")
        if version not in _VERSIONS:
            known = ", ".join(f"Python{one}" for one in _VERSIONS)
            raise BuildFailed(f"no runtime {name}; there are: {known}")
        return Runtime(version)

    @property
    def name(self) -> str:
        return f"Python{self.version}"

    @property
    def tag(self) -> str:
        """As wheels write it: cp310."""
        return f"cp{self.version.replace('.', '')}"

    @property
    def cache_tag(self) -> str:
        """As bytecode files write it: cpython-310."""
        return f"cpython-{self.version.replace('.', '')}"

    @property
    def platform_interpreter(self) -> str:
        """Where web functions find it in the cloud."""
        return f"/var/lang/python{self.version.replace('.', '')}/bin/python{self.version}"

    @property
    def markers(self) -> dict[str, str]:
        """The environment in which requirements' markers are judged."""
        return {
            "python_version": self.version,
            "python_full_version": f"{self.version}.0",
            "implementation_name": "cpython",
            "implementation_version": f"{self.version}.0",
            "platform_python_implementation": "CPython",
            "platform_machine": ARCHITECTURE,
            "platform_system": "Linux",
            "sys_platform": "linux",
            "os_name": "posix",
            "platform_release": "",
            "platform_version": "",
            "extra": "",
        }

    def pip_options(self) -> list[str]:
        """What makes pip choose wheels for the runtime instead of for this machine."""
        abis = [self.tag, "abi3", "none"]
        options = ["--python-version", self.version, "--implementation", "cp"]
        options += [part for abi in abis for part in ("--abi", abi)]
        return options + [part for platform in _platforms() for part in ("--platform", platform)]


def _platforms() -> Iterator[str]:
    major, newest = NEWEST_GLIBC
    for minor in range(newest, _OLDEST_GLIBC[1] - 1, -1):
        yield f"manylinux_{major}_{minor}_{ARCHITECTURE}"
        if (major, minor) in _LEGACY:
            yield f"{_LEGACY[major, minor]}_{ARCHITECTURE}"


@cache
def interpreter(runtime: Runtime) -> Path | None:
    """An interpreter of exactly that version on this machine; MOJIAN_PYTHON and PATH first, then where pyenv and uv keep them."""
    return next((path for path in _candidates(runtime.version) if _is_one(path, runtime)), None)


def _candidates(version: str) -> Iterator[Path]:
    for name in (os.environ.get("MOJIAN_PYTHON"), sys.executable, f"python{version}"):
        if name and (found := shutil.which(name)):
            yield Path(found)
    kept = (
        Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions"),
        Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python")),
    )
    for folder in kept:
        yield from sorted(folder.glob(f"*{version}*/bin/python{version}"), reverse=True)


def _is_one(path: Path, runtime: Runtime) -> bool:
    try:
        told = subprocess.run([path, "-I", "-S", "-c", _PROBE], capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.stdout.split() == [runtime.version, runtime.cache_tag]
