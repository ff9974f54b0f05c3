"""customDomain.endpointsConfig: which function answers which path of the one public host."""

from __future__ import annotations

import re

from .model import FunctionSpec, Route
from .report import Report
from .values import settled, text
from .yaml_lines import Node

_PATH_MATCH = re.compile(r"/(?:\*|[^*?#\s]*[^*?#\s/](?:/\*)?)?")


def read_routes(inputs: Node, functions: dict[str, FunctionSpec], report: Report) -> tuple[Route, ...]:
    """Every route to a function that exists; what is wrong goes to `report`."""
    listed = inputs.get("customDomain", "endpointsConfig") or Node(0, [])
    routes: list[Route] = []
    for entry in listed.entries:
        route = Route(text(entry, "pathMatch", "", report), text(entry, "functionName", "", report))
        if _acceptable(route, entry, functions, report):
            if any(route.path_match == known.path_match for known in routes):
                report.refuse(entry.line, f"pathMatch {route.path_match} is already routed")
            routes.append(route)
    return tuple(routes)


def _acceptable(route: Route, entry: Node, functions: dict[str, FunctionSpec], report: Report) -> bool:
    if settled(route.path_match) and not _PATH_MATCH.fullmatch(route.path_match):
        report.refuse(
            entry.key_line("pathMatch"), f"pathMatch {route.path_match!r}: must be like /, /*, /xxx or /xxx/*"
        )
    function = functions.get(route.function)
    if function is None:
        report.refuse(entry.line, f"route to {route.function or 'no function'}: there is no such function")
        return False
    if function.http is None:
        report.warn(entry.line, f"route to {route.function}, which has no http trigger")
    return True
