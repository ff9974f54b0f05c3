"""requirements.txt, for one runtime: which distribution in which version, and the hashes its files may have."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.packages.errors import BuildFailed
from scripts.packages.runtimes import Runtime

_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True)
class Locked:
    """One pinned distribution. `name` is canonical."""

    name: str
    version: str
    hashes: tuple[str, ...]

    def line(self) -> str:
        """As pip takes it in --require-hashes mode."""
        return " ".join([f"{self.name}=={self.version}", *(f"--hash={one}" for one in self.hashes)])


def read_locked(file: Path, runtime: Runtime) -> dict[str, Locked]:
    """Name → the one pin whose marker holds on `runtime`. Raises BuildFailed for a line that pins nothing."""
    found: dict[str, Locked] = {}
    for line in file.read_text("utf-8").replace("\\\n", " ").splitlines():
        text = line.partition(" --hash")[0].partition("#")[0].strip()
        if not text:
            continue
        requirement = Requirement(text)
        pins = [one.version for one in requirement.specifier if one.operator == "=="]
        hashes = tuple(_HASH.findall(line))
        if len(pins) != 1 or not hashes:
            raise BuildFailed(f"{file}: {requirement.name} is not pinned with hashes: run ./scripts/lock")
        if requirement.marker is None or requirement.marker.evaluate(runtime.markers):
            name = str(canonicalize_name(requirement.name))
            found[name] = Locked(name, pins[0], hashes)
    return found
