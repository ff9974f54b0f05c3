"""The whole local cloud as one object: fakes, Redis, schema, emulator, gateway and control port."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.local_cloud.control_file import CONTROL_FILE
from scripts.local_cloud.emulator import manifest
from scripts.local_cloud.emulator.cloud import Emulator, Hooks
from scripts.local_cloud.emulator.switches import Account, Switches
from scripts.local_cloud.fakes import Fakes
from scripts.local_cloud.fakes.cos.events import ObjectEvent
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.stack.control import Control
from scripts.local_cloud.stack.served_fakes import ServedFakes
from scripts.local_cloud.stack.settings import compose, key_rings, project_defaults, user_settings
from scripts.local_cloud.stack.stores import SQLITE, EmbeddedRedis, forget_sqlite, migrate

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Say = Callable[[str], None]


class _Front:
    """Holds the gateway's port, which the settings name, before there is a gateway."""

    app: WSGIApplication | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self.app is None:
            start_response("503 Service Unavailable", [("content-length", "0")])
            return []
        return self.app(environ, start_response)


class Stack:
    """Use in a `with` block; everything is up inside it and gone after it.

    `state_dir` keeps what survives a restart: objects, the SQLite file, keys, logs. `time_scale` 60 makes a minute of
    the platform last a second. `duplicates` delivers every asynchronous event so many times, at the same time.
    `extra_env` is the last word on settings. `code_cache` (default: the project's .local/code-cache) keeps the functions'
    layers ready and may be shared by several stacks at the same time. `say` gets one line about each step of starting.
    `switches` is for what has no argument of its own; time_scale and duplicates given here win over it.
    """

    def __init__(
        self,
        state_dir: Path,
        project: Path = Path(),
        *,
        port: int = 0,
        time_scale: float = 60.0,
        duplicates: int = 1,
        timers: bool = True,
        extra_env: Mapping[str, str] | None = None,
        say: Say | None = None,
        switches: Switches | None = None,
        code_cache: Path | None = None,
    ) -> None:
        self.state_dir = state_dir.absolute()
        self.project = project.absolute()
        self.environment: dict[str, str] = {}
        self.urls: dict[str, str] = {}
        self._port = port
        self._switches = replace(switches or Switches(), time_scale=time_scale, duplicates=duplicates)
        self._code_cache = code_cache
        self._with_timers = timers
        self._extra_env = dict(extra_env or {})
        self._say = say or (lambda _line: None)
        self._open = ExitStack()
        self._redis: EmbeddedRedis | None = None
        self._owns_database = False
        self.emulator: Emulator
        self._served: ServedFakes

    def __enter__(self) -> Stack:
        try:
            self._start()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *_exc: object) -> None:
        self._open.close()

    @property
    def url(self) -> str:
        """The gateway: the API as the mini-program sees it."""
        return self.urls["gateway"]

    @property
    def fakes(self) -> Fakes:
        return self._served.fakes

    def invoke(self, function: str, event: Any) -> Any:
        """The handler's return value, or the platform's error document when it failed."""
        return self.emulator.invoke(function, event).value

    def tick(self, name: str) -> list[str]:
        """Fire a timer by its name or its function's key; request ids. Raises UnknownTimer."""
        return self.emulator.tick(name)

    def put(self, key: str, content: bytes) -> None:
        """Upload an object with the deployer's key; triggers fire. Raises UploadRefused."""
        self._served.put_object(key, content)

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until no asynchronous work is left, retries included; False when `timeout_s` was not enough."""
        return self.emulator.wait_idle(timeout_s)

    def kill_next(
        self, function: str, *, after_s: float = 0.0, times: int = 1, when: Callable[[], bool] | None = None
    ) -> None:
        """Kill the worker of `function` in the middle of its next `times` invocations that last long enough."""
        self.emulator.kill_next(function, after_s=after_s, times=times, when=when)

    def logs(self, function: str) -> list[str]:
        return self.emulator.logs.lines(function)

    def dead_letters(self) -> list[dict[str, Any]]:
        return self.emulator.dead_letters.all()

    def reset(self) -> None:
        """As new: no objects, orders, messages, rows, cache, logs. A database that was given is left alone."""
        self.emulator.reset()
        if self._redis:
            self._redis.clear()
        if self._owns_database:
            forget_sqlite(self.environment["DATABASE_URL"])
            migrate(self.project, self.environment["DATABASE_URL"])
        self._served.reset()

    def _start(self) -> None:
        self.state_dir.mkdir(parents=True, exist_ok=True)
        self._served = ServedFakes(self.state_dir, self._object_changed)
        self._open.callback(self._served.close)
        front = _Front()
        gateway = self._open.enter_context(serve(front, self._port))
        self.urls = {"gateway": gateway.url, **self._served.urls}
        self.environment = self._settings()
        self._say("preparing the database")
        migrate(self.project, self.environment["DATABASE_URL"])
        self._say("reading serverless.yml")
        self.emulator = self._open.enter_context(self._emulator())
        front.app = self.emulator.gateway
        self._open_control()
        if self._with_timers:
            self.emulator.timers.start()

    def _settings(self) -> dict[str, str]:
        user = user_settings(self.project)
        self.fakes.push_to(f"{self.url}/wechat/push")
        settings = compose(user, self._served.environments(), self.url)
        rings = key_rings(self.state_dir / "keys.json")
        given = {**project_defaults(self.project), **rings, **settings, **self._extra_env}
        self._owns_database = "DATABASE_URL" not in given
        given.setdefault("DATABASE_URL", f"{SQLITE}{self.state_dir / 'local.db'}")
        if "REDIS_URL" not in given:
            self._redis = EmbeddedRedis()
            self._open.callback(self._redis.close)
            given["REDIS_URL"] = self._redis.url
        self.urls["redis"] = given["REDIS_URL"]
        return given

    def _emulator(self) -> Emulator:
        specification = manifest.load(self.project / "serverless.yml", self.environment)
        for warning in specification.warnings:
            self._say(f"warning: {warning}")
        bucket = self.fakes.cos.bucket
        account = Account(appid=bucket.full_name.rpartition("-")[2])
        hooks = Hooks(admit_key=self.fakes.admit_temporary_key)
        return Emulator(
            specification, self.state_dir / "emulator", self._switches, account, hooks, code_cache=self._code_cache
        )

    def _open_control(self) -> None:
        control = self._open.enter_context(serve(Control(self)))
        self.urls["control"] = control.url
        file = self.state_dir / CONTROL_FILE
        file.write_text(json.dumps({"pid": os.getpid(), "urls": self.urls}, indent=2), encoding="utf-8")
        self._open.callback(file.unlink, missing_ok=True)

    def _object_changed(self, change: ObjectEvent) -> None:
        self.emulator.object_changed(change)
