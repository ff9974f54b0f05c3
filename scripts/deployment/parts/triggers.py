"""Triggers: notifications of the bucket, timers, function URLs. Ours are marked in their description.

Bucket rules must not overlap, so what has vanished goes before anything new comes. A function URL goes last, after the custom
domain has let go of it. Notifications cannot be changed, only replaced; the sweep finds what falls into the gap.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from scripts.deployment.session import Session
from scripts.deployment.wanted import WantedFunction, WantedTrigger

Found = Mapping[str, Any]


@dataclass(frozen=True)
class _Pair:
    function: WantedFunction
    wanted: WantedTrigger
    found: Found | None


def plan_triggers(session: Session, functions: Iterable[WantedFunction]) -> Callable[[], None]:
    """Plans everything but the removal of function URLs; that is planned by the function that comes back."""
    pairs: list[_Pair] = []
    gone: list[tuple[WantedFunction, Found]] = []
    for function in functions:
        found = _found(session, function)
        for wanted in function.triggers:
            same = next((one for one in found if _key_of(one) == _key(wanted)), None)
            found = [one for one in found if one is not same]
            pairs.append(_Pair(function, wanted, same))
        gone += [(function, one) for one in found if _is_ours(session, function, one)]
    _plan_removals(session, [one for one in gone if one[1]["Type"] != "http"])
    for pair in pairs:
        _plan_one(session, pair)
    urls = [one for one in gone if one[1]["Type"] == "http"]
    return lambda: _plan_removals(session, urls)


def _found(session: Session, function: WantedFunction) -> list[Found]:
    if function.key not in session.latest:
        return []
    cloud = session.cloud
    return list(
        cloud.every(cloud.scf, "ListTriggers", "Triggers", FunctionName=function.name, Namespace=function.namespace)
    )


def _is_ours(session: Session, function: WantedFunction, found: Found) -> bool:
    if (found.get("Description") or "") == session.wanted.mark:
        return True
    session.plan.note(
        f"{function.name} has a {found['Type']} trigger that serverless.yml does not name and that was not made here"
    )
    return False


def _plan_one(session: Session, pair: _Pair) -> None:
    title = f"{pair.wanted.label} → {pair.function.name}"
    if pair.found is None:
        session.plan.add("+", title, lambda: _write(session, "CreateTrigger", pair))
    elif not _agrees(pair.wanted, pair.found):
        if pair.wanted.kind == "cos":
            session.plan.add("~", title, lambda: _replace(session, pair), "taken away and made again")
        else:
            session.plan.add("~", title, lambda: _write(session, "UpdateTrigger", pair))


def _plan_removals(session: Session, gone: Iterable[tuple[WantedFunction, Found]]) -> None:
    for function, found in gone:
        what = found["TriggerName"] if found["Type"] == "timer" else found["Type"]
        session.plan.add("-", f"{what} trigger of {function.name}", _remover(session, function, found))


def _remover(session: Session, function: WantedFunction, found: Found) -> Callable[[], None]:
    return lambda: _delete(session, function, found)


def _replace(session: Session, pair: _Pair) -> None:
    _delete(session, pair.function, pair.found or {})
    _write(session, "CreateTrigger", pair)


def _write(session: Session, action: str, pair: _Pair) -> None:
    wanted = pair.wanted
    argument = {"CustomArgument": wanted.argument} if wanted.kind == "timer" and wanted.argument else {}
    session.cloud.scf(
        action,
        FunctionName=pair.function.name,
        Namespace=pair.function.namespace,
        Type=wanted.kind,
        TriggerName=pair.found["TriggerName"] if pair.found else wanted.name,
        TriggerDesc=wanted.description,
        Qualifier=wanted.qualifier,
        Enable="OPEN" if wanted.enabled else "CLOSE",
        Description=session.wanted.mark,
        **argument,
    )


def _delete(session: Session, function: WantedFunction, found: Found) -> None:
    session.cloud.scf(
        "DeleteTrigger",
        FunctionName=function.name,
        Namespace=function.namespace,
        Type=found["Type"],
        TriggerName=found["TriggerName"],
        TriggerDesc=found["TriggerDesc"],
        Qualifier=found.get("Qualifier") or "$LATEST",
    )


def _key(wanted: WantedTrigger) -> tuple[Any, ...]:
    """What makes two triggers the same one."""
    if wanted.kind == "http":
        return ("http", wanted.qualifier)
    if wanted.kind == "timer":
        return ("timer", wanted.qualifier, wanted.name)
    return ("cos", wanted.qualifier, wanted.name, json.dumps(json.loads(wanted.description), sort_keys=True))


def _key_of(found: Found) -> tuple[Any, ...]:
    qualifier = found.get("Qualifier") or "$LATEST"
    if found["Type"] == "cos":
        asked = json.loads(found["TriggerDesc"])
        limits = asked.get("filter") or {}
        plain = {"Prefix": limits.get("Prefix") or "", "Suffix": limits.get("Suffix") or ""}
        return (
            "cos",
            qualifier,
            found["TriggerName"],
            json.dumps({"event": asked["event"], "filter": plain}, sort_keys=True),
        )
    return (found["Type"], qualifier) if found["Type"] == "http" else (found["Type"], qualifier, found["TriggerName"])


def _agrees(wanted: WantedTrigger, found: Found) -> bool:
    if bool(found.get("Enable")) != wanted.enabled:
        return False
    if wanted.kind == "timer":
        return (
            _cron(found["TriggerDesc"]) == wanted.description and (found.get("CustomArgument") or "") == wanted.argument
        )
    return wanted.kind == "cos" or _same_url(json.loads(wanted.description), json.loads(found["TriggerDesc"]))


def _cron(description: str) -> str:
    """Written as text, read back as JSON."""
    return str(json.loads(description)["cron"]) if description.startswith("{") else description


def _same_url(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """The answer says more than was sent: addresses, and CORS that is switched off."""
    cors = found.get("CorsConfig") or {}
    if "CorsConfig" not in wanted and cors.get("Enable"):
        return False
    return _holds(found, wanted)


def _holds(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(_holds(found.get(name), value) for name, value in wanted.items())
    return bool(found == wanted) or (not found and not wanted)
