"""The only file that knows which class stands behind each port. Everything is lazy: a function loads only what it touches."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from common import clock, logs
from common.domain.pipeline import ObjectKey, ResumeRow, Stage
from common.domain.users import UserId
from common.errors import MojianError, SettingsInvalid, message_of
from common.settings import (
    AppSettings,
    CreditsSettings,
    DataKeySettings,
    LimitsSettings,
    SessionSettings,
    environment,
    production_problems,
    read_group,
)

if TYPE_CHECKING:
    from common.domain.optimising.messages import Prompts
    from common.domain.rendering.document import TypesetPdf
    from common.http import CallRecord, HttpClient
    from common.persistence.database import Database
    from common.persistence.redis_connection import RedisConnection
    from common.platform.events.cos import CosRecord
    from common.security.encryption import Cipher
    from common.services import library, messaging, ports, stages, sweeping, uploads
    from common.vendors.cos.models import CosCredentials
    from common.vendors.wechat import WeChat
    from common.vendors.wechat.settings import WeChatSettings

__all__ = ["App", "Shared", "UserId"]

Group = TypeVar("Group", bound=BaseModel)


class Shared:
    """What one process keeps between invocations: connections. `remaining_s` and `request_id` are the current one's."""

    def __init__(self, env: Mapping[str, str] | None = None) -> None:
        self.env = environment() if env is None else env
        self.remaining_s: Callable[[], float] = lambda: 60.0
        self.request_id = ""
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
        from common.security.keyring import KeyRing

        keys = self.read(DataKeySettings, "DATA_").keys.get_secret_value()
        return Cipher(KeyRing.parse(keys, setting="DATA_KEYS"))

    @cached_property
    def sessions(self) -> "ports.Sessions":
        from common.security.keyring import KeyRing
        from common.security.sessions import SessionTokens

        settings = self.read(SessionSettings, "SESSION_")
        ring = KeyRing.parse(settings.keys.get_secret_value(), setting="SESSION_KEYS")
        return SessionTokens(ring, lifetime=timedelta(days=settings.days))

    def record_call(self, call: "CallRecord") -> None:
        """One line per call to a vendor."""
        fields = {
            "vendor": call.vendor,
            "operation": call.operation,
            "status": call.status,
            "attempts": call.attempts,
            "latency_ms": call.latency_ms,
            "code": call.error,
        }
        logs.write("call", {"request_id": self.request_id, **fields, **call.usage})


