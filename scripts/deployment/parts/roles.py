"""Execution roles: one per function, with one policy that holds what this function does and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from scripts.deployment.policies import policy_document, readable, trust_document
from scripts.deployment.rights import Right
from scripts.deployment.session import Session, or_none
from scripts.deployment.wanted import WantedFunction

PAGE = 200

#: Of a function, by its name in serverless.yml, with the variables that it is given.
RightsOf = Callable[[str, Mapping[str, str]], Iterable[Right]]


def plan_roles(session: Session, functions: Iterable[WantedFunction], rights_of: RightsOf) -> None:
    """A role and its policy have the same name."""
    known = _policies(session)
    for function in functions:
        if function.role:
            document = policy_document(rights_of(function.key, function.environment), session.settings)
            _plan_role(session, function.role)
            _plan_policy(session, function.role, document, known)


def _plan_role(session: Session, name: str) -> None:
    found = or_none(lambda: session.cloud.cam("GetRole", RoleName=name))
    if found is None:
        session.plan.add("+", f"role {name}", lambda: _create_role(session, name))
        return
    trust = found["RoleInfo"]["PolicyDocument"]
    if json.loads(trust) != json.loads(trust_document()):
        session.plan.add(
            "~",
            f"role {name}",
            lambda: _call(session, "UpdateAssumeRolePolicy", RoleName=name, PolicyDocument=trust_document()),
            "taken on by scf.qcloud.com only",
        )


def _create_role(session: Session, name: str) -> None:
    description = f"{session.wanted.mark}: what a function runs as"
    _call(session, "CreateRole", RoleName=name, PolicyDocument=trust_document(), Description=description)


def _plan_policy(session: Session, name: str, wanted: str | None, known: dict[str, int]) -> None:
    if wanted is None:
        if _is_attached(session, name):
            session.plan.add("-", f"rights of {name}", lambda: _detach(session, name), "it touches nothing any more")
        return
    if name not in known:
        session.plan.add("+", f"policy {name}", lambda: _create_policy(session, name, wanted), *readable(wanted))
    else:
        found = session.cloud.cam("GetPolicy", PolicyId=known[name])["PolicyDocument"]
        if json.loads(found) != json.loads(wanted):
            session.plan.add(
                "~", f"policy {name}", lambda: _update_policy(session, known[name], wanted), *_changes(found, wanted)
            )
    if name not in known or not _is_attached(session, name):
        session.plan.add("+", f"policy {name} on role {name}", lambda: _attach(session, name))


def _changes(before: str, after: str) -> list[str]:
    old, new = readable(before), readable(after)
    return [*(f"- {line}" for line in old if line not in new), *(f"+ {line}" for line in new if line not in old)]


def _policies(session: Session) -> dict[str, int]:
    """Custom policies by name whose names hold the app's."""
    found: dict[str, int] = {}
    page = 1
    while True:
        answer = session.cloud.cam("ListPolicies", Scope="Local", Keyword=session.wanted.app, Rp=PAGE, Page=page)
        listed = answer.get("List") or []
        found |= {one["PolicyName"]: one["PolicyId"] for one in listed}
        if len(listed) < PAGE:
            return found
        page += 1


def _is_attached(session: Session, name: str) -> bool:
    found = or_none(lambda: session.cloud.cam("ListAttachedRolePolicies", RoleName=name, Page=1, Rp=PAGE))
    listed = (found or {}).get("List") or []
    return any(one["PolicyName"] == name for one in listed)


def _create_policy(session: Session, name: str, document: str) -> None:
    description = f"{session.wanted.mark}: made by scripts/deploy from what the function does"
    _call(session, "CreatePolicy", PolicyName=name, PolicyDocument=document, Description=description)


def _update_policy(session: Session, number: int, document: str) -> None:
    _call(session, "UpdatePolicy", PolicyId=number, PolicyDocument=document)


def _attach(session: Session, name: str) -> None:
    _call(session, "AttachRolePolicy", AttachRoleName=name, PolicyName=name)


def _detach(session: Session, name: str) -> None:
    _call(session, "DetachRolePolicy", DetachRoleName=name, PolicyName=name)


def _call(session: Session, action: str, **fields: object) -> None:
    session.cloud.cam(action, **fields)
