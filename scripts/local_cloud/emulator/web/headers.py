"""Headers between the platform and a web function: what is added, what is not passed on (scf.md 2.2)."""

from __future__ import annotations

from ..instances.sandbox import Host
from ..manifest import FunctionSpec

Headers = list[tuple[str, str]]

HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
SET_BY_OUR_SERVER = {"server", "date"}
KEY_HEADERS = {
    "TENCENTCLOUD_SECRETID": "X-Scf-Secret-Id",
    "TENCENTCLOUD_SECRETKEY": "X-Scf-Secret-Key",
    "TENCENTCLOUD_SESSIONTOKEN": "X-Scf-Session-Token",
}


def platform_headers(spec: FunctionSpec, host: Host, request_id: str) -> Headers:
    """X-Scf-*: the request, the function, and fresh keys of its role."""
    keys = host.keys.mint(spec)
    return [
        ("X-Scf-Request-Id", request_id),
        ("X-Scf-Memory", str(spec.memory_mb)),
        ("X-Scf-Timeout", str(spec.timeout_s * 1000)),
        ("X-Scf-Version", "$LATEST"),
        ("X-Scf-Name", spec.name),
        ("X-Scf-Namespace", spec.namespace),
        ("X-Scf-Region", host.region),
        ("X-Scf-Appid", host.account.appid),
        ("X-Scf-Uin", host.account.uin),
        *((header, keys[variable]) for variable, header in KEY_HEADERS.items() if variable in keys),
    ]


def forwarded(headers: Headers) -> Headers:
    """What a client sent and the function gets; a client cannot speak for the platform."""
    return [(name, value) for name, value in headers if _passes(name) and not name.lower().startswith("x-scf-")]


def returned(headers: Headers) -> Headers:
    """What the function answered and the client gets."""
    return [(name, value) for name, value in headers if _passes(name) and name.lower() not in SET_BY_OUR_SERVER]


def header_block_bytes(headers: Headers) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers)


def _passes(name: str) -> bool:
    return name.lower() not in HOP_BY_HOP
