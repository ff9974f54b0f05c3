"""CAM (2019-01-16): roles that functions run as, and the policies attached to them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service

MOST_POLICY_CHARACTERS = 6144
MOST_PAGE = 200

_NAME = re.compile(r"[A-Za-z0-9+=,.@_-]{1,128}")
_ACTION = re.compile(r"(name/)?[a-z0-9]+:(\*|[A-Za-z]+\*?)")
#: An empty account is the caller's; a bucket names its own, by the appid. Source: cloud.tencent.com/document/product/598/10606.
_RESOURCE = re.compile(r"\*|qcs::cos:[^:]*:uid/\d+:\S+|qcs::(?!cos:)[a-z]+:[^:]*:(uin/\d+)?:\S+")


@dataclass
class Role:
    trust: str
    description: str
    attached: list[int] = field(default_factory=list)


@dataclass
class Policy:
    number: int
    name: str
    document: str
    description: str


class CamService(Service):
    """Custom policies only; what is preset at Tencent Cloud is not there."""

    name: ClassVar[str] = "cam"
    version: ClassVar[str] = "2019-01-16"

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.roles: dict[str, Role] = {}
        self.policies: dict[int, Policy] = {}
        self._last = 230_000_000

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "CreateRole": self._create_role,
            "GetRole": self._show_role,
            "UpdateAssumeRolePolicy": self._update_trust,
            "CreatePolicy": self._create_policy,
            "GetPolicy": self._show_policy,
            "UpdatePolicy": self._update_policy,
            "ListPolicies": self._list_policies,
            "AttachRolePolicy": self._attach,
            "DetachRolePolicy": self._detach,
            "ListAttachedRolePolicies": self._list_attached,
        }

    def state(self) -> dict[str, Any]:
        names = {number: policy.name for number, policy in self.policies.items()}
        return {
            "roles": {
                name: {"trust": json.loads(role.trust), "policies": [names[number] for number in role.attached]}
                for name, role in sorted(self.roles.items())
            },
            "policies": {
                policy.name: json.loads(policy.document)
                for policy in sorted(self.policies.values(), key=lambda policy: policy.name)
            },
        }

    def change(self, limits: Mapping[str, Any]) -> None:
        if limits:
            raise ValueError("CAM has no limits to change")

    def has_role(self, name: str) -> bool:
        return name in self.roles

    def _create_role(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = str(fields.get("RoleName") or "")
        if not _NAME.fullmatch(name):
            raise TencentCloudError("InvalidParameter.RoleNameError", f"{name!r} is no name of a role.")
        if name in self.roles:
            raise TencentCloudError("InvalidParameter.RoleNameInUse", f"The role {name} exists already.")
        self.roles[name] = Role(_trust(fields), str(fields.get("Description") or ""))
        return {"RoleId": f"46116860184{len(self.roles):08d}"}

    def _show_role(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        role = self._role(fields, "RoleName")
        shown = {"PolicyDocument": role.trust, "Description": role.description, "RoleType": "user"}
        return {"RoleInfo": {"RoleName": fields["RoleName"], **shown}}

    def _update_trust(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        self._role(fields, "RoleName").trust = _trust(fields)
        return {}

    def _create_policy(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        name = str(fields.get("PolicyName") or "")
        if not _NAME.fullmatch(name):
            raise TencentCloudError("InvalidParameter.PolicyNameError", f"{name!r} is no name of a policy.")
        if any(policy.name == name for policy in self.policies.values()):
            raise TencentCloudError("FailedOperation.PolicyNameInUse", f"The policy {name} exists already.")
        document = _policy(fields)
        self._last += 1
        self.policies[self._last] = Policy(self._last, name, document, str(fields.get("Description") or ""))
        return {"PolicyId": self._last}

    def _show_policy(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        policy = self._policy(fields)
        return {
            "PolicyName": policy.name,
            "PolicyDocument": policy.document,
            "Description": policy.description,
            "Type": 1,
        }

    def _update_policy(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        policy = self._policy(fields)
        policy.document = _policy(fields)
        return {"PolicyId": policy.number}

    def _list_policies(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """`Keyword` finds parts of names, as on the platform."""
        keyword = str(fields.get("Keyword") or "")
        found = [
            {"PolicyId": policy.number, "PolicyName": policy.name, "Description": policy.description, "Type": 1}
            for policy in self.policies.values()
            if keyword in policy.name
        ]
        return {"List": _page(found, fields), "TotalNum": len(found)}

    def _attach(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        role, policy = self._role(fields, "AttachRoleName"), self._policy(fields)
        if policy.number not in role.attached:
            role.attached.append(policy.number)
        return {}

    def _detach(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        role, policy = self._role(fields, "DetachRoleName"), self._policy(fields)
        if policy.number in role.attached:
            role.attached.remove(policy.number)
        return {}

    def _list_attached(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        role = self._role(fields, "RoleName")
        found = [
            {"PolicyId": number, "PolicyName": self.policies[number].name, "PolicyType": "User"}
            for number in role.attached
        ]
        return {"List": _page(found, fields), "TotalNum": len(found)}

    def _role(self, fields: Mapping[str, Any], key: str) -> Role:
        role = self.roles.get(str(fields.get(key) or ""))
        if role is None:
            raise TencentCloudError("InvalidParameter.RoleNotExist", f"There is no role {fields.get(key)}.")
        return role

    def _policy(self, fields: Mapping[str, Any]) -> Policy:
        number, name = fields.get("PolicyId"), fields.get("PolicyName")
        for policy in self.policies.values():
            if policy.number == number or (number is None and policy.name == name):
                return policy
        raise TencentCloudError("InvalidParameter.PolicyIdNotExist", f"There is no policy {number or name}.")


def _page(found: list[dict[str, Any]], fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    size, page = int(fields.get("Rp") or 20), int(fields.get("Page") or 1)
    if not (1 <= size <= MOST_PAGE and page >= 1):
        raise TencentCloudError("InvalidParameter.ParamError", "Rp is 1 to 200, Page begins with 1.")
    return found[(page - 1) * size : page * size]


def _document(fields: Mapping[str, Any]) -> dict[str, Any]:
    try:
        document = json.loads(str(fields.get("PolicyDocument")))
    except ValueError as error:
        raise TencentCloudError("InvalidParameter.PolicyDocumentError", "The policy is not JSON.") from error
    if not isinstance(document, dict) or document.get("version") != "2.0" or not document.get("statement"):
        raise TencentCloudError("InvalidParameter.PolicyDocumentError", "version 2.0 and statements are needed.")
    return document


def _trust(fields: Mapping[str, Any]) -> str:
    """Who may take the role on."""
    for statement in _document(fields)["statement"]:
        services = statement.get("principal", {}).get("service")
        if statement.get("action") not in ("name/sts:AssumeRole", "sts:AssumeRole") or not services:
            raise TencentCloudError("InvalidParameter.PrincipalError", "A role is taken on by services.")
    return str(fields["PolicyDocument"])


def _policy(fields: Mapping[str, Any]) -> str:
    text = str(fields.get("PolicyDocument"))
    if len(text) > MOST_POLICY_CHARACTERS:
        raise TencentCloudError("InvalidParameter.PolicyDocumentLengthOverLimit", f"{len(text)} characters.")
    for statement in _document(fields)["statement"]:
        if statement.get("effect") not in ("allow", "deny"):
            raise TencentCloudError("InvalidParameter.EffectError", "effect is allow or deny.")
        if not statement.get("action") or not all(_ACTION.fullmatch(action) for action in statement["action"]):
            raise TencentCloudError("InvalidParameter.ActionError", f"{statement.get('action')} are no actions.")
        if not statement.get("resource") or not all(_RESOURCE.fullmatch(one) for one in statement["resource"]):
            raise TencentCloudError("InvalidParameter.ResourceError", f"{statement.get('resource')} are no resources.")
    return text
