"""Policies of the execution roles: what a function may do, as CAM writes it.

Sources: cloud.tencent.com/document/product/598/10606 (resources; an empty account is the one that makes the policy), 1140/40871
(SSM: secret/creatorUin/<who made it>/<name>), 382/38454 (SMS: no resources for SendSms); OCR knows none either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from common.vendors.secrets.settings import SecretsSettings
from scripts.deployment.rights import Right
from scripts.deployment.settings import Settings

#: Operations of the port Objects, then of others → actions. Copying an object onto itself is a PutObject that reads.
ACTIONS = {
    "create": ("cos:PutObject",),
    "read": ("cos:GetObject",),
    "exists": ("cos:HeadObject",),
    "delete": ("cos:DeleteObject",),
    "keys_under": ("cos:GetBucket",),
    "redeliver": ("cos:GetObject", "cos:PutObject"),
    "upload_form": ("cos:PostObject",),
    "download_url": ("cos:GetObject",),
    "read_secret": ("ssm:GetSecretValue", "ssm:ListSecretVersionIds"),
    "send_sms": ("sms:SendSms",),
    "recognise": ("ocr:GeneralAccurateOCR",),
}
TRUST = {
    "version": "2.0",
    "statement": [
        {"action": "name/sts:AssumeRole", "effect": "allow", "principal": {"service": ["scf.qcloud.com"]}},
    ],
}


def trust_document() -> str:
    return json.dumps(TRUST, sort_keys=True)


def policy_document(rights: Iterable[Right], settings: Settings) -> str | None:
    """One statement for every set of actions; None when a function may do nothing."""
    actions_at: dict[str, set[str]] = {}
    for right in rights:
        actions_at.setdefault(_resource(right, settings), set()).update(ACTIONS[right.operation])
    places: dict[tuple[str, ...], list[str]] = {}
    for resource, actions in sorted(actions_at.items()):
        places.setdefault(tuple(sorted(actions)), []).append(resource)
    statements = [
        {"effect": "allow", "action": [f"name/{action}" for action in actions], "resource": resources}
        for actions, resources in sorted(places.items())
    ]
    return json.dumps({"version": "2.0", "statement": statements}, sort_keys=True) if statements else None


def readable(document: str) -> list[str]:
    """The lines of a plan."""
    return [
        f"{', '.join(action.removeprefix('name/') for action in statement['action'])}: "
        f"{', '.join(_shown(resource) for resource in statement['resource'])}"
        for statement in json.loads(document)["statement"]
    ]


def _resource(right: Right, settings: Settings) -> str:
    service = ACTIONS[right.operation][0].partition(":")[0]
    if service == "cos":
        return f"qcs::cos:{settings.region}:uid/{settings.appid}:{settings.bucket}/{right.where}"
    if service == "ssm":
        region = settings.values.get("SECRETS_REGION") or SecretsSettings.model_fields["region"].default
        return f"qcs::ssm:{region}::secret/creatorUin/*/{right.where}"
    return right.where


def _shown(resource: str) -> str:
    """Without account, bucket and who made a secret."""
    place = resource.split(":", 5)[-1]
    return place.rpartition("/")[2] if place.startswith("secret/") else place.partition("/")[2] or place
