"""A warm handler without I/O, event in and answer out, beside Powertools' API Gateway resolver on the same event.

Microseconds of the processor for one request with a path parameter, a query and a JSON body that is read as a model; both write
their log line. Powertools runs twice: as its documentation advises (validation and Logger), and its bare resolver.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.benchmarks.cold.peers import install
from scripts.benchmarks.figures import Figure
from scripts.packages.runtimes import Runtime, interpreter

MOST_OF_PEER = 1.0
FOLDER = Path(__file__).with_name("overhead")
NEEDS = ("aws-lambda-powertools", "pydantic", "jmespath")
CANDIDATES = ("ours", "powertools", "powertools_bare")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repeats", type=int, default=5, help="processes of every candidate, in turns")
    parser.add_argument("--blocks", type=int, default=20, help="blocks of a hundred events in every process")
    parser.add_argument("--runtime", default="", help="Python3.10 and so on; default: this interpreter's")


def run(arguments: argparse.Namespace) -> Iterator[Figure]:
    runtime = Runtime.named(arguments.runtime or f"{sys.version_info[0]}.{sys.version_info[1]}")
    python = interpreter(runtime)
    if python is None:
        print(f"overhead: no Python {runtime.version} on this machine: nothing was measured", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        install(NEEDS, runtime, python, Path(folder))
        seconds: dict[str, list[float]] = {name: [] for name in CANDIDATES}
        answers = {}
        for _ in range(arguments.repeats):
            for name in CANDIDATES:
                told = _measured(python, Path(folder), name, arguments.blocks)
                seconds[name].append(told["seconds"])
                answers[name] = json.loads(told["answer"]["body"])
    if len({json.dumps(answer, sort_keys=True) for answer in answers.values()}) != 1:
        raise SystemExit(f"overhead: the candidates do not answer the same: {answers}")
    value = {name: statistics.median(times) * 1e6 for name, times in seconds.items()}
    note = f"fastest {min(seconds['ours']) * 1e6:.0f} and {min(seconds['powertools']) * 1e6:.0f}"
    yield Figure(
        "event to answer",
        value["ours"],
        "us",
        peer="Powertools",
        peer_value=value["powertools"],
        at_most=MOST_OF_PEER,
        note=note,
    )
    yield Figure("Powertools' resolver alone", value["powertools_bare"], "us", note="no validation, no log line")


def _measured(python: Path, opt: Path, name: str, blocks: int) -> dict[str, Any]:
    path = ":".join(map(str, (FOLDER, Path.cwd(), opt)))
    command = [
        str(python),
        "-S",
        "-s",
        "-B",
        str(FOLDER / "program.py"),
        path,
        name,
        str(FOLDER / "event.json"),
        str(blocks),
    ]
    environment = {"LC_ALL": "C.UTF-8", "APP_ENV": "development", "POWERTOOLS_METRICS_DISABLED": "true"}
    run_ = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run_.returncode:
        raise SystemExit(f"overhead: {name}: {run_.stderr.strip()[-400:]}")
    told: dict[str, Any] = json.loads(run_.stdout)
    return told
