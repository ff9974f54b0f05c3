"""The process of one instance, with its folders, its own /tmp and its output. Knows nothing of events or HTTP."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..code.interpreter import instance_environment
from ..code.store import CodeFolders, CodeStore
from ..context import TemporaryKeys, account_variables
from ..logs import LogBook
from ..manifest import FunctionSpec
from ..switches import Account, Switches
from .kill_orders import KillOrders
from .reaper import Reaper

OUTPUT_WAIT_S = 0.5
END_MARK = "\0"


@dataclass(frozen=True)
class Host:
    """What all instances share."""

    code: CodeStore
    logs: LogBook
    reaper: Reaper
    keys: TemporaryKeys
    kill_orders: KillOrders
    scratch: Path
    region: str
    account: Account
    switches: Switches


class Sandbox:
    """A cold start's folders at once; the process with `start`. `close` leaves nothing behind."""

    def __init__(self, spec: FunctionSpec, host: Host) -> None:
        self.spec = spec
        self._host = host
        started = time.monotonic()
        self.folders: CodeFolders = host.code.prepare(spec)
        self.code_ms = (time.monotonic() - started) * 1000
        host.scratch.mkdir(parents=True, exist_ok=True)
        self.tmp = Path(tempfile.mkdtemp(prefix=f"{spec.key}-", dir=host.scratch))
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._closing = threading.Lock()
        self._is_closed = False
        self._output_ended = threading.Event()
        self._stopped = False

    def start(self, command: list[str], extra: dict[str, str], pass_fds: tuple[int, ...] = ()) -> None:
        """Start the process with the declared and documented variables only. Raises OSError when it cannot be."""
        tmp = self.tmp / "tmp"
        tmp.mkdir()
        environment = {
            **instance_environment(self.spec, self.folders, tmp),
            **account_variables(self._host.account, self._host.region),
            **self._host.keys.mint(self.spec),
            **extra,
        }
        self._process = subprocess.Popen(
            command,
            cwd=self.folders.var_user,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=pass_fds,
        )
        self._host.reaper.watch(self._process.pid)
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """None while the process runs; minus the signal's number when it was killed."""
        return self._process.poll() if self._process else None

    def dies_within(self, timeout_s: float) -> bool:
        """True when the process is over now or soon: a connection breaks a moment before its process is gone."""
        if self._process is None:
            return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout_s)
        return not self.alive

    def expect_output(self) -> None:
        """Call before a request: `await_output` then waits for the end mark of that request."""
        self._output_ended.clear()

    def await_output(self) -> None:
        """Wait until what the request printed is in the log; not for ever, for user code may close its stdout."""
        self._output_ended.wait(OUTPUT_WAIT_S)

    def freeze(self) -> None:
        if self._host.switches.freeze and not self._stopped:
            self._stopped = True
            self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        if self._stopped:
            self._stopped = False
            self._signal(signal.SIGCONT)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def written_files(self) -> list[str]:
        """Files of the code folder (/var/user) that changed since the cold start."""
        return self._host.code.written_files(self.folders)

    def close(self) -> None:
        """Kill what runs, free the folders. Safe to call twice, also at the same time: both return when all is gone."""
        with self._closing:
            if not self._is_closed:
                self._is_closed = True
                self._end_process()
                self._host.code.release(self.folders)
                shutil.rmtree(self.tmp, ignore_errors=True)

    def _end_process(self) -> None:
        if self._process and self._reader:
            self.kill()
            self._process.wait()
            self._host.reaper.forget(self._process.pid)
            self._reader.join(OUTPUT_WAIT_S)  # its last words belong into the log, which may close next

    def _signal(self, number: signal.Signals) -> None:
        if self._process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _read(self, stdout: IO[bytes]) -> None:
        write: Callable[[str, str], None] = self._host.logs.write
        with stdout:
            for line in stdout:
                text, mark, _ = line.decode("utf-8", "backslashreplace").rstrip("\n").partition(END_MARK)
                if text or not mark:
                    write(self.spec.key, text)
                if mark:
                    self._output_ended.set()
        self._output_ended.set()
