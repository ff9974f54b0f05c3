"""What a policy of CAM lets a key do, as far as policies for one bucket need it.

Source: cloud.tencent.com/document/product/598/10603 (syntax), 436/71306 (actions and resources of COS), 436/71307 (conditions).
A statement that says "deny" wins; what no statement allows is refused; a condition that is not known here is not fulfilled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scripts.local_cloud.fakes.cos.call import Bucket
from scripts.local_cloud.fakes.cos.errors import CosError
from scripts.local_cloud.fakes.cos.keyring import AccessKey


def check_rights(key: AccessKey, operation: str, object_key: str, bucket: Bucket, facts: Mapping[str, str]) -> None:
    """Raise AccessDenied unless the key's policy allows this. `facts` are condition keys, such as cos:content-length."""
    if key.policy is None:
        return
    resource = f"qcs::cos:{bucket.region}:uid/{bucket.appid}:{bucket.full_name}/{object_key}"
    effects = {
        str(statement.get("effect", "")).lower()
        for statement in key.policy.get("statement", [])
        if _fits(statement, f"name/cos:{operation}", resource, facts)
    }
    if "allow" not in effects or "deny" in effects:
        raise CosError("AccessDenied")


def _fits(statement: Mapping[str, Any], action: str, resource: str, facts: Mapping[str, str]) -> bool:
    conditions = statement.get("condition", {})
    return (
        any(_matches(pattern, action) for pattern in _listed(statement.get("action")))
        and any(_matches(pattern, resource) for pattern in _listed(statement.get("resource")))
        and all(
            _holds(operator, name, wanted, facts)
            for operator, rows in conditions.items()
            for name, wanted in rows.items()
        )
    )


def _matches(pattern: str, text: str) -> bool:
    """`*` is anything; everything else is itself."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None


def _holds(operator: str, name: str, wanted: Any, facts: Mapping[str, str]) -> bool:
    got = facts.get(name)
    if operator == "numeric_less_than_equal":
        return got is not None and got.isdecimal() and int(got) <= int(wanted)
    if operator == "string_equal":
        return got in _listed(wanted)
    return False


def _listed(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
