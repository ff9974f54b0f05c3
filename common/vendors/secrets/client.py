"""Tencent Cloud SSM: read the newest version of a secret, and write a newer one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from common.errors import SettingsInvalid, VendorObjectMissing, VendorReplyInvalid
from common.http.records import Recorder
from common.http.tencent_cloud import Place, TencentCloud, TencentKeys, common_client
from common.vendors.secrets.errors import error_of
from common.vendors.secrets.settings import SecretsSettings

VENDOR = "secrets"
ATTEMPTS = 2
READ_S = 3.0
#: "A maximum of 10 versions."
MOST_VERSIONS = 10


@dataclass(frozen=True)
class SecretVersion:
    """`values` by the names of the settings; `created_at` is when this version became the newest."""

    version_id: str
    created_at: datetime
    values: Mapping[str, str] = field(repr=False)


class Secrets:
    """Secrets whose text is a JSON object, setting → value. `keys` is asked for every call: a role's change all the time.

    Custom secrets have no marker for the current version, so the newest one counts. A version is never changed: rolling back
    is writing the older values once more, or deleting the newest version.
    """

    def __init__(
        self,
        settings: SecretsSettings,
        keys: Callable[[], TencentKeys],
        record: Recorder,
        remaining_s: Callable[[], float],
    ) -> None:
        self._settings = settings
        place = Place(common_client("ssm", "2019-09-23"), settings.base_url, settings.region, READ_S)
        self._cloud = TencentCloud(VENDOR, place, keys, record, remaining_s, error_of)

    def read(self, document: str) -> SecretVersion | None:
        """The newest version, None when there is no such secret.

        Raises CredentialRejected, VendorUnavailable, SettingsInvalid for a text that is no JSON object of texts.
        """
        name = self.name_of(document)
        try:
            version_id, created_at = self._newest(name)
            reply = self._call("read", "GetSecretValue", {"SecretName": name, "VersionId": version_id})
        except VendorObjectMissing:
            return None
        return SecretVersion(version_id, created_at, _values(name, reply.get("SecretString")))

    def write(self, document: str, values: Mapping[str, str], *, version_id: str) -> None:
        """The newest version from now on; the secret is made if it is new, the oldest version goes if there are too many.

        Raises ObjectAlreadyExists when there is a version of this name: somebody else writes too.
        """
        name, text = self.name_of(document), json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
        fields = {"SecretName": name, "VersionId": version_id, "SecretString": text}
        try:
            versions = self._versions(name)
        except VendorObjectMissing:
            self._call("create", "CreateSecret", fields)
            return
        for old in versions[: max(0, len(versions) - MOST_VERSIONS + 1)]:
            self._call("forget", "DeleteSecretVersion", {"SecretName": name, "VersionId": old[1]})
        self._call("write", "PutSecretValue", fields)

    def name_of(self, document: str) -> str:
        return f"{self._settings.prefix}-{document}"

    def _newest(self, name: str) -> tuple[str, datetime]:
        versions = self._versions(name)
        if not versions:
            raise VendorObjectMissing(vendor=VENDOR)
        created, version_id = versions[-1]
        return version_id, datetime.fromtimestamp(created, timezone.utc)

    def _versions(self, name: str) -> list[tuple[int, str]]:
        """(unix seconds, version id), the oldest first."""
        reply = self._call("versions", "ListSecretVersionIds", {"SecretName": name})
        try:
            return sorted((int(item["CreateTime"]), str(item["VersionId"])) for item in reply["Versions"])
        except (KeyError, TypeError, ValueError):
            raise VendorReplyInvalid(vendor=VENDOR, reason="not a list of versions") from None

    def _call(self, operation: str, action: str, fields: dict[str, Any]) -> Mapping[str, Any]:
        return self._cloud.call(operation, action, fields, _object, attempts=ATTEMPTS)


def _object(answer: object) -> Mapping[str, Any]:
    if not isinstance(answer, Mapping):
        raise VendorReplyInvalid(reason="not an answer in Tencent Cloud's form")
    return answer


def _values(name: str, text: object) -> Mapping[str, str]:
    try:
        values = json.loads(str(text))
    except ValueError:
        values = None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise SettingsInvalid(problems=[f"secret {name}: must be a JSON object, setting to text"])
    return values
