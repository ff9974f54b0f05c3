"""The vendors' clients, each behind its port."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from common.settings import Overlaid, PaySettings, read_group
from common.settings.env import ABSENT
from common.wiring.shared import ROLE_KEYS
from common.wiring.stores import Stores

if TYPE_CHECKING:
    from common.domain.orders import Order
    from common.http.tencent_cloud import TencentKeys
    from common.services import ports, push
    from common.vendors.cos.models import CosCredentials
    from common.vendors.ocr.settings import OcrSettings, Provider
    from common.vendors.sms.settings import SmsSettings
    from common.vendors.wechat.client import WeChat
    from common.vendors.wechat.settings import WeChatSettings


#: Tries at one provider of the language model when there is another one to ask.
ATTEMPTS_EACH = 2


def with_merchant_key(env: Mapping[str, str]) -> Mapping[str, str]:
    """v2 shows the certificate of the key that v3 signs with: one setting is enough for both."""
    own, shared = "WECHAT_PAY_V2_CLIENT_KEY", env.get("WECHAT_PAY_PRIVATE_KEY", "")
    return Overlaid(env, {own: shared}) if env.get(own, "").strip() in ABSENT else env


class Vendors(Stores):
    """The vendors' clients, each behind its port."""

    @cached_property
    def objects(self) -> "ports.Objects":
        from common.vendors.cos.client import Cos
        from common.vendors.cos.settings import CosSettings

        settings = self._shared.read(CosSettings, "COS_")
        return Cos(
            settings, self._cos_credentials, self._shared.record_call, self.remaining_s, lambda: self._shared.chain
        )

    def avatar_link(self, key: str) -> str:
        """The same link all hour, so that phones keep the picture; it lives for another hour. No request is made."""
        hour = self.now().replace(minute=0, second=0, microsecond=0)
        return self.objects.download_url(key, filename="avatar.jpg", now=hour, lifetime_s=2 * 3600)

    @cached_property
    def client_keys(self) -> "ports.ClientKeys | None":
        """None when no sub-user is configured: the upload form is enough for the mini-program."""
        from common.vendors.cos.federation import ClientKeys
        from common.vendors.cos.settings import CosSettings, StsSettings

        def build() -> ClientKeys:
            settings = self._shared.read(StsSettings, "STS_")
            bucket = self._shared.read(CosSettings, "COS_")
            return ClientKeys(settings, bucket, self._shared.record_call, self.remaining_s)

        return self._shared.healing(build) if self._shared.read(StsSettings, "STS_").is_set else None

    def _cos_credentials(self) -> "CosCredentials":
        """The run role's temporary keys, fresh for each invocation: in the environment, or in a web function's headers."""
        from common.vendors.cos.models import CosCredentials

        return CosCredentials(*(self._keys.get(name, "") for name in ROLE_KEYS))

    @property
    def _wechat_settings(self) -> "WeChatSettings":
        from common.vendors.wechat.settings import WeChatSettings

        return self._shared.read(WeChatSettings, "WECHAT_")

    @cached_property
    def token_issuer(self) -> "ports.TokenIssuer":
        from common.vendors.wechat.stable_token import StableToken

        return self._shared.healing(lambda: StableToken(self._wechat_settings, self._shared.http))

    def access_token(self, rejected: str | None = None) -> str:
        from common.services.tokens import current_token

        return current_token(rejected, store=self.tokens, issuer=self.token_issuer, now=self.now())

    @cached_property
    def wechat(self) -> "WeChat":
        from common.vendors.wechat.client import WeChat

        return self._shared.healing(lambda: WeChat(self._wechat_settings, self._shared.http, self.access_token))

    @cached_property
    def open_data(self) -> "ports.OpenData":
        from common.vendors.wechat.people import WeChatPeople

        return self._shared.healing(lambda: WeChatPeople(self._wechat_settings, self._shared.http, self.access_token))

    @cached_property
    def mini_codes(self) -> "ports.CodePictures":
        from common.vendors.wechat.mini_codes import MiniCodes

        return MiniCodes(self._wechat_settings, self._shared.http, self.access_token)

    @cached_property
    def picture_check(self) -> "ports.PictureCheck":
        from common.vendors.wechat.picture_checks import PictureChecks

        return PictureChecks(self._wechat_settings, self._shared.http, self.access_token)

    @cached_property
    def gates(self) -> "ports.Gates":
        from common.wiring.gates import LazyGates

        return LazyGates(
            {
                "v3": lambda: self.wechat_pay,
                "v2": lambda: self.wechat_pay_v2,
                "xpay": lambda: self.xpay,
            },
            lambda: self._pay_settings.provider,
        )

    @cached_property
    def _pay_settings(self) -> PaySettings:
        return self._shared.read(PaySettings, "PAY_")

    @property
    def _report_shipping(self) -> "Callable[[Order], None] | None":
        """For the providers that cannot tell WeChat of a delivery by themselves; None where nobody has to."""
        if not self._pay_settings.report_shipping:
            return None
        from common.vendors.wechat.shipping import ShippingReports

        return ShippingReports(self._wechat_settings, self._shared.http, self.access_token).report

    @cached_property
    def xpay(self) -> "ports.PaymentGate":
        from common.vendors.xpay.client import XPay
        from common.vendors.xpay.settings import XPaySettings

        def build() -> "ports.PaymentGate":
            env = self._shared.env
            known = {"XPAY_APPID": env.get("WECHAT_APPID", "")}
            return XPay(
                read_group(XPaySettings, "XPAY_", Overlaid(env, known)),
                self._shared.http,
                self.access_token,
                session_key=lambda user_id: self.users.session_key(user_id),
                open_push=lambda query, body, *, now: self.mailbox.open(query, body, now=now),
            )

        return self._shared.healing(build)

    @cached_property
    def mailbox(self) -> "push.Mailbox":
        from common.vendors.wechat.push import Mailbox
        from common.vendors.wechat.settings import PushSettings

        settings = self._shared.read(PushSettings, "WECHAT_PUSH_")
        return Mailbox(settings, appid=self._wechat_settings.appid)

    @cached_property
    def wechat_pay(self) -> "ports.PaymentGate":
        from common.vendors.wechat_pay.client import WeChatPay
        from common.vendors.wechat_pay.settings import WeChatPaySettings

        def build() -> "ports.PaymentGate":
            env = self._shared.env
            known = {"WECHAT_PAY_APPID": env.get("WECHAT_APPID", ""), "WECHAT_PAY_NOTIFY_URL": self._notify_url("v3")}
            settings = read_group(WeChatPaySettings, "WECHAT_PAY_", Overlaid(env, known))
            return WeChatPay(settings, self._shared.http, self._report_shipping)

        return self._shared.healing(build)

    @cached_property
    def wechat_pay_v2(self) -> "ports.PaymentGate":
        from common.vendors.wechat_pay_v2.client import WeChatPayV2
        from common.vendors.wechat_pay_v2.settings import WeChatPayV2Settings

        def build() -> "ports.PaymentGate":
            env = with_merchant_key(self._shared.env)
            own = {"APPID": env.get("WECHAT_APPID", ""), "NOTIFY_URL": self._notify_url("v2")}
            known = {f"WECHAT_PAY_V2_{field}": value for field, value in own.items()}
            settings = read_group(WeChatPayV2Settings, "WECHAT_PAY_V2_", Overlaid(env, known))
            return WeChatPayV2(settings, self._shared.http, self._report_shipping)

        return self._shared.healing(build)

    def _notify_url(self, provider: str) -> str:
        return f"{self._shared.app_settings.base_url.rstrip('/')}/pay/notify/{provider}"

    @cached_property
    def ocr(self) -> "ports.Ocr":
        from common.services.recognising import WithFallback

        settings = self._ocr_settings
        first = self._ocr_by(settings.provider)
        return WithFallback(first, self._ocr_by(settings.fallback_provider)) if settings.fallback_provider else first

    @property
    def _ocr_settings(self) -> "OcrSettings":
        from common.vendors.ocr.settings import OcrSettings

        return self._shared.read(OcrSettings, "OCR_")

    def _ocr_by(self, provider: "Provider") -> "ports.Ocr":
        if provider == "local":
            from common.documents.local_ocr import LocalOcr

            return LocalOcr()
        if provider == "tencent":
            from common.vendors.ocr.tencent.client import TencentOcr

            return self._shared.healing(
                lambda: TencentOcr(self._ocr_settings, self._tencent_keys, self._shared.record_call, self.remaining_s)
            )
        from common.vendors.ocr.wechat.client import WeChatOcr

        return WeChatOcr(self._shared.http, self.access_token, base_url=self._wechat_settings.base_url)

    def _tencent_keys(self) -> "TencentKeys":
        return self._keys_of(self._ocr_settings)

    def _keys_of(self, settings: "OcrSettings | SmsSettings") -> "TencentKeys":
        """The configured key pair, or else the temporary one of the function's role."""
        from common.http.tencent_cloud import TencentKeys

        role = self._cos_credentials()
        if settings.secret_id:
            return TencentKeys(settings.secret_id, settings.secret_key.get_secret_value())
        return TencentKeys(role.secret_id, role.secret_key, role.token)

    @cached_property
    def text_messages(self) -> "ports.TextMessages":
        from common.vendors.sms.client import TencentSms
        from common.vendors.sms.settings import SmsSettings

        def build() -> TencentSms:
            settings = self._shared.read(SmsSettings, "SMS_")
            return TencentSms(settings, lambda: self._keys_of(settings), self._shared.record_call, self.remaining_s)

        return self._shared.healing(build)

    @cached_property
    def model(self) -> "ports.ModelDesk | None":
        """None when working offline: rules do what they can, and nothing is charged."""
        from common.services.sharing_model import SharedModel

        if self._shared.app_settings.offline:
            return None
        return SharedModel(self._providers, self.model_turns, self.remaining_s)

    @cached_property
    def embedder(self) -> "ports.Embedder | None":
        """None when no host is configured, or when working offline: jobs are then matched by words alone."""
        from common.vendors.embedding.settings import EmbeddingSettings

        def settings() -> EmbeddingSettings:
            return self._shared.read(EmbeddingSettings, "EMBEDDING_")

        if self._shared.app_settings.offline or not settings().is_set:
            return None
        from common.vendors.embedding.client import Embeddings

        return self._shared.healing(lambda: Embeddings(settings(), self._shared.http))

    @cached_property
    def job_boards(self) -> "Sequence[ports.JobBoard]":
        """One for every mapping file; those without a contract's key are there and closed."""
        from common.vendors.job_boards.client import JobBoard
        from common.vendors.job_boards.mapping import load_mappings
        from common.vendors.job_boards.settings import BoardSettings

        return [
            JobBoard(mapping, self._shared.read(BoardSettings, mapping.prefix), self._shared.http, self.cache)
            for mapping in load_mappings()
        ]

    @cached_property
    def _providers(self) -> "ports.LanguageModel":
        from common.vendors.deepseek.client import DeepSeek
        from common.vendors.deepseek.failover import Failover
        from common.vendors.deepseek.settings import DeepSeekSettings, FallbackSettings

        shared, http = self._shared, self._shared.http

        def first(**how: Any) -> DeepSeek:
            return shared.healing(lambda: DeepSeek(shared.read(DeepSeekSettings, "DEEPSEEK_"), http, **how))

        def second(**how: Any) -> DeepSeek:
            return shared.healing(lambda: DeepSeek(shared.read(FallbackSettings, "LLM_FALLBACK_"), http, **how))

        if not shared.read(FallbackSettings, "LLM_FALLBACK_").is_set:
            return first()
        return Failover([first(attempts=ATTEMPTS_EACH), second(name="llm_fallback", attempts=ATTEMPTS_EACH)])
