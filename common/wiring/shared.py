"""What one process keeps between invocations: settings, connections and keys."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from common import clock, logs
from common.errors import MojianError, SettingsInvalid
from common.settings import (
    AppSettings,
    DataKeySettings,
    LayeredEnvironment,
    SessionSettings,
    environment,
    production_problems,
    read_group,
)
from common.settings.env import ABSENT
from common.wiring.healing import healing

if TYPE_CHECKING:
    from common.documents.template_shelf import BundledShelf
    from common.http import CallRecord, HttpClient
    from common.http.tencent_cloud import TencentKeys
    from common.persistence.call_windows import RedisCallWindows
    from common.persistence.database import Database
    from common.persistence.redis_connection import RedisConnection
    from common.security.encryption import Cipher
    from common.security.keyring import KeyRing
    from common.services import ports
    from common.vendors.secrets.client import Secrets
    from common.vendors.secrets.settings import SecretsSettings

Group = TypeVar("Group", bound=BaseModel)
Client = TypeVar("Client")

#: The run role's temporary keys: in the environment, or in a web function's headers.
ROLE_KEYS = ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY", "TENCENTCLOUD_SESSIONTOKEN")

#: What is made of secrets and kept: made again when one of them has changed.
MADE_OF_SECRETS = ("_data_keys", "cipher", "sessions", "database", "redis", "template_shelf")


class Shared:
    """What one process keeps between invocations: connections. `remaining_s` and the ids are the current one's.

    `origin` is the id of the request that began the chain this invocation belongs to, where that was another one.
    """

    def __init__(self, env: Mapping[str, str] | None = None) -> None:
        self.given = environment() if env is None else env
        self.remaining_s: Callable[[], float] = lambda: 60.0
        self.request_id = self.origin = ""
        self.keys: Mapping[str, str] = self.given
        self.secrets = self._layered()
        self.env: Mapping[str, str] = self.given if self.secrets is None else self.secrets
        self._generation = 0 if self.secrets is None else self.secrets.generation
        self._is_fit = False
        if self.secrets is None:
            self._refuse_unfit()

    def begin(self, *, remaining_s: Callable[[], float], request_id: str, keys: Mapping[str, str]) -> None:
        """Of one invocation, whose keys are the first that secrets can be read with: a web function has none before.

        Raises SettingsInvalid naming all that is missing in production, and what reading a secret for the first time raises.
        """
        self.remaining_s, self.request_id, self.keys, self.origin = remaining_s, request_id, keys, ""
        if self.secrets is not None:
            self.secrets.renew()
            self._forget_what_is_older(self.secrets.generation)
        self._refuse_unfit()

    def _refuse_unfit(self) -> None:
        if self._is_fit or self.app_settings.env != "production":
            return
        if self.secrets is not None:
            self.secrets.load(self.given)
        if problems := production_problems(self.env):
            raise SettingsInvalid(problems=problems)
        self._is_fit = True

    def _forget_what_is_older(self, generation: int) -> None:
        """Whoever had them read: the start of an invocation, or a client whose key was rejected in the one before."""
        if generation == self._generation:
            return
        self._generation = generation
        for name in MADE_OF_SECRETS:
            made = self.__dict__.pop(name, None)
            if name in ("database", "redis") and made is not None:
                made.close()

    @cached_property
    def secrets_settings(self) -> "SecretsSettings":
        from common.vendors.secrets.settings import SecretsSettings

        return read_group(SecretsSettings, "SECRETS_", self.given)

    def _layered(self) -> LayeredEnvironment | None:
        """None where nothing is layered: everything is in the environment, as it is by default."""
        if self.given.get("SECRETS_PROVIDER", "").strip() in (*ABSENT, "environment"):
            return None

        def fetch(document: str) -> Mapping[str, str] | None:
            version = self.secret_store.read(document)
            return None if version is None else version.values

        lifetime_s = self.secrets_settings.cache_s
        report = self._report_stale
        return LayeredEnvironment(self.given, fetch, lifetime_s=lifetime_s, clock_s=time.monotonic, report=report)

    @cached_property
    def secret_store(self) -> "Secrets":
        from common.vendors.secrets.client import Secrets

        settings = self.secrets_settings
        return Secrets(settings, self._secret_keys, self.record_call, lambda: self.remaining_s())

    def _secret_keys(self) -> "TencentKeys":
        from common.http.tencent_cloud import TencentKeys

        return TencentKeys(*(self.keys.get(name, "") for name in ROLE_KEYS))

    def _report_stale(self, document: str, error: MojianError) -> None:
        """The secret cannot be read again; what was read before goes on being used."""
        self.note("alert", {"level": "error", "store": document, "code": error.code})

    def healing(self, build: Callable[[], Client]) -> Client:
        """A vendor's client that is built again when its credential is rejected and a fresh secret is there."""
        return healing(build, self.secrets)

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

        return RedisCallWindows(lambda: self.redis)

    def flush_calls(self) -> None:
        """At an invocation's end. One without a call to a vendor does not even load the counter."""
        if "call_windows" in self.__dict__:
            self.call_windows.flush(now=clock.now())

    @cached_property
    def template_shelf(self) -> "BundledShelf":
        """The templates of the deployment, with those of the asset store over them where there is one."""
        from common.documents.template_shelf import BundledShelf

        return self._published_shelf() or BundledShelf()

    def _published_shelf(self) -> "BundledShelf | None":
        from common.vendors.oss.settings import OssSettings

        settings = self.read(OssSettings, "OSS_")
        if not settings.is_set:
            return None
        from common.wiring.assets import published_shelf

        return published_shelf(settings, self.http, self.report_template)

    def report_template(self, name: str, error: MojianError) -> None:
        """A published template that is not used, or a store that does not answer; the bundled ones stand in."""
        self.note("alert", {"level": "error", "row": name, "code": error.code})

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
