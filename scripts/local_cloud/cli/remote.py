"""`call`, `put`, `tick`, `reset`: talk to the cloud that `up` runs."""

from __future__ import annotations

import argparse
import http.client
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from scripts.local_cloud.control_file import CONTROL_FILE

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

FIRST_ERROR_STATUS = 400


class NotRunning(SystemExit):
    """Nobody answers on the control port."""

    def __init__(self) -> None:
        super().__init__("the local cloud is not running: start it with ./scripts/local up")


def add_commands(commands: Commands) -> None:
    call_ = commands.add_parser("call", help="send a request through the gateway")
    call_.add_argument("method", type=str.upper)
    call_.add_argument("path")
    call_.add_argument("body", nargs="?", help="text, or @FILE")
    call_.add_argument("--token", help="session token for the Authorization header")
    call_.set_defaults(run=call)
    put_ = commands.add_parser("put", help="upload a file to the bucket; triggers fire")
    put_.add_argument("key")
    put_.add_argument("file", type=Path)
    put_.set_defaults(run=put)
    tick_ = commands.add_parser("tick", help="fire a timer now")
    tick_.add_argument("name", help="of the timer, or of its function")
    tick_.set_defaults(run=tick)
    reset_ = commands.add_parser("reset", help="forget all objects, rows, orders, messages and logs")
    reset_.set_defaults(run=reset)


def call(options: argparse.Namespace) -> int:
    """Print the body as it arrives; the status line goes to stderr. 0 for a status below 400."""
    headers = {"content-type": "application/json"} if options.body else {}
    if options.token:
        headers["authorization"] = f"Bearer {options.token}"
    body = _body(options.body)
    answer = _send(_urls(options.state)["gateway"], options.method, options.path, body, headers)
    print(f"{answer.status} {answer.reason}", file=sys.stderr)
    while piece := answer.read1():
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    sys.stdout.buffer.write(b"\n")
    return int(answer.status >= FIRST_ERROR_STATUS)


def put(options: argparse.Namespace) -> int:
    return _control(options.state, f"/put?key={quote(options.key, safe='')}", options.file.read_bytes())


def tick(options: argparse.Namespace) -> int:
    return _control(options.state, f"/tick?name={quote(options.name, safe='')}")


def reset(options: argparse.Namespace) -> int:
    return _control(options.state, "/reset")


def _control(state: Path, target: str, body: bytes = b"") -> int:
    answer = _send(_urls(state)["control"], "POST", target, body, {})
    document: dict[str, Any] = json.loads(answer.read())
    if "error" in document:
        print(document["error"], file=sys.stderr)
        return 1
    print(json.dumps(document, ensure_ascii=False))
    return 0


def _send(base_url: str, method: str, target: str, body: bytes, headers: dict[str, str]) -> http.client.HTTPResponse:
    address = urlsplit(base_url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)
    try:
        connection.request(method, quote(target, safe="/%?&=:,;+-_.~!$'()*@"), body=body, headers=headers)
        return connection.getresponse()
    except ConnectionRefusedError as error:
        raise NotRunning from error


def _urls(state: Path) -> dict[str, str]:
    file = state / CONTROL_FILE
    if not file.exists():
        raise NotRunning
    urls: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))["urls"]
    return urls


def _body(given: str | None) -> bytes:
    if given and given.startswith("@"):
        return Path(given[1:]).read_bytes()
    return (given or "").encode()
