"""Proves a build: every function's package, with only its layers beside it, imports whole in a clean interpreter."""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.function_reach import reach_of_function
from scripts.packages.unpacking import Unpacked, Unpacker

_PROGRAM = Path(__file__).with_name("proof_program.py")


def problems(manifest: Mapping[str, Any], interpreter: Path) -> Iterator[str]:
    """One line for every module that does not import, or that a cold start would have to compile."""
    with tempfile.TemporaryDirectory() as folder:
        unpacker = Unpacker(manifest, Path(folder))
        for function in unpacker.functions:
            found = imported(unpacker.unpack(function), interpreter, sorted(reach_of_function(function).foreign))
            yield from (f"{function}: {name}: {error}" for name, error in found["failed"].items())
            if manifest["bytecode"] and found["uncompiled"]:
                yield f"{function}: without bytecode: {', '.join(found['uncompiled'][:5])}"


def imported(package: Unpacked, interpreter: Path, others: Sequence[str]) -> dict[str, Any]:
    """What proof_program found; `others` are packages that the function's code imports somewhere."""
    command = [str(interpreter), "-I", "-S", "-B", "-X", "utf8", str(_PROGRAM), str(package.var_user), str(package.opt)]
    command += others
    run = subprocess.run(command, env={"LC_ALL": "C.UTF-8"}, capture_output=True, text=True, check=False)
    if run.returncode:
        return {"modules": 0, "uncompiled": [], "failed": {"index": run.stderr.strip()[-300:]}}
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found
