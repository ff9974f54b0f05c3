"""The emulator as one object: a manifest becomes running functions behind a gateway, triggers, timers and a queue."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .code.store import CodeStore
from .context import AdmitKey, TemporaryKeys
from .instances.invoker import Invoker
from .instances.kill_orders import KillOrders
from .instances.pool import Pool
from .instances.reaper import Reaper
from .instances.sandbox import Host
from .logs import Listener, LogBook
from .manifest import Manifest
from .outcome import Outcome
from .switches import Account, Switches
from .triggers.async_queue import AsyncQueue
from .triggers.cos import CosTriggers, ObjectChange
from .triggers.dead_letters import DeadLetters
from .triggers.invoke_api import InvokeApi
from .triggers.timers import Timers
from .web.gateway import Gateway
from .web.proxy import WebProxy

HOUSEKEEPING_S = 5.0
CODE_CACHE = Path(".local", "code-cache")
"""In the project: merged layers, shared by every emulator that runs it, one after another or at the same time."""


@dataclass(frozen=True)
class Hooks:
    """What the surroundings want to hear: every log line, every temporary key."""

    on_line: Listener | None = None
    admit_key: AdmitKey | None = None


class Emulator:
    """Serve `gateway` (WSGI) and report object changes to `object_changed`. Use in a `with` block.

    `state_dir` belongs to this emulator alone while it runs; `code_cache` may be shared.
    """

    def __init__(
        self,
        manifest: Manifest,
        state_dir: Path,
        switches: Switches | None = None,
        account: Account | None = None,
        hooks: Hooks | None = None,
        code_cache: Path | None = None,
    ) -> None:
        switches, account, hooks = switches or Switches(), account or Account(), hooks or Hooks()
        state_dir = state_dir.absolute()
        self.manifest = manifest
        self.logs = LogBook(state_dir / "logs", hooks.on_line)
        self.dead_letters = DeadLetters(state_dir / "dead_letters", manifest, account)
        self._switches = switches
        self._reaper = Reaper()
        self._scratch = state_dir / "tmp"
        self._kill_orders = KillOrders()
        host = Host(
            code=CodeStore(state_dir / "instances", code_cache or manifest.project / CODE_CACHE),
            logs=self.logs,
            reaper=self._reaper,
            keys=TemporaryKeys(hooks.admit_key),
            kill_orders=self._kill_orders,
            scratch=self._scratch,
            region=manifest.region,
            account=account,
            switches=switches,
        )
        self._invoker = Invoker(manifest, host)
        self._web = WebProxy(manifest, host)
        self.queue = AsyncQueue(self._invoker, switches, self.dead_letters.bury)
        self._cos = CosTriggers(manifest, switches, self.queue.put)
        self.timers = Timers(manifest, switches, self.queue)
        self.gateway = Gateway(manifest, self._invoker, self._web, switches)
        self.invoke_api = InvokeApi(manifest, self._invoker, self.queue.put)
        self._stop = threading.Event()
        self._housekeeper = threading.Thread(target=self._keep_house, daemon=True)
        self._housekeeper.start()

    def invoke(self, function: str, event: Any) -> Outcome:
        """Run an event function now and wait. A handler's exception is an Outcome with a failure, not an exception."""
        return self._invoker.invoke(function, json.dumps(event, ensure_ascii=False), trigger="invoke")

    def invoke_async(self, function: str, event: Any) -> list[str]:
        """Queue an event; request ids. Raises Failure when it is over 128 KB."""
        return self.queue.put(function, json.dumps(event, ensure_ascii=False), "invoke")

    def object_changed(self, change: ObjectChange) -> list[str]:
        """Start the functions whose COS triggers match; their keys."""
        return self._cos.on_change(change)

    def tick(self, name: str) -> list[str]:
        """Fire a timer by its name or its function's key; request ids. Raises UnknownTimer."""
        return self.timers.tick(name)

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until no asynchronous work is left, retries included; False when `timeout_s` was not enough."""
        return self._cos.wait_idle(timeout_s) and self.queue.wait_idle(timeout_s)

    def kill_next(
        self, function: str, *, after_s: float = 0.0, times: int = 1, when: Callable[[], bool] | None = None
    ) -> None:
        """Kill the worker of `function` in the middle of its next `times` invocations that last long enough."""
        self._kill_orders.add(function, after_s, times, when)

    def recycle(self, idle_s: float = 0.0) -> int:
        """End idle instances, so that the next requests are cold starts with the code as it is then."""
        return sum(pool.recycle(idle_s) for pool in self._pools().values())

    def instances(self, function: str) -> int:
        """How many instances of a function are alive, busy or warm."""
        return self._pools()[function].size

    def processes(self, function: str) -> list[int]:
        """The process ids of its instances, oldest first, for whoever measures them."""
        return self._pools()[function].processes()

    def reset(self) -> None:
        """Forget what waits, logs, dead letters and instances; the functions stay."""
        self.queue.clear()
        self._kill_orders.clear()
        self.recycle()
        self.dead_letters.clear()
        self.logs.clear()

    def close(self) -> None:
        """Stop everything; no process stays behind and nothing is written any more.

        First what starts work, then the work, then what the work is written to.
        """
        self.timers.close()
        self.queue.stop()
        self._stop.set()
        self._housekeeper.join()
        for pool in self._pools().values():
            pool.stop()
        for pool in self._pools().values():
            pool.close()
        self.queue.close()
        self._reaper.close()
        self.logs.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _pools(self) -> dict[str, Pool[Any]]:
        return {**self._invoker.pools, **self._web.pools}

    def _keep_house(self) -> None:
        idle_s = self._switches.waiting(self._switches.idle_s)
        while not self._stop.wait(min(HOUSEKEEPING_S, idle_s)):
            self.recycle(idle_s)
