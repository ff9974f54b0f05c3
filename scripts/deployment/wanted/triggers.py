"""Triggers of serverless.yml in the API's form: names, TriggerDesc without blanks, and the engine's defaults."""

from __future__ import annotations

import json
from typing import Any

from scripts.deployment.wanted.model import WantedTrigger
from scripts.local_cloud.emulator.manifest.forms import TriggerNode
from scripts.local_cloud.emulator.manifest.report import Report
from scripts.local_cloud.emulator.manifest.values import switch, text, texts
from scripts.local_cloud.emulator.manifest.yaml_lines import Node

DEFAULT_ALIAS = "$DEFAULT"
URL_NAME = "url-trigger"

_NOTHING = Node(0, {})


def wanted_trigger(node: TriggerNode, report: Report) -> WantedTrigger:
    parameters = node.parameters
    qualifier = text(parameters, "qualifier", DEFAULT_ALIAS, report)
    enabled = switch(parameters, "enable", node.kind == "http", report)
    if node.kind == "timer":
        cron = text(parameters, "cronExpression", "", report)
        argument = text(parameters, "argument", "", report)
        return WantedTrigger("timer", text(parameters, "name", "", report), cron, qualifier, enabled, argument)
    if node.kind == "cos":
        return WantedTrigger(
            "cos", text(parameters, "bucket", "", report), _notification(parameters, report), qualifier, enabled
        )
    return WantedTrigger(
        "http", text(parameters, "name", URL_NAME, report), _url(parameters, report), qualifier, enabled
    )


def _notification(parameters: Node, report: Report) -> str:
    limits = parameters.get("filter") or _NOTHING
    return compact(
        {
            "event": text(parameters, "events", "", report),
            "filter": {"Prefix": text(limits, "prefix", "", report), "Suffix": text(limits, "suffix", "", report)},
        }
    )


def _url(parameters: Node, report: Report) -> str:
    net = parameters.get("netConfig") or _NOTHING
    wanted: dict[str, Any] = {
        "AuthType": text(parameters, "authType", "NONE", report),
        "NetConfig": {
            "EnableIntranet": switch(net, "enableIntranet", False, report),
            "EnableExtranet": switch(net, "enableExtranet", False, report),
        },
    }
    cors = parameters.get("corsConfig")
    if cors is not None:
        wanted["CorsConfig"] = {
            "Enable": switch(cors, "enable", False, report),
            "Origins": [origin for origin in texts(cors, "origins", report) if not origin.endswith("//")],
            "Methods": list(texts(cors, "methods", report)),
            "Headers": list(texts(cors, "headers", report)),
            "ExposeHeaders": list(texts(cors, "exposeHeaders", report)),
            "MaxAge": (cors.get("maxAge") or Node(0, 0)).whole_number or 0,
            "Credentials": switch(cors, "credentials", False, report),
        }
        if not wanted["CorsConfig"]["Origins"]:  # no APP_DOMAIN, so no page that could ask
            del wanted["CorsConfig"]
    return compact(wanted)


def compact(document: dict[str, Any]) -> str:
    """A TriggerDesc must hold no blanks."""
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)
