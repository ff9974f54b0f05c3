"""Triggers: timers, bucket notifications and function URLs, with the rules about what may stand beside what."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.scf.model import LATEST, Function, Functions
from scripts.local_cloud.fakes.tencent_cloud.scf.world import World

MOST_OF_A_TYPE = 10
CAN_BE_UPDATED = ("timer", "ckafka", "http")
KINDS = ("cos", "timer", "http")

_TIMER_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_CRON_FIELDS = 7
_BUCKET_HOST = re.compile(r"[a-z0-9-]+-\d+\.cos\.([a-z0-9-]+)\.myqcloud\.com")
_EVENT = re.compile(r"cos:Object(Created|Remove|Restore):(\*|[A-Za-z]+)")


class Triggers:
    """The actions on triggers; every trigger is a dict in the wire's own names."""

    def __init__(self, world: World, functions: Functions) -> None:
        self._world, self._functions = world, functions

    def create(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function, kind = self._idle(fields), str(fields.get("Type") or "")
        self._check_kind(function, kind)
        trigger = self._read(function, fields, kind)
        if sum(1 for known in function.triggers if known["Type"] == kind) >= MOST_OF_A_TYPE:
            raise TencentCloudError("LimitExceeded.Trigger", f"{function.name} has {MOST_OF_A_TYPE} {kind} triggers.")
        if any(_same(known, trigger) for known in function.triggers):
            raise TencentCloudError("ResourceInUse.Trigger", f"{function.name} has this {kind} trigger already.")
        if kind == "cos":
            self._check_overlap(trigger)
        function.triggers.append(trigger)
        return {"TriggerInfo": without_bound_resources(trigger)}

    def update(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function, kind = self._idle(fields), str(fields.get("Type") or "")
        if kind not in CAN_BE_UPDATED:
            raise TencentCloudError("UnsupportedOperation.Trigger", f"A {kind} trigger cannot be updated.")
        trigger = self._find(function, fields)
        trigger.update(
            self._read(function, {**trigger, "Enable": "OPEN" if trigger["Enable"] else "CLOSE", **fields}, kind)
        )
        return {}

    def delete(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        function = self._idle(fields)
        trigger = self._find(function, fields)
        if trigger["BoundResources"]:
            raise TencentCloudError(
                "FailedOperation.DeleteTrigger.UrlUsed", "A custom domain leads to this function URL."
            )
        function.triggers.remove(trigger)
        return {}

    def show_all(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """20 by default; the filters that the CLI's engine uses are understood."""
        function = self._functions.find(fields)
        found = [trigger for trigger in function.triggers if _passes(trigger, fields.get("Filters") or [])]
        start = int(fields.get("Offset") or 0)
        page = found[start : start + int(fields.get("Limit") or 20)]
        return {"Triggers": copy.deepcopy(page), "TotalCount": len(found)}

    def urls_of(self, function: Function, qualifier: str) -> list[dict[str, Any]]:
        return [known for known in function.triggers if (known["Type"], known["Qualifier"]) == ("http", qualifier)]

    def _idle(self, fields: Mapping[str, Any]) -> Function:
        return self._functions.find_idle(fields, self._world.now())

    def _check_kind(self, function: Function, kind: str) -> None:
        if kind not in KINDS:
            raise TencentCloudError("InvalidParameterValue.Type", f"{kind!r} is no type of trigger.")
        if function.type == "HTTP" and kind != "http":
            raise TencentCloudError("UnsupportedOperation.Trigger", f"A web function cannot have a {kind} trigger.")

    def _read(self, function: Function, fields: Mapping[str, Any], kind: str) -> dict[str, Any]:
        qualifier = str(fields.get("Qualifier") or LATEST)
        if not function.has_qualifier(qualifier):
            raise TencentCloudError(
                "ResourceNotFound.Qualifier", f"{function.name} has no version or alias {qualifier}."
            )
        if fields.get("Enable") not in (None, "OPEN", "CLOSE"):
            raise TencentCloudError("InvalidParameterValue.Enable", "OPEN or CLOSE.")
        name, written = str(fields.get("TriggerName") or ""), str(fields.get("TriggerDesc") or "")
        shown = {"cos": self._cos, "timer": _timer, "http": self._http}[kind](function, name, written, qualifier)
        return {
            "Type": kind,
            "TriggerName": name,
            "TriggerDesc": shown,
            "Qualifier": qualifier,
            "Enable": 0 if fields.get("Enable") == "CLOSE" else 1,
            "CustomArgument": str(fields.get("CustomArgument") or "") if kind == "timer" else "",
            "Description": str(fields.get("Description") or ""),
            "AvailableStatus": "Available",
            "BoundResources": str(fields.get("BoundResources") or ""),
        }

    def _cos(self, _function: Function, name: str, written: str, _qualifier: str) -> str:
        host, desc = _BUCKET_HOST.fullmatch(name), _json(written)
        if host is None:
            raise TencentCloudError("InvalidParameterValue.TriggerName", f"{name!r} is no host of a bucket.")
        if host[1] != self._world.region:
            raise TencentCloudError(
                "UnsupportedOperation.Cos", f"The bucket is in {host[1]}, the function in {self._world.region}."
            )
        if " " in written or not _EVENT.fullmatch(str(desc.get("event"))):
            raise TencentCloudError("InvalidParameterValue.TriggerDesc", "A known event, and no blanks, are needed.")
        limits = desc.get("filter") or {}
        prefix, suffix = str(limits.get("Prefix") or ""), str(limits.get("Suffix") or "")
        if prefix.startswith("/") or (suffix and not suffix.startswith(".")):
            raise TencentCloudError(
                "InvalidParameterValue.TriggerDesc", "A prefix has no leading slash, a suffix begins with a dot."
            )
        return json.dumps(
            {"event": desc["event"], "filter": {"Prefix": prefix, "Suffix": suffix}}, separators=(",", ":")
        )

    def _http(self, function: Function, _name: str, written: str, qualifier: str) -> str:
        desc = _json(written)
        if desc.get("AuthType") not in ("NONE", "CAM"):
            raise TencentCloudError("InvalidParameterValue.TriggerDesc", "AuthType is NONE or CAM.")
        net = desc.get("NetConfig") or {}
        number = hashlib.sha256(f"{function.namespace}/{function.name}/{qualifier}".encode()).hexdigest()[:10]
        host = f"{self._world.appid}-{number}.{self._world.region}.tencentscf.com"
        urls = {
            "EnableIntranet": bool(net.get("EnableIntranet")),
            "EnableExtranet": bool(net.get("EnableExtranet")),
            "IntranetUrl": f"https://{host.replace('.tencentscf', '.in.tencentscf')}"
            if net.get("EnableIntranet")
            else "",
            "ExtranetUrl": f"https://{host}" if net.get("EnableExtranet") else "",
        }
        cors = desc.get("CorsConfig") or {"Enable": False}
        return json.dumps({**desc, "NetConfig": urls, "CorsConfig": cors}, separators=(",", ":"))

    def _find(self, function: Function, fields: Mapping[str, Any]) -> dict[str, Any]:
        wanted = {
            "Type": str(fields.get("Type") or ""),
            "TriggerName": str(fields.get("TriggerName") or ""),
            "Qualifier": str(fields.get("Qualifier") or LATEST),
        }
        for trigger in function.triggers:
            same_event = wanted["Type"] != "cos" or _json(str(fields.get("TriggerDesc"))) == _json(
                trigger["TriggerDesc"]
            )
            if all(trigger[name] == value for name, value in wanted.items()) and same_event:
                return trigger
        raise TencentCloudError("ResourceNotFound.Trigger", f"{function.name} has no such {wanted['Type']} trigger.")

    def _check_overlap(self, trigger: dict[str, Any]) -> None:
        for function, known in self._all():
            if known["Type"] == "cos" and known["TriggerName"] == trigger["TriggerName"] and _overlap(known, trigger):
                raise TencentCloudError(
                    "InvalidParameterValue.CosNotifyRuleConflict", f"It overlaps a trigger of {function.name}."
                )

    def _all(self) -> Iterator[tuple[Function, dict[str, Any]]]:
        for function in self._functions.by_name.values():
            for trigger in function.triggers:
                yield function, trigger


def without_bound_resources(trigger: Mapping[str, Any]) -> dict[str, Any]:
    """Only ListTriggers tells what a trigger is bound to."""
    return {name: value for name, value in trigger.items() if name != "BoundResources"}


def _timer(_function: Function, name: str, written: str, _qualifier: str) -> str:
    """Cron text on the way in, JSON on the way out, as on the platform."""
    cron = str(_json(written).get("cron")) if written.startswith("{") else written
    if not _TIMER_NAME.fullmatch(name):
        raise TencentCloudError("InvalidParameterValue.TriggerName", f"{name!r} is no name of a timer.")
    if len(cron.split()) != _CRON_FIELDS:
        raise TencentCloudError("InvalidParameterValue.TriggerDesc", f"{cron!r} has not seven fields.")
    return json.dumps({"cron": cron})


def _json(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise TencentCloudError("InvalidParameterValue.TriggerDesc", "TriggerDesc is not JSON.") from error
    if not isinstance(document, dict):
        raise TencentCloudError("InvalidParameterValue.TriggerDesc", "TriggerDesc is no JSON object.")
    return document


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """One URL for each alias or version; timers by name; notifications by what they listen to."""
    names = {"http": ("Type", "Qualifier"), "timer": ("Type", "TriggerName", "Qualifier")}
    return all(one[name] == other[name] for name in names.get(one["Type"], ("Type", "TriggerName", "TriggerDesc")))


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    a, b = _json(one["TriggerDesc"]), _json(other["TriggerDesc"])
    family, action = a["event"].rpartition(":")[::2]
    other_family, other_action = b["event"].rpartition(":")[::2]
    if family != other_family or not (action == other_action or "*" in (action, other_action)):
        return False
    starts: tuple[str, str]
    ends: tuple[str, str]
    starts, ends = (a["filter"]["Prefix"], b["filter"]["Prefix"]), (a["filter"]["Suffix"], b["filter"]["Suffix"])
    return (starts[0].startswith(starts[1]) or starts[1].startswith(starts[0])) and (
        ends[0].endswith(ends[1]) or ends[1].endswith(ends[0])
    )


def _passes(trigger: Mapping[str, Any], filters: list[Mapping[str, Any]]) -> bool:
    return all(trigger.get(str(entry.get("Name"))) in (entry.get("Values") or []) for entry in filters)
