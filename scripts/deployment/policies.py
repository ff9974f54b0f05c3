"""Policies of the execution roles: what a function may do in the bucket, as CAM writes it."""

from __future__ import annotations

import json
from collections.abc import Iterable

from scripts.deployment.rights import Right
from scripts.deployment.settings import Settings

#: An operation of the port Objects → what COS calls it. Copying an object onto itself is a PutObject that reads.
ACTIONS = {
    "create": ("cos:PutObject",),
    "read": ("cos:GetObject",),
    "exists": ("cos:HeadObject",),
    "delete": ("cos:DeleteObject",),
    "keys_under": ("cos:GetBucket",),
    "redeliver": ("cos:GetObject", "cos:PutObject"),
    "upload_form": ("cos:PostObject",),
    "download_url": ("cos:GetObject",),
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
        actions_at.setdefault(right.where, set()).update(ACTIONS[right.operation])
    places: dict[tuple[str, ...], list[str]] = {}
    for where, actions in sorted(actions_at.items()):
        places.setdefault(tuple(sorted(actions)), []).append(f"{_bucket(settings)}/{where}")
    statements = [
        {"effect": "allow", "action": [f"name/{action}" for action in actions], "resource": resources}
        for actions, resources in sorted(places.items())
    ]
    return json.dumps({"version": "2.0", "statement": statements}, sort_keys=True) if statements else None


def readable(document: str) -> list[str]:
    """The lines of a plan."""
    return [
        f"{', '.join(action.removeprefix('name/') for action in statement['action'])}: "
        f"{', '.join(resource.partition('/')[2].partition('/')[2] for resource in statement['resource'])}"
        for statement in json.loads(document)["statement"]
    ]


def _bucket(settings: Settings) -> str:
    return f"qcs::cos:{settings.region}:uid/{settings.appid}:{settings.bucket}"