class App:
    """One invocation's view: ports by name. Built anew each time, because the platform renews the temporary keys."""

    def __init__(
        self,
        shared: Shared,
        *,
        remaining_s: Callable[[], float],
        request_id: str,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        self._shared = shared
        self._keys = keys or shared.env
        shared.remaining_s, shared.request_id = remaining_s, request_id
        self.request_id = request_id
        self.remaining_s = remaining_s

    def now(self) -> datetime:
        return clock.now()

    def new_id(self, prefix: str = "") -> str:
        return clock.new_id(prefix)

    def new_order_number(self) -> str:
        """At most 32 characters of [0-9A-Za-z_-|*], as WeChat Pay wants them."""
        return clock.new_id("M")

    def read_session(self, token: str) -> UserId:
        return self.sessions.read(token, now=self.now())

    @property
    def stage(self) -> str:
        return self._shared.app_settings.env

    @cached_property
    def prices(self) -> CreditsSettings:
        return self._shared.read(CreditsSettings, "CREDITS_")

    @cached_property
    def limits_settings(self) -> LimitsSettings:
        return self._shared.read(LimitsSettings, "LIMITS_")

    @cached_property
    def upload_rules(self) -> "uploads.UploadRules":
        from common.documents.template_shelf import template_names
        from common.services.uploads import UploadRules

        return UploadRules(
            cost=self.prices.optimise,
            hold_for=timedelta(hours=self.prices.hold_hours),
            max_bytes=self.limits_settings.upload_max_mb * 1024 * 1024,
            per_hour=self.limits_settings.uploads_per_hour,
            templates=tuple(template_names()),
        )

    @cached_property
    def users(self) -> "ports.UserStore":
        from common.persistence.users import SqlUserStore

        return SqlUserStore(
            self._shared.database, encrypt=lambda text, *, context: self.cipher.encrypt(text, context=context)
        )

    @cached_property
    def credits(self) -> "ports.CreditStore":
        from common.persistence.credits import SqlCreditStore

        return SqlCreditStore(self._shared.database)

    @cached_property
    def orders(self) -> "ports.OrderStore":
        from common.persistence.orders import SqlOrderStore

        return SqlOrderStore(self._shared.database)

    @cached_property
    def resumes(self) -> "ports.ResumeStore":
        from common.persistence.resumes import SqlResumeStore

        return SqlResumeStore(self._shared.database)

    @cached_property
    def outbox(self) -> "ports.Outbox":
        from common.persistence.outbox import SqlOutbox

        return SqlOutbox(self._shared.database)

    @cached_property
    def idempotency(self) -> "ports.IdempotencyStore":
        from common.persistence.idempotency import SqlIdempotencyStore

        return SqlIdempotencyStore(self._shared.database)

    @cached_property
    def tokens(self) -> "ports.TokenStore":
        from common.persistence.tokens import SqlTokenStore

        return SqlTokenStore(self._shared.database)

    @cached_property
    def limits(self) -> "ports.RateLimits":
        from common.persistence.rate_limits import RedisRateLimits

        return RedisRateLimits(self._shared.redis)

    @property
    def cipher(self) -> "Cipher":
        return self._shared.cipher

    @property
    def sessions(self) -> "ports.Sessions":
        return self._shared.sessions

    @cached_property
    def objects(self) -> "ports.Objects":
        from common.vendors.cos import Cos
        from common.vendors.cos.settings import CosSettings

        settings = self._shared.read(CosSettings, "COS_")
        return Cos(settings, self._cos_credentials, self._shared.record_call, self.remaining_s)

    def _cos_credentials(self) -> "CosCredentials":
        """The run role's temporary keys, fresh for each invocation: in the environment, or in a web function's headers."""
        from common.vendors.cos.models import CosCredentials

        names = ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY", "TENCENTCLOUD_SESSIONTOKEN")
        return CosCredentials(*(self._keys.get(name, "") for name in names))

    @cached_property
    def _wechat_settings(self) -> "WeChatSettings":
        from common.vendors.wechat.settings import WeChatSettings

        return self._shared.read(WeChatSettings, "WECHAT_")

    @cached_property
    def token_issuer(self) -> "ports.TokenIssuer":
        from common.vendors.wechat import StableToken

        return StableToken(self._wechat_settings, self._shared.http)

    def access_token(self, rejected: str | None = None) -> str:
        from common.services.tokens import current_token

        return current_token(rejected, store=self.tokens, issuer=self.token_issuer, now=self.now())

    @cached_property
    def wechat(self) -> "WeChat":
        from common.vendors.wechat import WeChat

        return WeChat(self._wechat_settings, self._shared.http, self.access_token)

    @cached_property
    def wechat_pay(self) -> "ports.PaymentGate":
        from common.vendors.wechat_pay import WeChatPay
        from common.vendors.wechat_pay.settings import WeChatPaySettings

        env = self._shared.env
        known = {
            "WECHAT_PAY_APPID": env.get("WECHAT_APPID", ""),
            "WECHAT_PAY_NOTIFY_URL": f"{self._shared.app_settings.base_url.rstrip('/')}/pay/notify/v3",
        }
        return WeChatPay(read_group(WeChatPaySettings, "WECHAT_PAY_", {**env, **known}), self._shared.http)

    @cached_property
    def ocr(self) -> "ports.Ocr":
        from common.vendors.ocr import WeChatOcr
        from common.vendors.ocr.settings import OcrSettings

        settings = read_group(OcrSettings, "OCR_", {"OCR_BASE_URL": self._wechat_settings.base_url, **self._shared.env})
        return WeChatOcr(settings, self._shared.http, self.access_token)

    @cached_property
    def model(self) -> "ports.LanguageModel | None":
        """None when working offline: rules do what they can, and nothing is charged."""
        from common.vendors.deepseek import DeepSeek
        from common.vendors.deepseek.settings import DeepSeekSettings

        if self._shared.app_settings.offline:
            return None
        return DeepSeek(self._shared.read(DeepSeekSettings, "DEEPSEEK_"), self._shared.http)

    @cached_property
    def reader(self) -> "ports.DocumentReader":
        from common.documents.reader import FileReader

        return FileReader()

    @cached_property
    def typesetter(self) -> "ports.Typesetter":
        from common.documents.typesetter import XhtmlTypesetter

        return XhtmlTypesetter()

    @cached_property
    def prompts(self) -> "Prompts":
        from common.domain import optimising
        from common.domain.optimising.messages import Prompts

        folder = Path(str(optimising.__file__)).parent / "prompts"
        return Prompts(**{name: (folder / f"{name}.md").read_text("utf-8") for name in ("structure", "optimise")})

    def object_key(self, record: "CosRecord") -> ObjectKey:
        """The key as ours; percent-encoded ones are decoded only when the raw form is none of ours."""
        try:
            return ObjectKey.parse(record.key)
        except MojianError:
            return ObjectKey.parse(record.decoded_key)

    def stage_run(self, stage: Stage, record: "CosRecord") -> "stages.StageRun":
        from common.services.stages import StageRun

        return StageRun(
            stage=stage,
            key=self.object_key(record),
            resumes=self.resumes,
            objects=self.objects,
            lease_s=self.limits_settings.stage_lease_s,
            now=self.now,
        )

    @property
    def upload_desk(self) -> "uploads.UploadDesk":
        from common.services.uploads import UploadDesk

        return UploadDesk(
            rules=self.upload_rules,
            resumes=self.resumes,
            credits=self.credits,
            objects=self.objects,
            limits=self.limits,
            new_id=self.new_id,
            now=self.now(),
        )

    def shelf(self, user_id: UserId) -> "library.Shelf":
        from common.services.library import Shelf

        return Shelf(
            user_id=user_id,
            resumes=self.resumes,
            objects=self.objects,
            messages=message_of,
            rules=self.upload_rules,
            credits=self.credits,
            now=self.now(),
        )

    @cached_property
    def message_desk(self) -> "messaging.MessageDesk":
        from common.services.messaging import MessageDesk

        return MessageDesk(
            outbox=self.outbox,
            messenger=self.wechat,
            prepare=self.access_token,
            now=self.now,
            lease_s=self.limits_settings.message_lease_s,
        )

    @property
    def broom(self) -> "sweeping.Broom":
        from common.services.sweeping import Broom

        return Broom(
            resumes=self.resumes,
            objects=self.objects,
            credits=self.credits,
            answers=self.idempotency,
            desk=self.message_desk,
            report=self.alert("resume_id"),
            report_message=self.alert("message_id"),
            now=self.now(),
            grace_s=self.limits_settings.stage_grace_s,
        )

    @property
    def probes(self) -> dict[str, Callable[[], object]]:
        """For GET /health: one cheap question to everything requests depend on."""
        return {
            "database": lambda: self.tokens.read("health"),
            "redis": lambda: self.limits.hit("health", limit=1_000_000, window_s=60, fail_open=False),
            "objects": lambda: self.objects.exists("health"),
        }

    def alert(self, field: str) -> Callable[[str, MojianError], None]:
        """Writes a line for the operator about one thing, named by `field`."""
        own = {"request_id": self.request_id, "level": "error"}
        return lambda name, error: logs.write("alert", {**own, field: name, "code": error.code})

    def report_typeset(self, row: ResumeRow, pdf: "TypesetPdf") -> None:
        fields = {"resume_id": row.id, "pages": pdf.pages, "missing_characters": len(pdf.missing_characters)}
        logs.write("typeset", {"request_id": self.request_id, **fields})
