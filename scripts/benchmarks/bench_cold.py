"""Cold starts from the built packages: every function, with and without bytecode, and two beside a FastAPI service.

Milliseconds of the processor from the start of the process to its first answer, medians, all candidates in turns. Build first:
./scripts/build. The fakes, Redis and a SQLite file stand in for everything outside.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scripts.benchmarks.cold.events import WHOLE, first_event, first_route
from scripts.benchmarks.cold.peers import peer_packages
from scripts.benchmarks.cold.starting import ColdStart, start_event_function, start_web_function
from scripts.benchmarks.cold.world import World, world
from scripts.benchmarks.figures import Figure
from scripts.packages.runtimes import Runtime, interpreter
from scripts.packages.unpacking import Unpacked, Unpacker

MOST_OF_PEER = 0.6
MANIFEST = Path("build/packages/manifest.json")

Start = Callable[[], ColdStart]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repeats", type=int, default=9, help="cold starts of every candidate; a third of it without bytecode"
    )
    parser.add_argument("--only", nargs="+", help="these functions")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    manifest = _manifest()
    runtime = Runtime.named(manifest["runtime"])
    python = interpreter(runtime)
    if python is None:
        print(f"cold: no Python {runtime.version} on this machine: nothing was started", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as scratch, world(Path(scratch, "world")) as here:
        bench = _Bench(here, Unpacker(manifest, Path(scratch, "packages")), python, Path(scratch, "tmp"))
        chosen = arguments.only or bench.unpacker.functions
        with peer_packages(runtime, python, Path(scratch, "peer")) as peers:
            yield from bench.beside_peers({name: peers[name] for name in chosen if name in peers}, arguments.repeats)
        yield from bench.alone([name for name in chosen if name not in WHOLE], arguments.repeats)


def _manifest() -> dict[str, Any]:
    if not MANIFEST.exists():
        raise SystemExit(f"cold: there is no {MANIFEST}: run ./scripts/build first")
    found: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    return found


class _Bench:
    def __init__(self, here: World, unpacker: Unpacker, python: Path, tmp: Path) -> None:
        self.unpacker = unpacker
        self._world, self._python, self._tmp = here, python, tmp
        tmp.mkdir()

    def beside_peers(self, peers: Mapping[str, Unpacked], repeats: int) -> Iterator[Figure]:
        for name, peer in peers.items():
            own = self.unpacker.unpack(name)
            found = _in_turns({"own": self._start(name, own), "peer": self._start(name, peer)}, repeats)
            if refused := [one for starts in found.values() for one in starts if (one.status or 500) >= 400]:
                raise SystemExit(f"cold: {name} or its peer answered {refused[0].status}: there is nothing to compare")
            bare = self._median(name, _without_bytecode(own), repeats)
            bare_peer = self._median(name, _without_bytecode(peer), repeats)
            value, other = (_milliseconds(found[which]) for which in ("own", "peer"))
            note = (
                f"{_note(found['own'])}; peer {_note(found['peer'])}; without bytecode {bare:.0f}, peer {bare_peer:.0f}"
            )
            yield Figure(name, value, "ms", peer="FastAPI", peer_value=other, at_most=MOST_OF_PEER, note=note)

    def alone(self, names: list[str], repeats: int) -> Iterator[Figure]:
        for name in names:
            own = self.unpacker.unpack(name)
            found = _in_turns({"own": self._start(name, own)}, repeats)["own"]
            bare = self._median(name, _without_bytecode(own), repeats)
            yield Figure(name, _milliseconds(found), "ms", note=f"{_note(found)}; without bytecode {bare:.0f}")

    def _median(self, name: str, package: Unpacked, repeats: int) -> float:
        return _milliseconds(_in_turns({"": self._start(name, package)}, max(3, repeats // 3))[""])

    def _start(self, name: str, package: Unpacked) -> Start:
        spec = self._world.functions[name]

        def start() -> ColdStart:
            self._world.fresh()
            environment = self._world.environment(name, package, self._tmp)
            if spec.type == "web":
                method, path = first_route(name)
                return start_web_function(
                    self._python, package, environment, method, path, self._world.request(method, path)["headers"]
                )
            event, context = first_event(name, self._world), self._world.context(name)
            return start_event_function(self._python, package, environment, event, context)

        return start


def _in_turns(candidates: Mapping[str, Start], repeats: int) -> dict[str, list[ColdStart]]:
    """One round to warm the disk's cache, then `repeats` in which all take turns."""
    found: dict[str, list[ColdStart]] = {name: [] for name in candidates}
    for turn in range(repeats + 1):
        for name, start in candidates.items():
            one = start()
            if turn:
                found[name].append(one)
    return found


def _without_bytecode(package: Unpacked) -> Unpacked:
    """The same package beside it, without `__pycache__`."""
    bare = Unpacked(*(path.with_name(f"{path.name}-bare") for path in (package.var_user, package.opt)))
    for source, target in ((package.var_user, bare.var_user), (package.opt, bare.opt)):
        if not target.exists():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    return bare


def _milliseconds(starts: list[ColdStart]) -> float:
    return statistics.median(one.answered_s for one in starts) * 1000


def _note(starts: list[ColdStart]) -> str:
    """What was answered, when the handler was there, and the median by the clock."""
    statuses = sorted({str(one.status) for one in starts if one.status is not None})
    ready = [one.ready_s for one in starts if one.ready_s is not None]
    parts = [f"HTTP {', '.join(statuses)}"] if statuses else []
    parts += [f"ready {statistics.median(ready) * 1000:.0f}"] if ready else []
    return ", ".join([*parts, f"by the clock {statistics.median(one.wall_s for one in starts) * 1000:.0f}"])
