"""SMS_*: the account at Tencent Cloud, the application, its sign, and the templates by what they say."""

from urllib.parse import urlsplit

from pydantic import ConfigDict, SecretStr, model_validator

from common.domain.messages import MessageKind
from common.lazy_model import LazyModel


class SmsSettings(LazyModel):
    """Without keys the function's own role signs; it then needs the right to call sms:SendSms.

    `code_parameters` are the variables of the template of codes, in its order. Notices carry none: Tencent Cloud approves no
    others any more for the mainland. A notice without a template is not sent.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    base_url: str = "https://sms.tencentcloudapi.com"
    region: str = "ap-guangzhou"
    secret_id: str = ""
    secret_key: SecretStr = SecretStr("")
    app_id: str = ""
    sign: str = ""
    template_code: str = ""
    code_parameters: str = "code,minutes"
    template_ready: str = ""
    template_failed: str = ""
    template_refunded: str = ""
    template_alert: str = ""

    @model_validator(mode="after")
    def _fits_together(self) -> "SmsSettings":
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname or address.path not in ("", "/"):
            raise ValueError("SMS_BASE_URL must look like https://host")
        if bool(self.secret_id) != bool(self.secret_key.get_secret_value()):
            raise ValueError("SMS_SECRET_ID and SMS_SECRET_KEY go together")
        if self.code_parameters not in ("code", "code,minutes", "minutes,code"):
            raise ValueError("SMS_CODE_PARAMETERS must be code, or code,minutes in either order")
        return self

    def template_of(self, kind: MessageKind) -> str:
        """The template of a notice; empty when there is none, or no application to send it with."""
        templates = {"ready": self.template_ready, "failed": self.template_failed, "refunded": self.template_refunded}
        return templates[kind] if self.app_id and self.sign else ""

    def code_values(self, code: str, minutes: int) -> list[str]:
        values = {"code": code, "minutes": str(minutes)}
        return [values[name] for name in self.code_parameters.split(",")]
