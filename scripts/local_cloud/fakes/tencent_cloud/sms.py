"""SMS (2021-01-11): SendSms. Failures of one number come with status 200 and no Error, in that number's Code."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from scripts.local_cloud.fakes.kit_clock import Clock
from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service
from scripts.local_cloud.fakes.tencent_cloud.sms_account import SmsAccount, SmsTemplate
from scripts.local_cloud.fakes.tencent_cloud.sms_limits import SmsLimits

MOST_NUMBERS = 200
REQUIRED = ("PhoneNumberSet", "SmsSdkAppId", "TemplateId")
MAINLAND = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
CODE_VALUE = re.compile(r"\d{0,6}")
LONGEST_VALUE = 6
URL = re.compile(r"https?://|www\.")

#: Nobody can say whether these were sent, so here they were.
AMBIGUOUS = "InternalError."


class SmsService(Service):
    """`outcomes` are the codes of the next numbers, before anything else is looked at; "Ok" lets one pass."""

    name: ClassVar[str] = "sms"
    version: ClassVar[str] = "2021-01-11"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.forget()

    def forget(self) -> None:
        self.account = SmsAccount()
        self.limits = SmsLimits()
        self.outcomes: list[str] = []
        self.messages: list[dict[str, Any]] = []

    @property
    def actions(self) -> Mapping[str, Action]:
        return {"SendSms": self.send}

    def state(self) -> dict[str, Any]:
        return {
            "messages": self.messages,
            "outcomes": self.outcomes,
            **self.account.as_json(),
            **self.limits.as_json(),
        }

    def change(self, limits: Mapping[str, Any]) -> None:
        wishes = dict(limits)
        self.outcomes = [str(code) for code in wishes.pop("outcomes", self.outcomes)]
        self.limits.change(self.account.change(wishes))

    def send(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        missing = next((name for name in REQUIRED if not fields.get(name)), None)
        if missing == "PhoneNumberSet":
            raise TencentCloudError("MissingParameter.EmptyPhoneNumberSet")
        if missing:
            raise TencentCloudError("MissingParameter", f"The request is missing a required parameter `{missing}`.")
        numbers = fields["PhoneNumberSet"]
        if not isinstance(numbers, list) or not all(isinstance(number, str) for number in numbers):
            raise TencentCloudError("InvalidParameter", "PhoneNumberSet must be a list of strings.")
        if len(numbers) > MOST_NUMBERS:
            raise TencentCloudError("LimitExceeded.PhoneNumberCountLimit")
        return {"SendStatusSet": [self._status(number, fields) for number in numbers]}

    def _status(self, number: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """One number of the answer; a number that is refused costs nothing."""
        code = self._outcome(number, fields)
        sent = code == "Ok"
        return {
            "SerialNo": f"2019:{uuid.uuid4().int % 10**16}" if sent else "",
            "PhoneNumber": number,
            "Fee": 1 if sent else 0,
            "SessionContext": fields.get("SessionContext", ""),
            "Code": code,
            "Message": "send success" if sent else f"refused: {code}",
            "IsoCode": "CN" if sent else "",
        }

    def _outcome(self, number: str, fields: Mapping[str, Any]) -> str:
        scripted = self.outcomes.pop(0) if self.outcomes else "Ok"
        if scripted != "Ok" and not scripted.startswith(AMBIGUOUS):
            return scripted
        refusal = self._refusal(number, fields)
        if refusal:
            return refusal
        self._deliver(number, fields)
        return scripted

    def _refusal(self, number: str, fields: Mapping[str, Any]) -> str | None:
        found = MAINLAND.fullmatch(number)
        template = self.account.templates.get(str(fields["TemplateId"]))
        parameters = [str(value) for value in fields.get("TemplateParamSet") or []]
        return (
            self.account.refusal(fields)
            or (complaint_about(template, parameters) if template else None)
            or (None if found else "InvalidParameterValue.IncorrectPhoneNumber")
            or ("FailedOperation.PhoneNumberInBlacklist" if number in self.account.blacklist else None)
            or ("FailedOperation.InsufficientBalanceInSmsPackage" if self.account.balance == 0 else None)
            or self.limits.refusal(number, _content(fields), self.messages, self._clock.now())
        )

    def _deliver(self, number: str, fields: Mapping[str, Any]) -> None:
        if self.account.balance is not None:
            self.account.balance -= 1
        self.messages.append(
            {
                "phone": number,
                "sign": fields["SignName"],
                "template_id": str(fields["TemplateId"]),
                "parameters": list(fields.get("TemplateParamSet") or []),
                "content": _content(fields),
                "at": self._clock.now(),
            }
        )


def complaint_about(template: SmsTemplate, parameters: list[str]) -> str | None:
    """What the template's review would say of these values."""
    if template.state != "approved":
        return "FailedOperation.TemplateIncorrectOrUnapproved"
    if parameters and not template.parameters:
        return "InvalidParameterValue.UnsupportedTemplateVariable"
    if len(parameters) != template.parameters:
        return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
    if any(URL.search(value) for value in parameters):
        return "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"
    if template.kind == "code" and not all(CODE_VALUE.fullmatch(value) for value in parameters):
        return "InvalidParameterValue.TemplateParameterFormatError"
    if any(len(value) > LONGEST_VALUE for value in parameters):
        return "InvalidParameterValue.TemplateParameterLengthLimit"
    return None


def _content(fields: Mapping[str, Any]) -> str:
    return "|".join([str(fields["TemplateId"]), *map(str, fields.get("TemplateParamSet") or [])])
