"""Compiles every module of a package with the target's own interpreter, so that no cold start has to.

The platform sets PYTHONDONTWRITEBYTECODE and its disk is read-only: what is not compiled here is compiled at every cold start.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from scripts.packages.errors import BuildFailed
from scripts.packages.runtimes import Runtime

_PROGRAM = Path(__file__).with_name("compile_program.py")


def compiled(files: Mapping[str, bytes], interpreter: Path, runtime: Runtime, *, root: str) -> dict[str, bytes]:
    """Path → bytecode of every .py in `files`, as it stands in `__pycache__`; `root` is where the package is unpacked there.

    A file that is no Python of that version (a template, an example) is left as it is. Raises BuildFailed.
    """
    sources = sorted(path for path in files if path.endswith(".py"))
    with tempfile.TemporaryDirectory() as folder:
        orders = []
        for number, path in enumerate(sources):
            source = Path(folder, f"{number}.py")
            source.write_bytes(files[path])
            orders.append([str(source), f"{source}c", f"{root}/{path}"])
        _run(interpreter, orders)
        made = {path: Path(target) for path, (_, target, _) in zip(sources, orders, strict=True)}
        return {bytecode_path(path, runtime): file.read_bytes() for path, file in made.items() if file.is_file()}


def bytecode_path(path: str, runtime: Runtime) -> str:
    """`a/b.py` → `a/__pycache__/b.cpython-310.pyc`."""
    source = PurePosixPath(path)
    return str(source.parent / "__pycache__" / f"{source.stem}.{runtime.cache_tag}.pyc")


def _run(interpreter: Path, orders: list[list[str]]) -> None:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
    }
    command = [str(interpreter), "-S", "-s", "-W", "ignore", str(_PROGRAM)]
    run = subprocess.run(
        command, input=json.dumps(orders), env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise BuildFailed(f"{interpreter} could not compile: {run.stderr.strip().splitlines()[-1:]}")
