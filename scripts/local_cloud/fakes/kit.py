"""The base of every vendor fake: a WSGI app with routes, memory, faults on request and a request log."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Request, Response

from scripts.local_cloud.fakes.kit_clock import Clock
from scripts.local_cloud.fakes.kit_faults import KIT_KINDS, Fault, FaultTable
from scripts.local_cloud.fakes.kit_log import LoggedRequest, RequestLog
from scripts.local_cloud.fakes.kit_routes import (
    CONTROL_PREFIX,
    ControlError,
    Match,
    Route,
    RouteTable,
    View,
    json_response,
    read_control,
    require,
)
from scripts.local_cloud.fakes.kit_serve import Serving, serve

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

__all__ = [
    "CONTROL_PREFIX",
    "Clock",
    "ControlError",
    "Fake",
    "Fault",
    "Match",
    "Request",
    "Response",
    "Route",
    "Serving",
    "View",
    "json_response",
    "planned_fault",
    "read_control",
    "require",
    "serve",
]

FAULT_KEY = "mojian.fault"


def planned_fault(request: Request) -> Fault | None:
    """The vendor's own kind of fault that was taken for this request (see Fake.own_fault_kinds), if any."""
    fault: Fault | None = request.environ.get(FAULT_KEY)
    return fault


class Fake(ABC):
    """One vendor. A subclass lists its routes; the kit adds the control routes, the faults and the log.

    A dropped connection is a ConnectionResetError out of the WSGI app: a real server closes the socket on it, an
    in-process client sees the exception.
    """

    name: str
    own_fault_kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self) -> None:
        self.clock = Clock()
        self.faults = FaultTable()
        self.log = RequestLog()
        self.lock = threading.RLock()
        self._released = threading.Event()
        self._table = RouteTable([*self._kit_routes(), *self.routes()])

    @abstractmethod
    def routes(self) -> list[Route]:
        """The vendor's own routes, control routes of the vendor included. Called once, by __init__."""

    @abstractmethod
    def environment(self, base_url: str) -> dict[str, str]:
        """The settings that point the product at this fake, credentials included."""

    def environments(self, base_url: str) -> dict[str, dict[str, str]]:
        """The same by group: what one secret makes real together. One group, unless a fake serves several."""
        return {self.name: self.environment(base_url)}

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """What the fake remembers, as JSON, for GET /__fake__/state."""

    @abstractmethod
    def forget(self) -> None:
        """Drop the vendor's memory; credentials stay."""

    def reset(self) -> None:
        """Back to the first minute: memory, faults, log and clock. Credentials stay."""
        self.release()
        self.faults.clear()
        self.log.clear()
        self.clock.shift(0)
        self.forget()

    def release(self) -> None:
        """Let go of every request that hangs."""
        self._released.set()
        self._released = threading.Event()

    def unrouted(self, request: Request, refusal: HTTPException) -> Match:
        """What answers a path without a route; a vendor whose every path means something overrides this."""
        wrong_method = isinstance(refusal, MethodNotAllowed)

        def answer(_request: Request) -> Response:
            return self.wrong_method(request) if wrong_method else self.not_found(request)

        return Match(Route(request.method, request.path, "unknown", answer), {})

    def not_found(self, request: Request) -> Response:
        return json_response({"message": f"no route for {request.path}"}, 404)

    def wrong_method(self, request: Request) -> Response:
        return json_response({"message": f"{request.method} is not allowed here"}, 405)

    def fault_response(self, fault: Fault) -> Response:
        """The answer to a `status` fault; vendors give it their envelope."""
        if fault.body is not None:
            return Response(fault.body, status=fault.status, content_type="application/json")
        return json_response({"message": "fault on request"}, fault.status)

    # -- answering ---------------------------------------------------------------------------------------------

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        found = self._table.match(request)
        match = found if isinstance(found, Match) else self.unrouted(request, found)
        if match.route.is_control:
            return self._control(request, match)(environ, start_response)
        entry = self.log.open(request.method, request.path, match.route.operation, self.clock.now())
        if match.route.log_body:
            entry.body = request.get_data().decode("utf-8", "replace")
        try:
            response = self._answer(request, match, entry)
        except ConnectionError:
            entry.status = 0
            raise
        finally:
            request.close()
        entry.status = response.status_code
        return response(environ, start_response)

    def _answer(self, request: Request, match: Match, entry: LoggedRequest) -> Response:
        fault = self.faults.take(match.route.operation)
        if fault is None:
            return match.route.view(request, **match.variables)
        entry.fault = fault.kind
        if fault.kind in self.own_fault_kinds:
            request.environ[FAULT_KEY] = fault
            return match.route.view(request, **match.variables)
        self._before(fault)
        if fault.kind == "status":
            return self.fault_response(fault)
        return _spoil(match.route.view(request, **match.variables), fault)

    def _before(self, fault: Fault) -> None:
        """The part of a fault that strikes before anything is done."""
        if fault.kind == "slow":
            self._released.wait(fault.seconds)
        if fault.kind == "hang":
            self._released.wait(fault.seconds)
            raise ConnectionResetError("the fake hung up after hanging")
        if fault.kind == "drop" and fault.when == "before":
            raise ConnectionResetError("the fake hung up before doing anything")

    # -- control routes ----------------------------------------------------------------------------------------

    def _kit_routes(self) -> list[Route]:
        return [
            Route("GET", CONTROL_PREFIX, "control", self._show_index),
            Route("GET", CONTROL_PREFIX + "requests", "control", self._show_requests),
            Route("GET", CONTROL_PREFIX + "state", "control", self._show_state),
            Route("POST", CONTROL_PREFIX + "reset", "control", self._post_reset),
            Route("GET", CONTROL_PREFIX + "faults", "control", self._show_faults),
            Route("POST", CONTROL_PREFIX + "faults", "control", self._post_fault),
            Route("GET POST", CONTROL_PREFIX + "clock", "control", self._clock),
        ]

    def _control(self, request: Request, match: Match) -> Response:
        try:
            return match.route.view(request, **match.variables)
        except ControlError as error:
            return json_response({"error": str(error)}, 400)

    def _show_index(self, _request: Request) -> Response:
        routes = self._table.routes
        control = [f"{route.methods} {route.path}" for route in routes if route.is_control]
        operations = sorted({route.operation for route in routes if not route.is_control})
        kinds = sorted(KIT_KINDS | self.own_fault_kinds)
        return json_response({"name": self.name, "operations": operations, "faults": kinds, "control": control})

    def _show_requests(self, _request: Request) -> Response:
        return json_response({"requests": self.log.as_json()})

    def _show_state(self, _request: Request) -> Response:
        return json_response(self.state())

    def _post_reset(self, _request: Request) -> Response:
        self.reset()
        return json_response({"reset": True})

    def _show_faults(self, _request: Request) -> Response:
        return json_response({"faults": self.faults.as_json()})

    def _post_fault(self, request: Request) -> Response:
        try:
            self.faults.plan(Fault.from_json(read_control(request), KIT_KINDS | self.own_fault_kinds))
        except (TypeError, ValueError) as error:
            raise ControlError(str(error)) from error
        return self._show_faults(request)

    def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            self.clock.shift(float(require(read_control(request), "offset_s")))
        return json_response({"now": self.clock.now(), "offset_s": self.clock.offset_s, "real": time.time()})


def _spoil(response: Response, fault: Fault) -> Response:
    """The part of a fault that strikes after the work was done."""
    if fault.kind == "drop" and fault.when == "after":
        raise ConnectionResetError("the fake hung up after doing it")
    if fault.kind == "slow":
        return response
    whole = response.get_data()
    half = whole[: len(whole) // 2]
    if fault.kind == "malformed":
        response.set_data(half if fault.body is None else fault.body)
    elif fault.kind == "drop":
        response.response = _cut(half)
        response.headers["Content-Length"] = str(max(len(whole), 1))
    return response


def _cut(half: bytes) -> Iterable[bytes]:
    yield half
    raise ConnectionResetError("the fake hung up in the middle of the body")
