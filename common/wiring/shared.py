"""What one process keeps between invocations: settings, connections and keys."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from common import clock, logs
from common.errors import SettingsInvalid
from common.settings import AppSettings, DataKeySettings, SessionSettings, environment, production_problems, read_group

if TYPE_CHECKING:
    from common.http import CallRecord, HttpClient
    from common.persistence.call_windows import RedisCallWindows
    from common.persistence.database import Database
    from common.persistence.redis_connection import RedisConnection
    from common.security.encryption import Cipher
    from common.security.keyring import KeyRing
    from common.services import ports

Group = TypeVar("Group", bound=BaseModel)


class Shared:
    """What one process keeps between invocations: connections. `remaining_s` and the ids are the current one's.

    `origin` is the id of the request that began the chain this invocation belongs to, where that was another one.
    """

    def __init__(self, env: Mapping[str, str] | None = None) -> None:
        self.env = environment() if env is None else env
        self.remaining_s: Callable[[], float] = lambda: 60.0
        self.request_id = self.origin = ""
        if self.app_settings.env == "production" and (problems := production_problems(self.env)):
            raise SettingsInvalid(problems=problems)

    def read(self, group: type[Group], prefix: str) -> Group:
        return read_group(group, prefix, self.env)

    @cached_property
    def app_settings(self) -> AppSettings:
        return self.read(AppSettings, "APP_")

    @cached_property
    def database(self) -> "Database":
        from common.persistence.database import Database

        return Database(self.env.get("DATABASE_URL", ""))

    @cached_property
    def redis(self) -> "RedisConnection":
        from common.persistence.redis_connection import RedisConnection

        return RedisConnection(self.env.get("REDIS_URL", ""))

    @cached_property
    def http(self) -> "HttpClient":
        from common.http import HttpClient

        return HttpClient(lambda: self.remaining_s(), self.record_call)

    @cached_property
    def cipher(self) -> "Cipher":
        from common.security.encryption import Cipher

        return Cipher(self._data_keys)

    def digests_for(self, purpose: str) -> "ports.Digests":
        from common.security.digests import KeyedDigests

        return KeyedDigests(self._data_keys, purpose=purpose)

    @cached_property
    def _data_keys(self) -> "KeyRing":
        from common.security.keyring import KeyRing

        keys = self.read(DataKeySettings, "DATA_").keys.get_secret_value()
        return KeyRing.parse(keys, setting="DATA_KEYS")

    @cached_property
    def sessions(self) -> "ports.Sessions":
        from common.security.keyring import KeyRing
        from common.security.sessions import SessionTokens

        settings = self.read(SessionSettings, "SESSION_")
        ring = KeyRing.parse(settings.keys.get_secret_value(), setting="SESSION_KEYS")
        return SessionTokens(ring, lifetime=timedelta(days=settings.days))

    @cached_property
    def call_windows(self) -> "RedisCallWindows":
        from common.persistence.call_windows import RedisCallWindows

        return RedisCallWindows(self.redis)

    def flush_calls(self) -> None:
        """At an invocation's end. One without a call to a vendor does not even load the counter."""
        if "call_windows" in self.__dict__:
            self.call_windows.flush(now=clock.now())

    def record_call(self, call: "CallRecord") -> None:
        """One line per call to a vendor, and one more in the counts of the minute."""
        self.call_windows.count(call.vendor, call.operation, call.latency_ms, call.error)
        fields = {
            "vendor": call.vendor,
            "operation": call.operation,
            "status": call.status,
            "attempts": call.attempts,
            "latency_ms": call.latency_ms,
            "code": call.error,
        }
        self.note("call", {**fields, **call.usage})

    @property
    def chain(self) -> str:
        """What everything that follows from this invocation is known by."""
        return self.origin or self.request_id

    def note(self, kind: str, fields: Mapping[str, object]) -> None:
        """One line of the log that bears the invocation's ids."""
        logs.write(kind, {"request_id": self.request_id, "origin": self.origin or None, **fields})
