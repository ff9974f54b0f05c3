"""The SMS account of the fake: its application, signs, templates, package and blacklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

APP_ID = "1400006666"
SIGN = "墨简"
CODE_TEMPLATE = "2400001"
READY_TEMPLATE = "2400002"
REFUNDED_TEMPLATE = "2400003"
ALERT_TEMPLATE = "2400004"


@dataclass
class SmsTemplate:
    """`kind` is "code" or "notice"; newly approved notices of the mainland carry no variables."""

    kind: str
    parameters: int
    state: str = "approved"


class SmsAccount:
    """`balance` is None for a package without end."""

    def __init__(self) -> None:
        self.apps = [APP_ID]
        self.signs = [SIGN]
        self.templates = {
            CODE_TEMPLATE: SmsTemplate("code", 2),
            READY_TEMPLATE: SmsTemplate("notice", 0),
            REFUNDED_TEMPLATE: SmsTemplate("notice", 0),
            ALERT_TEMPLATE: SmsTemplate("notice", 0),
        }
        self.balance: int | None = None
        self.blacklist: list[str] = []

    def refusal(self, fields: Mapping[str, Any]) -> str | None:
        if str(fields["SmsSdkAppId"]) not in self.apps:
            return "UnauthorizedOperation.SmsSdkAppIdVerifyFail"
        if fields.get("SignName") not in self.signs:
            return "FailedOperation.SignatureIncorrectOrUnapproved"
        if str(fields["TemplateId"]) not in self.templates:
            return "FailedOperation.TemplateUnapprovedOrNotExist"
        return None

    def change(self, wishes: dict[str, Any]) -> dict[str, Any]:
        """Take what is the account's; the rest is returned."""
        rest = dict(wishes)
        if "balance" in rest:
            left = rest.pop("balance")
            self.balance = None if left is None else int(left)
        self.blacklist = [str(number) for number in rest.pop("blacklist", self.blacklist)]
        self.signs = [str(sign) for sign in rest.pop("signs", self.signs)]
        for template_id, fields in dict(rest.pop("templates", {})).items():
            self.templates[str(template_id)] = SmsTemplate(**fields)
        return rest

    def as_json(self) -> dict[str, Any]:
        templates = {template_id: asdict(template) for template_id, template in self.templates.items()}
        return {
            "apps": self.apps,
            "signs": self.signs,
            "templates": templates,
            "balance": self.balance,
            "blacklist": self.blacklist,
        }
