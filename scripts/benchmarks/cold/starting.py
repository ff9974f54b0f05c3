"""One cold start: a new process, as the platform would start it, up to its first answer."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.local_cloud.emulator.instances.launch import free_port
from scripts.packages.unpacking import Unpacked

_PROGRAM = Path(__file__).with_name("program.py")
_LONGEST_S = 60.0


@dataclass(frozen=True)
class ColdStart:
    """Seconds of the processor from the start of the process until the handler is there, and until its first answer; `wall_s` by
    the clock. A web function is there when it listens, which cannot be told apart from outside: `ready_s` is None."""

    ready_s: float | None
    answered_s: float
    wall_s: float
    status: int | None


class ColdStartFailed(RuntimeError):
    """No answer came; the text is what the process said last."""


def start_event_function(
    interpreter: Path, package: Unpacked, environment: Mapping[str, str], event: object, context: object
) -> ColdStart:
    """The handler of index.py, called once. Raises ColdStartFailed."""
    with tempfile.TemporaryDirectory() as folder:
        order, answer = Path(folder, "order.json"), Path(folder, "answer.json")
        order.write_text(json.dumps({"event": event, "context": context, "started": time.monotonic()}), "utf-8")
        command = [str(interpreter), "-S", "-s", "-B", "-X", "utf8", str(_PROGRAM)]
        run = subprocess.run(
            [*command, str(package.var_user), str(package.opt), str(order), str(answer)],
            env=dict(environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST_S,
        )
        if not answer.exists():
            raise ColdStartFailed(run.stderr[-600:])
        told = json.loads(answer.read_text("utf-8"))
    return ColdStart(told["ready_s"], told["answered_s"], told["answered_wall_s"], _status(told["answer"]))


def start_web_function(
    interpreter: Path,
    package: Unpacked,
    environment: Mapping[str, str],
    method: str,
    path: str,
    headers: Mapping[str, str],
) -> ColdStart:
    """index.py as scf_bootstrap runs it, and one request as soon as it listens. Raises ColdStartFailed."""
    port = free_port()
    command = [str(interpreter), "-S", "-s", "-B", "-u", "index.py"]
    started = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=package.var_user,
        env={**environment, "_SCF_SERVER_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            status = _first_answer(port, started, method, path, headers)
            wall_s = time.monotonic() - started
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            _, code, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(code)
    return ColdStart(None, used.ru_utime + used.ru_stime, wall_s, status)


def _first_answer(port: int, started: float, method: str, path: str, headers: Mapping[str, str]) -> int:
    while time.monotonic() - started < _LONGEST_S:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LONGEST_S)
        try:
            connection.request(method, path, body=b"{}" if method == "POST" else None, headers=dict(headers))
            return connection.getresponse().status
        except ConnectionError:
            time.sleep(0.005)
        finally:
            connection.close()
    raise ColdStartFailed("nothing listens")


def _status(answer: Any) -> int | None:
    """Of an HTTP answer; None for an event that nobody waits for."""
    return answer.get("statusCode") if isinstance(answer, dict) else None
