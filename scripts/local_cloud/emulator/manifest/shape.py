"""Which keys a serverless.yml may have, as tables. A key the engine does not know is ignored there without a word."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from .report import Report
from .yaml_lines import Node


@dataclass(frozen=True)
class Shape:
    """A mapping with these keys (any keys, when there are none); `many`: a list of them; `or_text`: or plain text.

    A key whose shape is None may hold anything: other rules judge its value.
    """

    keys: Mapping[str, Shape | None] = field(default_factory=dict)
    many: bool = False
    or_text: bool = False


def _keys(names: str, **nested: Shape) -> dict[str, Shape | None]:
    return {**dict.fromkeys(names.split()), **nested}


def check_keys(node: Node, shape: Shape, where: str, report: Report) -> None:
    """Refuse unknown keys and values that are no mapping or list where one is wanted. `where` names the place."""
    if shape.many:
        if not isinstance(node.value, list):
            report.refuse(node.line, f"{where} must be a list")
        for entry in node.entries:
            _check_mapping(entry, shape, f"{where}[]", report)
    elif not (shape.or_text and isinstance(node.value, str)):
        _check_mapping(node, shape, where, report)


def _check_mapping(node: Node, shape: Shape, where: str, report: Report) -> None:
    if not isinstance(node.value, dict):
        report.refuse(node.line, f"{where} must be a mapping")
    for key, value in node.mapping.items():
        if shape.keys and key not in shape.keys:
            report.refuse(node.key_line(key), f"unknown key {key} in {where}{_suggestion(key, shape)}")
        nested = shape.keys.get(key)
        if nested:
            check_keys(value, nested, f"{where}.{key}", report)


def _suggestion(key: str, shape: Shape) -> str:
    lower_case = {known.lower(): known for known in shape.keys}
    close = difflib.get_close_matches(key.lower(), lower_case, n=1)
    return f" (did you mean {lower_case[close[0]]}?)" if close else ""


_SOURCE = Shape(_keys("src exclude bucket object targetDir"), or_text=True)
_SHARED = _keys(
    "name namespace role region type runtime description memorySize timeout initTimeout entryFile handler publicAccess "
    "eip installDependency asyncRunEnable traceEnable msgTTL retryNum ignoreTriggers reservedMem provisionedNum qualifier "
    "protocolType protocolParams tags cfs",
    src=_SOURCE,
    image=Shape(_keys("imageType imageUrl registryId command args")),
    vpcConfig=Shape(_keys("vpcId subnetId")),
    deadLetter=Shape(_keys("type name filterType")),
    layers=Shape(_keys("name version"), many=True),
    cls=Shape(_keys("logsetId topicId")),
    instanceConcurrencyConfig=Shape(_keys("enable dynamicEnabled maxConcurrency")),
)
_FUNCTION = {**_SHARED, "environments": Shape(_keys("key value"), many=True)}
_ROUTES = Shape(_keys("namespace functionName qualifier pathMatch pathRewrite"), many=True)
_CUSTOM_DOMAIN = Shape(
    _keys("domain protocol wafConfig tags", certConfig=Shape(_keys("certificateId")), endpointsConfig=_ROUTES)
)
_TRIGGER = Shape(_keys("parameters name"))
_SINGLE_INPUTS = {
    **_SHARED,
    "environment": Shape(_keys("", variables=Shape())),
    "events": Shape(
        dict.fromkeys(("http", "cos", "timer", "apigw", "ckafka", "cls", "cmq", "mps", "clb"), _TRIGGER), many=True
    ),
    "customDomain": _CUSTOM_DOMAIN,
}
_MULTI_INPUTS = {
    **_FUNCTION,
    "functions": Shape(),
    "triggers": Shape(_keys("type function parameters name"), many=True),
    "customDomain": _CUSTOM_DOMAIN,
}
_LAYER_INPUTS = _keys("name region description bucket object runtimes", src=_SOURCE)
_DOCUMENT = _keys("app stage component name org", globalOptions=Shape(_keys("configRole")))

FUNCTION = Shape(_FUNCTION)
DOCUMENTS = {
    "multi-scf": Shape({**_DOCUMENT, "inputs": Shape(_MULTI_INPUTS)}),
    "scf": Shape({**_DOCUMENT, "inputs": Shape(_SINGLE_INPUTS)}),
    "layer": Shape({**_DOCUMENT, "inputs": Shape(_LAYER_INPUTS)}),
}
TRIGGER_PARAMETERS = {
    "http": Shape(
        _keys(
            "name qualifier authType enable",
            netConfig=Shape(_keys("enableExtranet enableIntranet")),
            corsConfig=Shape(_keys("enable origins methods headers exposeHeaders maxAge credentials")),
        )
    ),
    "cos": Shape(_keys("name qualifier bucket events enable", filter=Shape(_keys("prefix suffix")))),
    "timer": Shape(_keys("name qualifier cronExpression enable argument")),
}
