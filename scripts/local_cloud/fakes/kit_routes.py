"""Routes of a fake and the small change of its views: JSON in, JSON out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

CONTROL_PREFIX = "/__fake__/"

View = Callable[..., Response]


class ControlError(ValueError):
    """A control request that makes no sense; answered 400 with the message."""


@dataclass(frozen=True)
class Route:
    """One line of a fake's table. `methods` is "GET" or "GET POST"; `operation` is the name faults are planned by.

    The view gets the request and the variables of the path. `log_body` keeps the request body in the log: only
    where it holds no credential.
    """

    methods: str
    path: str
    operation: str
    view: View
    log_body: bool = False

    @property
    def is_control(self) -> bool:
        return self.path.startswith(CONTROL_PREFIX)


@dataclass(frozen=True)
class Match:
    """The route that answers one request, with the variables of its path."""

    route: Route
    variables: Mapping[str, Any]


class RouteTable:
    """Routes by path and method; slashes are left as they are, because vendors do not redirect."""

    def __init__(self, routes: list[Route]) -> None:
        self.routes = routes
        rules = [Rule(route.path, methods=route.methods.split(), endpoint=index) for index, route in enumerate(routes)]
        self._map = Map(rules, merge_slashes=False, strict_slashes=True, redirect_defaults=False)

    def match(self, request: Request) -> Match | HTTPException:
        """The match, or the NotFound / MethodNotAllowed that tells why there is none."""
        try:
            endpoint, variables = self._map.bind_to_environ(request.environ).match()
        except HTTPException as refusal:
            return refusal
        return Match(self.routes[endpoint], variables)


def json_response(payload: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Raw UTF-8 JSON, as every vendor here sends it."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, status=status, headers=dict(headers or {}), content_type="application/json; charset=utf-8")


def read_control(request: Request) -> dict[str, Any]:
    """The JSON object of a control request; an empty body is an empty object. Raises ControlError."""
    raw = request.get_data()
    try:
        document = json.loads(raw) if raw.strip() else {}
    except ValueError as error:
        raise ControlError(f"body is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise ControlError("body must be a JSON object")
    return document


def require(document: Mapping[str, Any], name: str) -> Any:
    """A field that a control request cannot do without."""
    if document.get(name) in (None, ""):
        raise ControlError(f"field {name!r} is missing")
    return document[name]
