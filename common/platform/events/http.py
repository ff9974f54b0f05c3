"""An HTTP request as the platform delivers it: function URL (documented and measured shapes) or legacy API gateway."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel, ValidationError

from common.errors import BadRequest, InvalidField, NotLoggedIn
from common.wiring import UserId

Command = TypeVar("Command", bound=BaseModel)


def _nobody(_: str) -> UserId:
    raise NotLoggedIn


@dataclass(frozen=True)
class HttpRequest:
    """Header names are lower case; `path` is decoded; `path_parameters` come from the route that matched."""

    method: str
    path: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes
    client_ip: str
    path_parameters: Mapping[str, str] = field(default_factory=dict)
    read_session: Callable[[str], UserId] = _nobody

    @property
    def user_id(self) -> UserId:
        """Who is asking, from the bearer token. Raises NotLoggedIn."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise NotLoggedIn
        return self.read_session(token.strip())

    def __getitem__(self, name: str) -> str:
        """A part of the path, by its name in the route."""
        return self.path_parameters[name]

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises BadRequest."""
        try:
            value = json.loads(self.body or b"{}")
        except (ValueError, RecursionError):
            raise BadRequest(reason="body is not JSON") from None
        if not isinstance(value, dict):
            raise BadRequest(reason="body is not a JSON object")
        return value

    def read(self, command: type[Command]) -> Command:
        """The body as `command`; unknown fields are ignored. Raises InvalidField naming the first wrong field."""
        return self._validate(command, self.json())

    def read_query(self, command: type[Command]) -> Command:
        return self._validate(command, dict(self.query))

    @staticmethod
    def _validate(command: type[Command], value: dict[str, Any]) -> Command:
        try:
            return command.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise InvalidField(field=".".join(str(part) for part in first["loc"]), reason=first["msg"]) from None


def read_http_event(event: Mapping[str, Any], *, read_session: Callable[[str], UserId] = _nobody) -> HttpRequest:
    """Accepts every documented shape; what a shape lacks is looked for where the others have it."""
    context = _mapping(event.get("requestContext"))
    headers = {str(name).lower(): _joined(value) for name, value in _mapping(event.get("headers")).items()}
    address = headers.get("x-scf-remote-addr") or str(context.get("sourceIp") or "")
    query = _mapping(event.get("queryString")) or _mapping(event.get("queryStringParameters"))
    return HttpRequest(
        method=str(event.get("httpMethod") or context.get("httpMethod") or "GET").upper(),
        path=unquote(str(event.get("path") or context.get("path") or "/")),
        headers=headers,
        query={str(name): _last(value) for name, value in query.items()},
        body=_body(event),
        client_ip=_without_port(address),
        read_session=read_session,
    )


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body")
    if body is None:
        return b""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    if not event.get("isBase64Encoded"):
        return text.encode()
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise BadRequest(reason="body is not base64") from None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _joined(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def _last(value: object) -> str:
    return str(value[-1]) if isinstance(value, list) and value else str(value)


def _without_port(address: str) -> str:
    """Some deployments append a port; an IPv6 address has more than one colon."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
