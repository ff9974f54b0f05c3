"""An HTTP request as the platform delivers it: function URL (documented and measured shapes) or legacy API gateway."""

import base64
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel, ValidationError

from common.errors import BadRequest, InvalidField, NotLoggedIn
from common.wiring import UserId, Visitor

LONGEST_KEY = 128

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

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

    @property
    def owner(self) -> UserId | None:
        """Who is asking, if they are logged in: nobody without a token, and with one that is no good any more."""
        try:
            return self.user_id
        except NotLoggedIn:
            return None

    @property
    def visitor(self) -> Visitor:
        """Who is asking where nobody has to be logged in."""
        return Visitor(self.owner, self.client_ip)

    @property
    def idempotency_scope(self) -> str | None:
        """Names this request however often it is sent: 64 hexadecimal digits from caller, path and Idempotency-Key.

        None without a key, which only a POST can have. A user is the same caller under a newer token; somebody who is not
        logged in is known by their address. Raises InvalidField.
        """
        key = self.headers.get("idempotency-key")
        if key is None or self.method != "POST":
            return None
        if not 1 <= len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
            raise InvalidField(field="Idempotency-Key")
        caller = self.owner or self.client_ip
        return hashlib.sha256("\n".join((caller, self.path, key)).encode()).hexdigest()

    def __getitem__(self, name: str) -> str:
        """A part of the path, by its name in the route."""
        return self.path_parameters[name]

    def json(self) -> dict[str, Any]:
        """The body as a JSON object. Raises BadRequest."""
        try:
            value = json.loads(self.body or b"{}", parse_float=_finite, parse_constant=_finite)
        except (ValueError, RecursionError):
            raise BadRequest(reason="body is not JSON") from None
        if not isinstance(value, dict):
            raise BadRequest(reason="body is not a JSON object")
        if not all(_is_storable(text) for text in _texts(value)):
            raise BadRequest(reason="body holds a character that is no text")
        return value

    def read(self, command: type[Command]) -> Command:
        """The body as `command`; unknown fields are ignored, "1" is not 1.

        Raises BadRequest, InvalidField naming the first wrong field.
        """
        return self.validate(command, self.json(), strict=True)

    def read_query(self, command: type[Command]) -> Command:
        """The query string as `command`; everything in it is text. Raises InvalidField."""
        return self.validate(command, dict(self.query), strict=False)

    @staticmethod
    def validate(command: type[Command], value: dict[str, Any], *, strict: bool) -> Command:
        """`value` as `command`. Raises InvalidField naming the first wrong field."""
        try:
            return command.model_validate(value, strict=strict)
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
        path=storable_path(unquote(str(event.get("path") or context.get("path") or "/"))),
        headers=headers,
        query={str(name): _last(value) for name, value in query.items() if value not in (None, [])},
        body=_body(event),
        client_ip=without_port(address),
        read_session=read_session,
    )


def _body(event: Mapping[str, Any]) -> bytes:
    body = event.get("body")
    if body is None:
        return b""
    text = body if isinstance(body, str) else json.dumps(body)
    if not event.get("isBase64Encoded"):
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise BadRequest(reason="body is not base64") from None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _joined(value: object) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value or "")


def _last(value: object) -> str:
    return str(value[-1]) if isinstance(value, list) else str(value)


def _finite(number: str) -> float:
    """JSON has no NaN and no infinity, although Python reads them."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value


def _texts(value: dict[str, Any]) -> Iterator[str]:
    """Every key and every text, however deep, without recursion."""
    left: list[object] = [value]
    while left:
        item = left.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            left += [*item, *item.values()]
        elif isinstance(item, list):
            left += item


def storable_path(path: str) -> str:
    """Parts of it are looked up in the database. Raises BadRequest."""
    if not _is_storable(path):
        raise BadRequest(reason="path holds a character that is no text")
    return path


def _is_storable(text: str) -> bool:
    """PostgreSQL stores no NUL, and half a surrogate pair cannot be encoded at all."""
    return _UNSTORABLE.search(text) is None


def without_port(address: str) -> str:
    """Some deployments append a port; an IPv6 address has more than one colon."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
