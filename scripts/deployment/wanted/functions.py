"""One function of serverless.yml: its settings in the API's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.deployment.errors import DeployError
from scripts.deployment.packages import Packages
from scripts.deployment.wanted.model import WantedFunction, WantedLayer, WantedRetries, WantedTrigger
from scripts.deployment.wanted.triggers import DEFAULT_ALIAS
from scripts.local_cloud.emulator.manifest.environment import declared_environment
from scripts.local_cloud.emulator.manifest.forms import FunctionNode
from scripts.local_cloud.emulator.manifest.report import Report
from scripts.local_cloud.emulator.manifest.values import switch, text, whole_number
from scripts.local_cloud.emulator.manifest.yaml_lines import Node

SECONDS = range(1, 1_000_000)
MEGABYTES = range(1_000_000)

#: Known to the engine, but nothing that this deployer does; better told than passed over.
NOT_DEPLOYED = (
    "asyncRunEnable",
    "traceEnable",
    "image",
    "cfs",
    "provisionedNum",
    "protocolType",
    "tags",
    "installDependency",
)

_NOTHING = Node(0, {})


def wanted_function(
    node: FunctionNode,
    triggers: tuple[WantedTrigger, ...],
    layers: Mapping[str, WantedLayer],
    packages: Packages,
    report: Report,
) -> WantedFunction:
    """Raises DeployError for what has no package, and for settings that this deployer would silently drop."""
    settings = node.settings
    _check_deployable(node)
    package = packages.functions.get(node.key)
    if package is None:
        raise DeployError(f"function {node.key} has no package: run ./scripts/build")
    is_web = text(settings, "type", "event", report) == "web"
    return WantedFunction(
        key=node.key,
        name=text(settings, "name", node.default_name, report),
        namespace=text(settings, "namespace", "default", report),
        type="HTTP" if is_web else "Event",
        runtime=text(settings, "runtime", "", report),
        handler="" if is_web else text(settings, "handler", "", report),
        role=text(settings, "role", "", report),
        configuration=_configuration(settings, report),
        layers=_bound(settings, layers),
        package=package,
        alias=_alias(node.key, triggers),
        triggers=triggers,
        retries=_retries(settings, triggers, report),
        reserved_mb=None
        if settings.get("reservedMem") is None
        else whole_number(settings, "reservedMem", 0, MEGABYTES, "MB", report),
    )


def _check_deployable(node: FunctionNode) -> None:
    unknown = [name for name in NOT_DEPLOYED if node.settings.get(name) is not None]
    if unknown:
        raise DeployError(
            f"function {node.key}: ./scripts/deploy does not do {', '.join(unknown)}; take it out, or use the CLI"
        )


def _configuration(settings: Node, report: Report) -> dict[str, Any]:
    """Empty variables are left out: the platform refuses them, and to the product empty is the same as absent."""
    vpc, topic = settings.get("vpcConfig") or _NOTHING, settings.get("cls") or _NOTHING
    variables = {key: value for key, value in declared_environment(settings, report).items() if value}
    configuration: dict[str, Any] = {
        "MemorySize": whole_number(settings, "memorySize", 128, SECONDS, "MB", report),
        "Timeout": whole_number(settings, "timeout", 3, SECONDS, "seconds", report),
        "InitTimeout": whole_number(settings, "initTimeout", 65, SECONDS, "seconds", report),
        "Environment": {"Variables": [{"Key": key, "Value": value} for key, value in sorted(variables.items())]},
        "Role": text(settings, "role", "", report),
        "VpcConfig": {"VpcId": text(vpc, "vpcId", "", report), "SubnetId": text(vpc, "subnetId", "", report)},
        "PublicNetConfig": {
            "PublicNetStatus": "ENABLE" if switch(settings, "publicAccess", True, report) else "DISABLE",
            "EipConfig": {"EipStatus": "ENABLE" if switch(settings, "eip", False, report) else "DISABLE"},
        },
        "DeadLetterConfig": _dead_letters(settings, report),
    }
    if topic_id := text(topic, "topicId", "", report):  # sent empty, it would take the platform's own topic away
        configuration |= {"ClsLogsetId": text(topic, "logsetId", "", report), "ClsTopicId": topic_id}
    if settings.get("instanceConcurrencyConfig") is not None:
        configuration["InstanceConcurrencyConfig"] = _concurrency(settings.mapping["instanceConcurrencyConfig"], report)
    return configuration


def _concurrency(config: Node, report: Report) -> dict[str, Any]:
    """How many requests share an instance; switched off, the name alone takes an earlier setting away."""
    if not switch(config, "enable", True, report):
        return {"DynamicEnabled": ""}
    most = whole_number(config, "maxConcurrency", 2, SECONDS, "requests", report)
    return {
        "DynamicEnabled": "TRUE" if switch(config, "dynamicEnabled", False, report) else "FALSE",
        "MaxConcurrency": most,
    }


def _dead_letters(settings: Node, report: Report) -> dict[str, str]:
    """Nowhere, unless a queue is named."""
    letters = settings.get("deadLetter") or _NOTHING
    name = text(letters, "name", "", report)
    kind = text(letters, "type", "", report) if name else ""
    return {"Type": kind, "Name": name, "FilterType": text(letters, "filterType", "", report) if name else ""}


def _bound(settings: Node, layers: Mapping[str, WantedLayer]) -> tuple[WantedLayer, ...]:
    names = [str((entry.get("name") or _NOTHING).value) for entry in (settings.get("layers") or Node(0, [])).entries]
    return tuple(layers[name] for name in names)


def _alias(key: str, triggers: tuple[WantedTrigger, ...]) -> str:
    """Traffic moves to a new version by one alias, so all triggers of a function go through the same."""
    named = sorted({trigger.qualifier for trigger in triggers}) or [DEFAULT_ALIAS]
    if len(named) > 1:
        raise DeployError(f"function {key}: its triggers name different qualifiers ({', '.join(named)}); name one")
    return named[0]


def _retries(settings: Node, triggers: tuple[WantedTrigger, ...], report: Report) -> WantedRetries | None:
    """Only what is started by events has any; the platform's own numbers, unless the file says others."""
    if not any(trigger.kind in ("cos", "timer") for trigger in triggers):
        return None
    retries = whole_number(settings, "retryNum", 2, range(3), "0 to 2", report)
    return WantedRetries(
        retries, whole_number(settings, "msgTTL", 21600, range(60, 21601), "60 to 21600 seconds", report)
    )
