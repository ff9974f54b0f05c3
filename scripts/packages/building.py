"""A build from its plan: layers from wheels, one zip per function, both compiled, checked and described in manifest.json."""

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from scripts.function_reach import files_of_function
from scripts.packages import project
from scripts.packages.archive import pack
from scripts.packages.bytecode import compiled
from scripts.packages.closure import held_by_layers
from scripts.packages.contents import folder_files, wheel_files
from scripts.packages.elf import MAGIC, NotForTarget, needed_glibc
from scripts.packages.environment import environment_bytes
from scripts.packages.errors import BuildFailed
from scripts.packages.limits import Built, violations
from scripts.packages.locked import read_locked
from scripts.packages.runtimes import NEWEST_GLIBC, Runtime
from scripts.packages.wheels import FROM_SOURCE, fetch

#: Where the platform unpacks layers, and code: what traces name.
OPT, VAR_USER = "/opt", "/var/user"

_ANY_INTERPRETER = b"/var/lang/python"


@dataclass(frozen=True)
class Build:
    """One build of everything for one runtime. `interpreter` is None where nothing can be compiled."""

    runtime: Runtime
    interpreter: Path | None
    out: Path
    wheels: Path
    say: Callable[[str], None]

    def run(self) -> tuple[list[Built], list[Built]]:
        """(layers, functions), written under `out`/<runtime> beside `out`/manifest.json. Raises BuildFailed."""
        plans, asked = project.functions(), project.layers()
        wheels = fetch(read_locked(Path("requirements.txt"), self.runtime).values(), self.runtime, self.wheels)
        held = held_by_layers(asked, plans, wheels, self.runtime)
        shutil.rmtree(self.out / self.runtime.name, ignore_errors=True)
        layers = [self._layer(layer, {name: wheels[name] for name in held[layer.name]}) for layer in asked]
        common = self._compiled({}, _common_files(), VAR_USER)
        functions = [self._function(plan, common) for plan in plans]
        if found := list(violations(layers, functions)):
            raise BuildFailed("\n".join(["the platform would refuse:", *found]))
        self._write_manifest(layers, functions)
        return layers, functions

    def _layer(self, layer: project.LayerPlan, wheels: Mapping[str, Path]) -> Built:
        self.say(f"layer {layer.name}: {len(wheels)} distributions")
        files: dict[str, bytes] = {}
        for name, wheel in wheels.items():
            files |= _checked(name, wheel_files(wheel, with_extensions=name not in FROM_SOURCE))
        for folder in layer.folders:
            files |= dict(folder_files(folder))
        return self._write("layers", layer.name, self._compiled(files, files, OPT))

    def _function(self, plan: project.FunctionPlan, common: Mapping[str, bytes]) -> Built:
        own = {path.name: path.read_bytes() for path in sorted(plan.folder.iterdir()) if path.is_file()}
        files = {name: self._for_runtime(name, content) for name, content in own.items()}
        reached = {str(PurePosixPath(path)) for path in files_of_function(plan.key)}
        files |= {path: content for path, content in common.items() if source_of(path) in reached}
        built = self._write("functions", plan.key, self._compiled(files, own, VAR_USER))
        return Built(**{**asdict(built), "layers": plan.layers, "environment_bytes": environment_bytes(plan.variables)})

    def _for_runtime(self, name: str, content: bytes) -> bytes:
        """scf_bootstrap names the interpreter of the runtime that this package is for."""
        if name != "scf_bootstrap" or _ANY_INTERPRETER not in content:
            return content
        words = content.decode("utf-8").split(" ")
        ours = [self.runtime.platform_interpreter if word.startswith("/var/lang/python") else word for word in words]
        return " ".join(ours).encode()

    def _compiled(self, files: Mapping[str, bytes], sources: Mapping[str, bytes], root: str) -> dict[str, bytes]:
        """`files` and `sources`, and the bytecode of `sources`."""
        whole = {**sources, **files}
        return whole | (compiled(sources, self.interpreter, self.runtime, root=root) if self.interpreter else {})

    def _write(self, kind: str, name: str, files: Mapping[str, bytes]) -> Built:
        archive = pack(files)
        path = self.out / self.runtime.name / kind / f"{name}.zip"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive.content)
        return Built(name, path.as_posix(), archive.sha256, len(archive.content), archive.unpacked_bytes)

    def _write_manifest(self, layers: list[Built], functions: list[Built]) -> None:
        described = {
            "runtime": self.runtime.name,
            "bytecode": self.interpreter is not None,
            "layers": [_without(asdict(one), "layers", "environment_bytes") for one in layers],
            "functions": [asdict(one) for one in functions],
        }
        text = json.dumps(described, indent=2) + "\n"
        (self.out / self.runtime.name / "manifest.json").write_text(text, "utf-8")
        (self.out / "manifest.json").write_text(text, "utf-8")


def source_of(path: str) -> str:
    """The .py that a bytecode file was made of; any other path is its own."""
    found = PurePosixPath(path)
    if found.parent.name != "__pycache__":
        return path
    return str(found.parent.parent / f"{found.name.partition('.')[0]}.py")


def _common_files() -> dict[str, bytes]:
    """All of common; every function takes its part."""
    return dict(folder_files(Path("common")))


def _checked(distribution: str, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """`files`, of which every shared object loads on the target. Raises BuildFailed."""
    for path, content in files.items():
        if content[:4] != MAGIC:
            continue
        try:
            glibc = needed_glibc(content)
        except NotForTarget as error:
            raise BuildFailed(f"{distribution}: {path}: {error}") from None
        if glibc > NEWEST_GLIBC:
            needs, has = ".".join(map(str, glibc)), ".".join(map(str, NEWEST_GLIBC))
            raise BuildFailed(
                f"{distribution}: {path} needs glibc {needs}, the platform has {has}: pin an older version"
            )
    return files


def _without(row: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in names}
