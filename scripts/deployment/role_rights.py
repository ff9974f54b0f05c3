"""What a function does with the keys of its role: in the bucket (rights.py), in SSM, with SMS and with OCR.

Vendors are asked with the role's keys only where no others are set. What stands in a secret is not looked at here: with
SECRETS_PROVIDER=ssm a variable that is not given may be set there, so whoever might need a right has it. STS is never asked
with them: temporary keys may not ask for others (common/vendors/cos/federation.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from common.settings.env import ABSENT
from common.settings.secret_documents import documents_of
from common.vendors.secrets.settings import SecretsSettings
from scripts.deployment.rights import Right, rights_of
from scripts.docs_reach import functions, reach_of
from scripts.docs_settings import group_settings

#: Members of wiring that sign with the role's keys when nobody has set others.
ASKS_OCR, SENDS_SMS = "App.ocr", "App.text_messages"
OCR_CHOICES = ("OCR_PROVIDER", "OCR_FALLBACK_PROVIDER")
EVERYTHING = "*"


def role_rights(function: str, environment: Mapping[str, str]) -> list[Right]:
    """`environment` is what the function is given. Nothing for a name that is no function of this project."""
    if function not in functions():
        return []
    return [*rights_of(function), *beyond_the_bucket(function, environment)]


def beyond_the_bucket(function: str, environment: Mapping[str, str]) -> list[Right]:
    return [*_secrets(function, environment), *_vendors(function, environment)]


def secrets_read_by(function: str) -> list[str]:
    """The secrets in which any setting may stand that the function can get to."""
    reach = reach_of(function)
    named = {row.name for group, rows in group_settings().items() if group.__name__ in reach.groups for row in rows}
    return documents_of(named | reach.names)


def _secrets(function: str, environment: Mapping[str, str]) -> Iterator[Right]:
    if _is_in_ssm(environment):
        prefix = environment.get("SECRETS_PREFIX") or SecretsSettings.model_fields["prefix"].default
        yield from (Right("read_secret", f"{prefix}-{document}") for document in secrets_read_by(function))


def _vendors(function: str, environment: Mapping[str, str]) -> Iterator[Right]:
    uses = reach_of(function).uses
    if ASKS_OCR in uses and not _is_set("OCR_SECRET_ID", environment) and _may_ask_tencent(environment):
        yield Right("recognise", EVERYTHING)
    if SENDS_SMS in uses and not _is_set("SMS_SECRET_ID", environment) and _may_be_set("SMS_APP_ID", environment):
        yield Right("send_sms", EVERYTHING)


def _may_ask_tencent(environment: Mapping[str, str]) -> bool:
    """Nobody is asked there unless that is chosen; as a fallback counts too."""
    chosen = {environment[name].strip() for name in OCR_CHOICES if _is_set(name, environment)}
    return "tencent" in chosen or (_is_in_ssm(environment) and len(chosen) < len(OCR_CHOICES))


def _may_be_set(name: str, environment: Mapping[str, str]) -> bool:
    """Given here, or perhaps in a secret."""
    return _is_set(name, environment) or _is_in_ssm(environment)


def _is_set(name: str, environment: Mapping[str, str]) -> bool:
    return environment.get(name, "").strip() not in ABSENT


def _is_in_ssm(environment: Mapping[str, str]) -> bool:
    return environment.get("SECRETS_PROVIDER", "").strip() == "ssm"
