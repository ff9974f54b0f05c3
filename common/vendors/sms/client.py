"""Tencent Cloud's SendSms, one number at a time. Implements the port TextMessages."""

from collections.abc import Callable

from pydantic import ValidationError

from common.domain.messages import MessageKind
from common.domain.phones import PhoneNumber
from common.errors import VendorRejected, VendorReplyInvalid
from common.http.records import OpenCall, Recorder
from common.http.tencent_cloud import TencentCloud, TencentKeys
from common.vendors.sms.errors import error_of
from common.vendors.sms.models import SendReply
from common.vendors.sms.sdk import place_of
from common.vendors.sms.settings import SmsSettings

VENDOR = "tencent_sms"


class TencentSms:
    """One attempt per message: the service knows no idempotency key, so a second try may be a second message.

    `keys` is asked for every call: those of the function's role change from invocation to invocation.
    """

    def __init__(
        self,
        settings: SmsSettings,
        keys: Callable[[], TencentKeys],
        record: Recorder,
        remaining_s: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._cloud = TencentCloud(VENDOR, place_of(settings), keys, record, remaining_s, error_of)

    def send_code(self, phone: PhoneNumber, code: str, *, minutes: int) -> None:
        """A code that is good for so many minutes. Raises TooManyRequests, PhoneRefused, VendorError.

        `delivered="unknown"` in an error's facts: the message may be on its way.
        """
        values = self._settings.code_values(code, minutes)
        self._send("send_code", phone, self._settings.template_code, values)

    def knows(self, kind: MessageKind) -> bool:
        """Whether there is a template for such a notice."""
        return bool(self._settings.template_of(kind))

    def send_notice(self, phone: PhoneNumber, kind: MessageKind) -> None:
        """The fixed text of a notice. Raises as `send_code` does."""
        self._send("send_notice", phone, self._settings.template_of(kind), [])

    def knows_alert(self) -> bool:
        return bool(self._settings.template_alert and self._settings.app_id and self._settings.sign)

    def send_alert(self, phone: PhoneNumber) -> None:
        """The fixed text that wakes an operator. Raises as `send_code` does."""
        self._send("send_alert", phone, self._settings.template_alert, [])

    def _send(self, operation: str, phone: PhoneNumber, template: str, values: list[str]) -> None:
        with self._cloud.recorded(operation) as call:
            self._attempt(call, operation, phone, template, values)

    def _attempt(self, call: OpenCall, operation: str, phone: PhoneNumber, template: str, values: list[str]) -> None:
        if not (template and self._settings.app_id and self._settings.sign):
            raise VendorRejected(reason="SMS_APP_ID, SMS_SIGN or the template is missing", delivered="no")
        fields = {
            "PhoneNumberSet": [str(phone)],
            "SmsSdkAppId": self._settings.app_id,
            "SignName": self._settings.sign,
            "TemplateId": template,
            "TemplateParamSet": values,
        }
        call.attempts = 1
        reply = _read(self._cloud.ask(operation, "SendSms", fields))
        call.status = 200
        status = reply.statuses[0]
        if status.code != "Ok":
            raise error_of(status.code, status.message, reply.request_id)
        call.usage = {"messages": status.fee}


def _read(response: object) -> SendReply:
    """An answer without a status of our number says nothing about the message."""
    try:
        return SendReply.model_validate(response)
    except ValidationError:
        raise VendorReplyInvalid(reason="no status of the number", delivered="unknown") from None
