"""One function of a manifest, from its settings to a FunctionSpec, judged by the platform's limits (scf.md 1.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .code import check_bootstrap, event_handler, excluded_patterns, source_folder
from .environment import declared_environment
from .forms import FunctionNode
from .layers import LocalLayer, bound_layers
from .model import CosTrigger, FunctionSpec, HttpTrigger, TimerTrigger
from .report import Report
from .surroundings import check_surroundings
from .values import one_of, settled, switch, text, whole_number
from .yaml_lines import Node

_RUNTIMES = tuple(f"Python{version}" for version in ("2.7", "3.6", "3.7", "3.9", "3.10", "3.11", "3.12", "3.13"))
_MEMORY_MB = {64, *range(128, 3073, 128)}
_NAME = re.compile(r"[A-Za-z]([A-Za-z0-9_-]{0,58}[A-Za-z0-9])")
_LONGEST_QUALIFIED_NAME = 118
_MOST_FUNCTIONS = 50


@dataclass(frozen=True)
class Triggers:
    """What starts one function."""

    http: HttpTrigger | None
    cos: tuple[CosTrigger, ...]
    timers: tuple[TimerTrigger, ...]


def read_function(
    function: FunctionNode, triggers: Triggers, layers: list[LocalLayer], project: Path, report: Report
) -> FunctionSpec:
    """The function as deployed; what is wrong goes to `report`, and a default stands in for it."""
    settings = function.settings
    source = source_folder(function, project, report)
    kind = one_of(settings, "type", "event", ("event", "web"), "event or web", report)
    if kind == "web":
        check_bootstrap(function, source, report)
    check_surroundings(settings, report)
    runtime = _runtime(settings, report)
    region = text(settings, "region", "ap-guangzhou", report)
    return FunctionSpec(
        key=function.key,
        name=_name(function, report),
        handler="" if kind == "web" else event_handler(function, source, report),
        runtime=runtime,
        type=kind,
        source=source,
        memory_mb=whole_number(settings, "memorySize", 128, _MEMORY_MB, "64, or 128 to 3072 in steps of 128", report),
        timeout_s=whole_number(settings, "timeout", 3, range(1, 901), "1 to 900 seconds", report),
        init_timeout_s=whole_number(settings, "initTimeout", 65, range(3, 301), "3 to 300 seconds", report),
        environment=declared_environment(settings, report),
        layers=bound_layers(settings, layers, region, runtime, report),
        http=triggers.http,
        cos=triggers.cos,
        timers=triggers.timers,
        max_concurrency=_max_concurrency(settings, kind, report),
        role=text(settings, "role", "", report),
        namespace=text(settings, "namespace", "default", report),
        exclude=excluded_patterns(function, report),
    )


def check_together(functions: Iterable[tuple[FunctionNode, FunctionSpec]], report: Report) -> None:
    """Rules about all functions: names differ, and a namespace holds 50."""
    lines: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}
    for node, spec in functions:
        line = node.settings.key_line("name")
        first = lines.setdefault((spec.namespace, spec.name), line)
        if first != line:
            report.refuse(line, f"function name {spec.name} is already used on line {first}")
        counts[spec.namespace] = counts.get(spec.namespace, 0) + 1
        if counts[spec.namespace] == _MOST_FUNCTIONS + 1:
            report.refuse(line, f"a namespace holds at most {_MOST_FUNCTIONS} functions")


def _name(function: FunctionNode, report: Report) -> str:
    name = text(function.settings, "name", function.default_name, report)
    line = function.settings.key_line("name")
    namespace = text(function.settings, "namespace", "default", report)
    if settled(name):
        if not _NAME.fullmatch(name):
            report.refuse(line, f"function name {name}: 2-60 letters, digits, - and _, first a letter, last no - or _")
        if len(namespace + name) > _LONGEST_QUALIFIED_NAME:
            report.refuse(line, f"namespace and function name together have over {_LONGEST_QUALIFIED_NAME} characters")
    return name


def _runtime(settings: Node, report: Report) -> str:
    if settings.get("runtime") is None:
        report.refuse(settings.line, "runtime is missing: the platform would take Python2.7")
    return one_of(settings, "runtime", "Python3.10", _RUNTIMES, f"one of {', '.join(_RUNTIMES)}", report)


def _max_concurrency(settings: Node, kind: str, report: Report) -> int:
    """How many requests share an instance: one, unless a web function says otherwise."""
    config = settings.get("instanceConcurrencyConfig")
    if config is None or not switch(config, "enable", True, report):
        return 1
    if kind != "web":
        report.refuse(config.line, "instanceConcurrencyConfig: an event function takes one event at a time")
    return whole_number(config, "maxConcurrency", 1, range(1, 101), "1 to 100 requests", report)
