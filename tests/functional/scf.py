"""The platform for functional tests: loads functions/<name>/index.py and calls them here, one request per instance."""

import importlib.util
import json
import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from common.platform.web import web_application
from common.wiring import Shared
from scripts.local_cloud.emulator.context import build_context
from scripts.local_cloud.emulator.manifest import Manifest
from scripts.local_cloud.emulator.switches import Account, Switches
from scripts.local_cloud.emulator.web.events import function_url_event

ROOT = Path(__file__).parents[2]
CLIENT_IP = "203.0.113.7"
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")

Event = Mapping[str, Any]


class WorkerKilled(BaseException):
    """The platform ends a process: nothing catches it, and nothing of the instance is used again."""


@dataclass(frozen=True)
class Answer:
    """What the caller of an HTTP function receives. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    request_id: str

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def refusal(self) -> tuple[int, str, str]:
        """(status, code, message) of a failure; that it comes in the one envelope is checked here."""
        envelope = self.json
        error = envelope["error"]
        assert set(envelope) == {"error"}
        assert {"code", "message", "request_id"} <= set(error) <= {"code", "message", "request_id", "details"}
        assert error["request_id"] == self.request_id == self.headers["x-request-id"]
        assert self.headers["content-type"] == "application/json; charset=utf-8"
        assert self.status >= 400
        assert _CHINESE.search(error["message"])
        return self.status, error["code"], error["message"]

    @property
    def payment_refusal(self) -> tuple[int, str]:
        """(status, message) of a refused notification, in the form that WeChat Pay v3 reads."""
        answer = self.json
        assert set(answer) == {"code", "message"}
        assert answer["code"] == "FAIL"
        assert self.status >= 400
        assert _CHINESE.search(answer["message"])
        return self.status, answer["message"]

    @property
    def details(self) -> Any:
        return self.json["error"].get("details")


class Platform:
    """Instances of every function, warm between calls; a second request at the same time gets a second instance."""

    def __init__(self, manifest: Manifest, account: Account, keys: Mapping[str, str]) -> None:
        self.manifest = manifest
        self._account = account
        self.keys = dict(keys)
        self._lock = threading.Lock()
        self._idle: dict[str, list[Any]] = defaultdict(list)
        self._opened: list[Shared] = []

    def open_shared(self) -> Shared:
        """Stands in for Shared where a process makes its own, so that its connections can be closed after the test."""
        shared = Shared()
        self._opened.append(shared)
        return shared

    def close(self) -> None:
        for shared in self._opened:
            for name in {"database", "redis", "http"} & set(vars(shared)):
                getattr(shared, name).close()

    def restart(self) -> None:
        """Every instance is recycled: the next calls are cold starts."""
        with self._lock:
            self._idle.clear()

    def invoke(self, function: str, event: Event) -> Any:
        """The handler's return value, through JSON in both directions as on the platform. Raises what it raises."""
        context = build_context(
            self.manifest.functions[function], self._account, self.manifest.region, str(uuid.uuid4()), self.keys
        )
        return self._with_instance(function, _event_handler, lambda handler: _invoked(handler, event, context))

    def request(self, function: str, builder: EnvironBuilder) -> Answer:
        """An HTTP request to an event function, as a function URL event."""
        try:
            request = builder.get_request(Request)
            return self.answer(function, request)
        finally:
            builder.close()

    def answer(self, function: str, request: Request) -> Answer:
        request_id = str(uuid.uuid4())
        spec = self.manifest.functions[function]
        context = build_context(spec, self._account, self.manifest.region, request_id, self.keys)
        event = function_url_event(request, request.get_data(), Switches())
        reply = self._with_instance(function, _event_handler, lambda handler: _invoked(handler, event, context))
        headers = {name.lower(): value for name, value in reply["headers"].items()}
        assert reply["isBase64Encoded"] is False
        return Answer(reply["statusCode"], headers, reply["body"].encode(), request_id)

    def request_web(self, function: str, request: httpx.Request) -> Answer:
        """A request to a web function: plain HTTP with the platform's own headers."""
        reply = self.open_web(function, request)
        return Answer(reply.status_code, reply.headers, reply.read(), request.headers["X-Scf-Request-Id"])

    def open_web(self, function: str, request: httpx.Request) -> httpx.Response:
        """The same, with an answer that is still to be read, or closed before its end."""
        request_id = str(uuid.uuid4())
        spec = self.manifest.functions[function]
        request.headers.update(
            {
                "X-Scf-Request-Id": request_id,
                "X-Scf-Name": spec.name,
                "X-Scf-Timeout": str(spec.timeout_s * 1000),
                "X-Scf-Remote-Addr": CLIENT_IP,
                "X-Scf-Secret-Id": self.keys["TENCENTCLOUD_SECRETID"],
                "X-Scf-Secret-Key": self.keys["TENCENTCLOUD_SECRETKEY"],
                "X-Scf-Session-Token": self.keys["TENCENTCLOUD_SESSIONTOKEN"],
            }
        )
        reply: httpx.Response = self._with_instance(
            function, self._web_server, lambda server: server.handle_request(request)
        )
        return reply

    def _web_server(self, module: ModuleType) -> httpx.WSGITransport:
        return httpx.WSGITransport(web_application(module.routes, self.open_shared()))

    def _with_instance(self, function: str, build: Callable[[ModuleType], Any], use: Callable[[Any], Any]) -> Any:
        """An instance whose worker was killed does not come back."""
        with self._lock:
            instance = self._idle[function].pop() if self._idle[function] else None
        instance = instance or build(_load(function))
        try:
            result = use(instance)
        except Exception:
            self._idle[function].append(instance)
            raise
        self._idle[function].append(instance)
        return result


class Door:
    """The public address that WeChat Pay posts to; leads to the cloud of the test that is running."""

    def __init__(self) -> None:
        self._platform: Platform | None = None

    @contextmanager
    def leads_to(self, platform: Platform) -> Iterator[None]:
        self._platform = platform
        try:
            yield
        finally:
            self._platform = None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        platform, request = self._platform, Request(environ)
        function = platform.manifest.route(request.path) if platform else None
        if platform is None or function is None:
            return Response(status=404)(environ, start_response)
        answer = platform.answer(function, request)
        return Response(answer.content, answer.status, dict(answer.headers))(environ, start_response)


def _load(function: str) -> ModuleType:
    """functions/<name>/index.py as a module of its own: every instance has its own globals."""
    spec = importlib.util.spec_from_file_location(f"{function}_index", ROOT / "functions" / function / "index.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _event_handler(module: ModuleType) -> Any:
    return module.main_handler


def _invoked(handler: Callable[[Any, Any], Any], event: Event, context: Mapping[str, Any]) -> Any:
    return json.loads(json.dumps(handler(json.loads(json.dumps(event)), dict(context))))
