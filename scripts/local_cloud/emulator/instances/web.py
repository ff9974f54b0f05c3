"""One instance of a web function: its own HTTP server, started by scf_bootstrap."""

from __future__ import annotations

import time

from ..logs import RequestLog
from ..manifest import FunctionSpec
from ..outcome import Failure, Status
from .launch import PLATFORM_PORT, answers, free_port, listens_on_loopback_only, mapped_bootstrap
from .sandbox import Host, Sandbox
from .watch import LOOK_EVERY_S, Watch


class WebInstance:
    """The platform connects to port 9000. Here every instance has a port of its own and finds it in _SCF_SERVER_PORT,
    because several run side by side: a web function listens on that port when the variable differs from 28902, the
    platform's own value, and on 9000 otherwise.
    """

    def __init__(self, spec: FunctionSpec, host: Host) -> None:
        self.spec = spec
        self._host = host
        self.sandbox = Sandbox(spec, host)
        self.port = free_port()
        self.spent = False
        self.is_cold = True
        try:
            bootstrap = mapped_bootstrap(self.sandbox.folders.var_user, self.sandbox.tmp)
            # The documented en_US.UTF8 is not installed everywhere, and bash complains about that on every start.
            extra = {"_SCF_SERVER_PORT": str(self.port), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
            self.sandbox.start([str(bootstrap)], extra)
        except Failure:
            self.sandbox.close()
            raise
        except OSError as error:
            self.sandbox.close()
            raise Failure(Status.BOOTSTRAP_EXITED, f"scf_bootstrap cannot be run: {error}") from error

    @property
    def capacity(self) -> int:
        return self.spec.max_concurrency

    def initialise(self, log: RequestLog) -> None:
        """Wait for the server. Raises Failure: 405 when it exits, 446 when nothing answers in time."""
        self.is_cold = False
        watch = Watch(self.sandbox, self._host, initialising=True)
        try:
            self._await_port(watch)
            watch.finish()
        except Failure as failure:
            self.spent = True
            self.sandbox.await_output()  # what it printed says why
            if failure.status == Status.INIT_TIMEOUT:
                raise Failure(Status.NOTHING_ON_PORT, self._silence()) from failure
            raise
        log.cold_start(self.sandbox.code_ms, 0, watch.running_s * 1000, watch.peak_bytes)

    def close(self) -> None:
        self.sandbox.close()

    def _await_port(self, watch: Watch) -> None:
        while not answers(self.port):
            watch.look()
            if not self.sandbox.alive:
                code = self.sandbox.exit_code
                raise Failure(Status.BOOTSTRAP_EXITED, f"scf_bootstrap exited with code {code} before it served")
            time.sleep(LOOK_EVERY_S)
        if listens_on_loopback_only(self.port):
            self.sandbox.kill()
            raise Failure(Status.NOTHING_ON_PORT, "the server listens on 127.0.0.1; the platform wants 0.0.0.0")

    def _silence(self) -> str:
        return (
            f"nothing listens on port {self.port} (from _SCF_SERVER_PORT; {PLATFORM_PORT} on the platform) "
            f"after {self.spec.init_timeout_s} seconds"
        )
