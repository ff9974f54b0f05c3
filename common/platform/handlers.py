"""Decorators that turn a use of services into a platform handler: main_handler(event, context).

The platform writes return values of event functions to the log. Asynchronous handlers therefore return only
counts; HTTP handlers have to return their answer, so their log topic holds what users receive (docs/architecture.md).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from common import logs
from common.errors import InternalError
from common.platform.errors_outside import envelope, facts_for_log, is_worth_repeating
from common.platform.events.cos import CosRecord, read_cos_event
from common.platform.events.http import HttpRequest, read_http_event
from common.platform.events.invoke import read_invoke_event
from common.platform.events.timer import TimerEvent, read_timer_event
from common.platform.idempotency import answer_once
from common.platform.invocation import Invocation
from common.platform.responses import Response
from common.wiring import App, Shared

Result = dict[str, Any]
Handler = Callable[[Any, Mapping[str, Any]], Result]
Item = TypeVar("Item")

HttpUse = Callable[[HttpRequest, App], Response]
CosUse = Callable[[CosRecord, App], None]
TimerUse = Callable[[TimerEvent, App], Mapping[str, int]]
InvokeUse = Callable[[Mapping[str, Any], App], Mapping[str, int]]


class _Instance:
    """What one process keeps between invocations: clients and caches, nothing of any invocation."""

    def __init__(self) -> None:
        self._shared: Shared | None = None

    def begin(self, context: Mapping[str, Any]) -> tuple[Invocation, App]:
        """A fresh App per invocation: the platform refreshes the temporary keys in the environment each time."""
        cold, self._shared = self._shared is None, self._shared or Shared()
        logs.quiet_libraries()
        invocation = Invocation.from_context(context, cold=cold)
        return invocation, App(self._shared, remaining_s=invocation.remaining_s, request_id=invocation.request_id)


def _log(invocation: Invocation, trigger: str, outcome: str, facts: Mapping[str, object]) -> None:
    own = {"function": invocation.function, "request_id": invocation.request_id, "cold": invocation.cold}
    timing = {"trigger": trigger, "outcome": outcome, "duration_ms": invocation.elapsed_ms()}
    logs.write("invocation", {**own, **timing, **facts})


def _facts(error: BaseException) -> dict[str, object]:
    return {**facts_for_log(error), "where": logs.where(error)}


def http_handler(use: HttpUse) -> Handler:
    """One request, one answer; every error becomes the one envelope."""
    instance = _Instance()

    def main_handler(event: Any, context: Mapping[str, Any]) -> Result:
        invocation, app = instance.begin(context)
        response, facts = _answer(use, event, invocation, app)
        _log(invocation, "http", "ok" if response.status < 400 else "refused", {"status": response.status, **facts})
        return response.for_platform(invocation.request_id)

    return main_handler


def _answer(use: HttpUse, event: Any, invocation: Invocation, app: App) -> tuple[Response, dict[str, object]]:
    facts: dict[str, object] = {}
    try:
        request = read_http_event(read_invoke_event(event), read_session=app.read_session)
        facts = {"method": request.method, "path": request.path}
        lease_s = invocation.remaining_s() + 5
        return answer_once(request, app, lambda: use(request, app), lease_s=lease_s), facts
    except Exception as error:
        return envelope(error, invocation.request_id), {**facts, **_facts(error)}


def cos_handler(use: CosUse) -> Handler:
    """Each record of a bucket event; a record that may succeed later makes the platform repeat the event.

    The other records of the same event are still worked on first, and repeating them is safe.
    """

    def work(event: Any, app: App) -> Result:
        records = [record for record in read_cos_event(read_invoke_event(event)) if not record.is_folder]
        later = [error for record in records if (error := _attempt(use, record, app)) is not None]
        if later:
            raise later[0]
        return {"records": len(records)}

    return _asynchronous("cos", work)


def _attempt(use: Callable[[Item, App], object], item: Item, app: App) -> Exception | None:
    try:
        use(item, app)
    except Exception as error:
        if is_worth_repeating(error):
            return error
        logs.write("dropped", {"request_id": app.request_id, **_facts(error)})
    return None


def timer_handler(use: TimerUse) -> Handler:
    return _asynchronous("timer", lambda event, app: dict(use(read_timer_event(event), app)))


def invoke_handler(use: InvokeUse) -> Handler:
    return _asynchronous("invoke", lambda event, app: dict(use(read_invoke_event(event), app)))


def _asynchronous(trigger: str, work: Callable[[Any, App], Result]) -> Handler:
    """Retryable errors are raised so that the platform repeats the event; final ones are logged and done with."""
    instance = _Instance()

    def main_handler(event: Any, context: Mapping[str, Any]) -> Result:
        invocation, app = instance.begin(context)
        try:
            result = work(event, app)
        except Exception as error:
            repeat = is_worth_repeating(error)
            _log(invocation, trigger, "repeat" if repeat else "dropped", _facts(error))
            if repeat:
                raise InternalError(code_seen=facts_for_log(error)["code"]) from None
            return {"dropped": 1}
        counts = {name: value for name, value in result.items() if isinstance(value, int)}
        _log(invocation, trigger, "ok", counts)
        return result

    return main_handler


def either_handler(http: Handler, timer: Handler) -> Handler:
    """A function with an HTTP route and a timer: the event says which it is."""

    def main_handler(event: Any, context: Mapping[str, Any]) -> Result:
        return (
            timer(event, context) if isinstance(event, dict) and event.get("Type") == "Timer" else http(event, context)
        )

    return main_handler
