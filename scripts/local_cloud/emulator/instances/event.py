"""One instance of an event function: a cold start, then one event at a time."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

from ..code.interpreter import isolated_command
from ..context import build_context
from ..logs import RequestLog
from ..manifest import FunctionSpec
from ..outcome import Failure, Outcome, Status
from ..switches import SYNC_LIMIT_BYTES
from .frames import Closed, Frames
from .sandbox import Host, Sandbox
from .watch import LOOK_EVERY_S, Watch

BOOTSTRAP = Path(__file__).with_name("bootstrap.py")
READ_ONLY = "Read-only file system"


class EventInstance:
    """Warm after `initialise`. `spent` says that the platform would recycle it now."""

    capacity = 1

    def __init__(self, spec: FunctionSpec, host: Host) -> None:
        self.spec = spec
        self._host = host
        self.sandbox = Sandbox(spec, host)
        ours, theirs = socket.socketpair()
        with theirs:
            folders = self.sandbox.folders
            arguments = (str(theirs.fileno()), str(folders.var_user), str(folders.opt), spec.handler)
            try:
                self.sandbox.start(isolated_command(BOOTSTRAP, *arguments), {}, pass_fds=(theirs.fileno(),))
            except OSError:
                ours.close()
                self.sandbox.close()
                raise
        ours.settimeout(LOOK_EVERY_S)
        self._connection = ours
        self._frames = Frames(ours)
        self.spent = False
        self.is_cold = True

    def initialise(self, log: RequestLog) -> None:
        """Wait for the import phase. Raises Failure: 450, 434, 439, 437 or 443; the instance is spent then."""
        self.is_cold = False
        watch = Watch(self.sandbox, self._host, initialising=True)
        try:
            self._await(watch)
            runtime_ms = watch.running_s * 1000
            ready = self._await(watch)
            watch.finish()
        except Failure:
            self.spent = True
            raise
        finally:
            self.sandbox.await_output()
        log.cold_start(self.sandbox.code_ms, runtime_ms, watch.running_s * 1000 - runtime_ms, watch.peak_bytes)
        if ready["error"]:
            self.spent = True
            raise _user_failure(ready["error"])

    def run(self, request_id: str, event: str, trigger: str) -> Outcome:
        """Run one event (JSON text). Never raises: whatever happens is an Outcome."""
        self.sandbox.expect_output()
        watch = Watch(self.sandbox, self._host)
        try:
            self._send(request_id, event, trigger, watch)
            answer = self._await(watch)
            duration_ms = watch.running_s * 1000
            watch.finish()
            text = self._checked(answer)
        except Failure as failure:
            self.spent = self.spent or failure.status != Status.USER_EXCEPTION
            outcome = Outcome.failed(request_id, failure, watch.running_s * 1000, watch.peak_bytes)
        else:
            outcome = Outcome(request_id, text, None, duration_ms, watch.peak_bytes)
        self.sandbox.await_output()
        return outcome

    def close(self) -> None:
        self.sandbox.close()
        self._frames.close()

    def _send(self, request_id: str, event: str, trigger: str, watch: Watch) -> None:
        variables = {**self._host.keys.mint(self.spec), "TRIGGER_SRC": trigger}
        context = build_context(self.spec, self._host.account, self._host.region, request_id, variables)
        self._connection.settimeout(self.spec.timeout_s)
        try:
            self._frames.send({"event": event, "context": context})
        except Closed as closed:
            raise self._death() from closed
        finally:
            self._connection.settimeout(LOOK_EVERY_S)
        watch.look()

    def _await(self, watch: Watch) -> dict[str, Any]:
        while True:
            try:
                return self._frames.receive()
            except TimeoutError:
                watch.look()
            except Closed as closed:
                raise self._death() from closed

    def _death(self) -> Failure:
        return Failure(Status.PROCESS_EXITED, "the function's process exited before it answered")

    def _checked(self, answer: dict[str, Any]) -> str:
        self._check_files()
        if "error" in answer:
            raise _user_failure(answer["error"])
        text: str = answer["text"]
        if len(text.encode("utf-8", "surrogatepass")) > SYNC_LIMIT_BYTES:
            raise Failure(Status.RESPONSE_TOO_LARGE, "body size is too long")
        return text

    def _check_files(self) -> None:
        """Only /tmp is writable on the platform; a folder that was changed is not used again."""
        written = self.sandbox.written_files()
        if written:
            self.spent = True
            paths = ", ".join(written)
            raise Failure(Status.USER_EXCEPTION, f"OSError: [Errno 30] {READ_ONLY}: {paths}")


def _user_failure(error: dict[str, Any]) -> Failure:
    return Failure(Status(error["status"]), error["message"], error["trace"])
