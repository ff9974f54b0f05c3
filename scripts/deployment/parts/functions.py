"""Functions: created, or given the code and the settings that differ. The hash of the code stands in the description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from scripts.deployment.errors import DeployError
from scripts.deployment.mask import variable_lines
from scripts.deployment.parts.code import code_of, size
from scripts.deployment.session import Session, or_none
from scripts.deployment.wanted import WantedFunction

#: Shown by value in a plan; everything else is compared too, but may hold what is nobody's business.
SHOWN = ("MemorySize", "Timeout", "InitTimeout", "Role", "ClsTopicId")
NO_VARIABLES = {"Variables": [{"Key": "", "Value": ""}]}
NO_LAYERS = [{"LayerName": "", "LayerVersion": 0}]


def plan_functions(session: Session, functions: Iterable[WantedFunction]) -> None:
    for function in functions:
        found = or_none(partial(session.wait_for_idle, function))
        if found is None or found["Status"] == "CreateFailed":
            _plan_creation(session, function, found)
        else:
            session.latest[function.key] = found
            _plan_changes(session, function, found)


def _plan_creation(session: Session, function: WantedFunction, failed: object) -> None:
    def create() -> None:
        if failed:
            session.cloud.scf("DeleteFunction", FunctionName=function.name, Namespace=function.namespace)
        extra = {"Handler": function.handler} if function.handler else {}
        session.cloud.scf(
            "CreateFunction",
            Type=function.type,
            Runtime=function.runtime,
            Code=code_of(session, function.package),
            **extra,
            **_settings(session, function, {}),
        )
        session.wait_for(function)

    names = ", ".join(function.environment) or "no variables"
    bound = ", ".join(layer.name for layer in function.layers) or "no layers"
    again = ("its creation failed before",) if failed else ()
    memory = function.configuration["MemorySize"]
    session.plan.add(
        "+", f"function {function.name}", create, *again, f"{memory} MB, {size(function.package)}, {bound}", names
    )


def _plan_changes(session: Session, function: WantedFunction, found: Mapping[str, Any]) -> None:
    _check_fixed(function, found)
    new_code = function.package.sha256 not in (found.get("Description") or "") or function.handler != _handler(
        function, found
    )
    lines = [*_differences(session, function, found)]
    if new_code:
        lines.insert(0, f"code {_code_hash(found)} → {function.package.sha256[:12]}, {size(function.package)}")
    if not lines:
        return

    def change() -> None:
        if new_code:
            extra = {"Handler": function.handler} if function.handler else {}
            session.cloud.scf(
                "UpdateFunctionCode",
                FunctionName=function.name,
                Namespace=function.namespace,
                Code=code_of(session, function.package),
                **extra,
            )
            session.wait_for(function)
        session.cloud.scf("UpdateFunctionConfiguration", **_settings(session, function, found))
        session.wait_for(function)

    session.plan.add("~", f"function {function.name}", change, *lines)


def _settings(session: Session, function: WantedFunction, found: Mapping[str, Any]) -> dict[str, Any]:
    """What CreateFunction and UpdateFunctionConfiguration have in common.

    What is empty and was empty is not sent. Taking the last variable or layer away has a form of its own.
    """
    configuration = {
        name: value
        for name, value in function.configuration.items()
        if not (is_empty(value) and is_empty(found.get(name)))
    }
    if "Environment" in configuration and not function.environment:
        configuration["Environment"] = NO_VARIABLES
    layers = session.numbers_of(function.layers) or (NO_LAYERS if found.get("Layers") else [])
    return {
        **configuration,
        **({"Layers": layers} if layers else {}),
        "FunctionName": function.name,
        "Namespace": function.namespace,
        "Description": f"{session.wanted.mark} code {function.package.sha256}",
    }


def is_empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(map(is_empty, value.values()))
    return not value


def _check_fixed(function: WantedFunction, found: Mapping[str, Any]) -> None:
    for name, wanted in (("Runtime", function.runtime), ("Type", function.type)):
        if found.get(name) != wanted:
            raise DeployError(
                f"function {function.name} has {name} {found.get(name)}, serverless.yml wants {wanted}: that cannot be "
                "changed. Give it another name, or delete it in the console first"
            )


def _handler(function: WantedFunction, found: Mapping[str, Any]) -> str:
    return str(found.get("Handler") or "") if function.handler else ""


def _code_hash(found: Mapping[str, Any]) -> str:
    return (found.get("Description") or "").rpartition(" code ")[2][:12] or "unknown"


def _differences(session: Session, function: WantedFunction, found: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    for name, wanted in function.configuration.items():
        if name == "Environment":
            there = {entry["Key"]: entry["Value"] for entry in (found.get(name) or {}).get("Variables") or []}
            lines += variable_lines(there, function.environment)
        elif not _agrees(wanted, found.get(name)):
            lines.append(f"{name} {found.get(name)} → {wanted}" if name in SHOWN else f"{name} differs")
    bound = [(layer["LayerName"], layer["LayerVersion"]) for layer in found.get("Layers") or []]
    if bound != [(layer.name, session.layer_versions.get(layer.name)) for layer in function.layers]:
        shown = [f"{layer.name}:{session.layer_versions.get(layer.name, 'new')}" for layer in function.layers]
        lines.append(f"layers {', '.join(shown) or 'none'}")
    return lines


def _agrees(wanted: Any, found: Any) -> bool:
    """Everything that is wanted is there; the answer may say more. Absent is the same as empty."""
    if isinstance(wanted, Mapping):
        return all(_agrees(value, (found or {}).get(name)) for name, value in wanted.items())
    return bool(wanted == found) or (not wanted and not found)
