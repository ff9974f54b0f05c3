"""SSM (2019-09-23): custom secrets with versions, as far as a reader and a rotation need them."""

from __future__ import annotations

import base64
import binascii
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service

MOST_VERSIONS = 10
MOST_BYTES = 32 * 1024
FIRST_VERSION = "SSM_Current"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@dataclass
class Version:
    """`content` as it came: SecretString or SecretBinary."""

    created_at: int
    content: dict[str, str]


@dataclass
class Secret:
    """`versions` in the order they were made."""

    versions: dict[str, Version] = field(default_factory=dict)
    status: str = "Enabled"


class SsmService(Service):
    """`denied`: secrets that the caller's role may not read. `statuses` are changed by control, as in the console."""

    name: ClassVar[str] = "ssm"
    version: ClassVar[str] = "2019-09-23"

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self.forget()

    def forget(self) -> None:
        self.secrets: dict[str, Secret] = {}
        self.denied: frozenset[str] = frozenset()

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "GetSecretValue": self.get_value,
            "ListSecretVersionIds": self.list_versions,
            "DescribeSecret": self.describe,
            "CreateSecret": self.create,
            "PutSecretValue": self.put_value,
            "DeleteSecretVersion": self.delete_version,
        }

    def state(self) -> dict[str, Any]:
        """Names, states and versions; never a content."""
        shown = {name: {"status": one.status, "versions": list(one.versions)} for name, one in self.secrets.items()}
        return {"secrets": shown, "denied": sorted(self.denied)}

    def change(self, limits: Mapping[str, Any]) -> None:
        if set(limits) - {"denied", "statuses"}:
            raise ValueError("known: denied, statuses")
        for name, status in dict(limits.get("statuses", {})).items():
            if name not in self.secrets:
                raise ValueError(f"no secret {name}")
            self.secrets[name].status = str(status)
        self.denied = frozenset(limits.get("denied", self.denied))

    def get_value(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        secret = self._usable(fields)
        version_id = _text(fields, "VersionId")
        if version_id not in secret.versions:
            raise TencentCloudError("ResourceNotFound", "The version does not exist.")
        kept = secret.versions[version_id].content
        both = {"SecretString": "", "SecretBinary": "", **kept}
        return {"SecretName": fields["SecretName"], "VersionId": version_id, **both}

    def list_versions(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        versions = self._found(fields).versions
        shown = [{"VersionId": name, "CreateTime": version.created_at} for name, version in versions.items()]
        return {"SecretName": fields["SecretName"], "Versions": shown}

    def describe(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"SecretName": fields["SecretName"], "Status": self._found(fields).status, "SecretType": 0}

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = _text(fields, "SecretName", _NAME)
        if name in self.secrets:
            raise TencentCloudError("ResourceInUse.SecretExists", "The secret exists already.")
        version_id = _text({"VersionId": FIRST_VERSION, **fields}, "VersionId", _VERSION)
        self.secrets[name] = Secret({version_id: Version(int(self._now()), _content(fields))})
        return {"SecretName": name, "VersionId": version_id}

    def put_value(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        secret, version_id = self._found(fields), _text(fields, "VersionId", _VERSION)
        if secret.status not in ("Enabled", "Disabled"):
            raise TencentCloudError("ResourceUnavailable.ResourcePendingDeleted", "The secret is to be deleted.")
        if version_id in secret.versions:
            raise TencentCloudError("ResourceInUse.VersionIdExists", "The version exists already.")
        if len(secret.versions) >= MOST_VERSIONS:
            raise TencentCloudError("LimitExceeded", "A secret may have ten versions.")
        secret.versions[version_id] = Version(int(self._now()), _content(fields))
        return {"SecretName": fields["SecretName"], "VersionId": version_id}

    def delete_version(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        secret, version_id = self._found(fields), _text(fields, "VersionId")
        if secret.versions.pop(version_id, None) is None:
            raise TencentCloudError("ResourceNotFound", "The version does not exist.")
        return {"SecretName": fields["SecretName"], "VersionId": version_id}

    def _found(self, fields: Mapping[str, Any]) -> Secret:
        name = _text(fields, "SecretName")
        if name in self.denied:
            raise TencentCloudError("UnauthorizedOperation", "The role may not use this secret.")
        if name not in self.secrets:
            raise TencentCloudError("ResourceNotFound", "The secret does not exist.")
        return self.secrets[name]

    def _usable(self, fields: Mapping[str, Any]) -> Secret:
        secret = self._found(fields)
        if secret.status != "Enabled":
            kind = "PendingDeleted" if secret.status == "PendingDelete" else "Disabled"
            raise TencentCloudError(f"ResourceUnavailable.Resource{kind}", "The secret is not enabled.")
        return secret


def _text(fields: Mapping[str, Any], name: str, form: re.Pattern[str] | None = None) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise TencentCloudError("MissingParameter", f"{name} is missing.")
    if form is not None and not form.fullmatch(value):
        raise TencentCloudError("InvalidParameterValue", f"{name} has a character or a length that is not allowed.")
    return value


def _content(fields: Mapping[str, Any]) -> dict[str, str]:
    given = {name: fields[name] for name in ("SecretString", "SecretBinary") if fields.get(name)}
    if len(given) != 1:
        raise TencentCloudError("InvalidParameter", "Exactly one of SecretString and SecretBinary.")
    text = str(next(iter(given.values())))
    if len(text.encode()) > MOST_BYTES:
        raise TencentCloudError("InvalidParameterValue", "The content is larger than 32 KB.")
    if "SecretBinary" in given:
        try:
            base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise TencentCloudError("InvalidParameterValue", "SecretBinary is not base64.") from error
    return {name: str(value) for name, value in given.items()}
