"""Is everything there that requests need?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from common.errors import MojianError


@dataclass(frozen=True)
class Health:
    """`dependencies` maps a name to ok or the code of what is wrong; `build` is what the package was made of."""

    status: str
    stage: str
    build: str
    dependencies: dict[str, str]


def check_health(probes: Mapping[str, Callable[[], object]], *, stage: str, build: str) -> Health:
    """Asks every dependency once; one that is down does not hide the others."""
    found = {name: _probe(probe) for name, probe in probes.items()}
    return Health("ok" if set(found.values()) <= {"ok"} else "degraded", stage, build, found)


def _probe(probe: Callable[[], object]) -> str:
    try:
        probe()
    except MojianError as error:
        return error.code
    return "ok"
