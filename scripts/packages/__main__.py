"""./scripts/build [packages] [--runtime NAME] [--out DIR] [--unpack]: what is deployed, under build/packages, with its sizes."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.benchmarks.figures import aligned
from scripts.packages.building import Build
from scripts.packages.environment import environment_bytes_of_all
from scripts.packages.errors import BuildFailed
from scripts.packages.hosted import write_hosted_project
from scripts.packages.limits import MEGABYTE, MOST_ENVIRONMENT_BYTES, MOST_LAYERS, Built, unpacked_with_layers
from scripts.packages.project import declared_runtime, functions
from scripts.packages.proof import problems
from scripts.packages.runtimes import Runtime, interpreter


def main(argv: Sequence[str]) -> int:
    """0 when the packages are there and the platform would take them, else 1 with one clear line."""
    parser = argparse.ArgumentParser(prog="./scripts/build packages", description=__doc__)
    parser.add_argument(
        "--runtime", default=declared_runtime(), help="as serverless.yml names it; default: the one it names"
    )
    parser.add_argument("--out", type=Path, default=Path("build/packages"))
    parser.add_argument(
        "--unpack", action="store_true", help="also a project of folders, for the official command line tool"
    )
    arguments = parser.parse_args(argv)
    try:
        runtime = Runtime.named(arguments.runtime)
        compiler = _compiler(runtime)
        layers, built = Build(runtime, compiler, arguments.out, Path("build/wheels"), _say).run()
        manifest = json.loads((arguments.out / "manifest.json").read_text("utf-8"))
        if compiler:
            _prove(manifest, compiler, arguments.out)
        if arguments.unpack:
            write_hosted_project(manifest, arguments.out / runtime.name / "project")
    except BuildFailed as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    print(report(runtime, layers, built))
    return 0


def report(runtime: Runtime, layers: list[Built], built: list[Built]) -> str:
    """Sizes of everything against every limit, and what needs care."""
    head = ("", "zip MB", "unpacked MB", "with layers MB", "layers", "variables B")
    rows: list[tuple[str, ...]]
    rows = [(f"layer {one.name}", _mb(one.size_bytes), _mb(one.unpacked_bytes), "", "", "") for one in layers]
    rows += [_function_row(one, layers) for one in built]
    limits = ("at most", "50", "", "500", str(MOST_LAYERS), f"{MOST_ENVIRONMENT_BYTES:,}")
    together = {plan.key: environment_bytes_of_all(plan.variables) for plan in functions()}
    over = [f"{name} ({size:,})" for name, size in together.items() if size > MOST_ENVIRONMENT_BYTES]
    care = (
        f"\nWith all three payment providers set up at once, over the limit of variables: {', '.join(over)}."
        if over
        else ""
    )
    return "\n".join([f"packages for {runtime.name}", "", *aligned([head, *rows, limits]), care])


def _function_row(one: Built, layers: list[Built]) -> tuple[str, ...]:
    whole = _mb(unpacked_with_layers(one, layers))
    return (
        one.name,
        _mb(one.size_bytes),
        _mb(one.unpacked_bytes),
        whole,
        " ".join(one.layers),
        f"{one.environment_bytes:,}",
    )


def _prove(manifest: Mapping[str, Any], interpreter: Path, out: Path) -> None:
    """Nobody shall deploy what fails, so its list goes. Raises BuildFailed."""
    if found := list(problems(manifest, interpreter)):
        (out / "manifest.json").unlink()
        raise BuildFailed("\n".join(["imported alone, with their layers only, these packages fail:", *found]))
    _say(f"every function's package imports alone in a clean {interpreter.name} with only its layers")


def _compiler(runtime: Runtime) -> Path | None:
    found = interpreter(runtime)
    if found is None:
        _say(
            f"no Python {runtime.version} on this machine: the packages will hold no bytecode, and every cold start will compile "
            f"(install it, or: .venv/bin/uv python install {runtime.version})"
        )
    return found


def _mb(size_bytes: int) -> str:
    return f"{size_bytes / MEGABYTE:.2f}"


def _say(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
