"""Decorators that turn a use of services into a platform handler: main_handler(event, context).

The platform writes return values of event functions to the log. Asynchronous handlers therefore return only
counts; HTTP handlers have to return their answer, so their log topic holds what users receive (docs/architecture.md).
"""

from collections.abc import Callable, Mapping
from typing import Any

from common.platform import cold_start
from common import logs
from common.errors import InternalError
from common.platform.answering import HttpUse, Refuse, answered
from common.platform.ending import end, outcome_of
from common.platform.errors_outside import envelope, facts_for_log, is_worth_repeating, log_facts
from common.platform.events.cos import CosRecord, read_cos_event
from common.platform.events.http import HttpRequest, read_http_event
from common.platform.events.invoke import origin_of, read_invoke_event
from common.platform.events.timer import TimerEvent, read_timer_event
from common.platform.invocation import Invocation
from common.wiring import App, Shared

Result = dict[str, Any]
Handler = Callable[[Any, Mapping[str, Any]], Result]

CosUse = Callable[[CosRecord, App], str | None]
TimerUse = Callable[[TimerEvent, App], Mapping[str, int]]
InvokeUse = Callable[[Mapping[str, Any], App], Mapping[str, int]]


class _Instance:
    """What one process keeps between invocations: clients and caches, nothing of any invocation."""

    def __init__(self) -> None:
        self._shared: Shared | None = None

    def begin(self, context: Mapping[str, Any]) -> Invocation:
        logs.quiet_libraries()
        cold = self._shared is None
        if not cold:
            cold_start.is_over()
        return Invocation.from_context(context, cold=cold)

    def open(self, invocation: Invocation) -> App:
        """A fresh App per invocation: the platform refreshes the temporary keys in the environment each time.

        Raises SettingsInvalid.
        """
        self._shared = self._shared or Shared()
        return App(self._shared, remaining_s=invocation.remaining_s, request_id=invocation.request_id)

    def end(self, invocation: Invocation, trigger: str, outcome: str, facts: Mapping[str, object]) -> None:
        end(invocation, self._shared, trigger, outcome, facts)


def http_handler(use: HttpUse, *, refuse: Refuse = envelope) -> Handler:
    """One request, one answer; every error becomes the one envelope, or what `refuse` makes of it for a vendor's call."""
    instance = _Instance()

    def main_handler(event: Any, context: Mapping[str, Any]) -> Result:
        invocation = instance.begin(context)

        def opened() -> tuple[HttpRequest, App]:
            app = instance.open(invocation)
            return read_http_event(read_invoke_event(event), read_session=app.read_session), app

        response, facts = answered(use, opened, invocation, refuse)
        instance.end(invocation, "http", outcome_of(response.status), {**facts, "status": response.status})
        return response.for_platform(invocation.request_id)

    return main_handler


def cos_handler(use: CosUse) -> Handler:
    """Each record of a bucket event; a record that may succeed later makes the platform repeat the event.

    The other records of the same event are still worked on first, and repeating them is safe. What `use` returns is the
    outcome's name, for the log.
    """

    def work(event: Any, app: App) -> Result:
        records = [record for record in read_cos_event(read_invoke_event(event)) if not record.is_folder]
        later = [error for record in records if (error := _attempt(use, record, app)) is not None]
        origins = {record.origin for record in records}
        app.follow(origins.pop() if len(origins) == 1 else "")
        if later:
            raise later[0]
        return {"records": len(records)}

    return _asynchronous("cos", work)


def _attempt(use: CosUse, record: CosRecord, app: App) -> Exception | None:
    """The error that makes the event worth repeating, if there is one."""
    app.follow(record.origin)
    try:
        outcome = use(record, app)
    except Exception as error:
        repeat = is_worth_repeating(error)
        app.note("repeat" if repeat else "dropped", log_facts(error))
        return error if repeat else None
    if outcome is not None:
        app.note("record", {"outcome": outcome})
    return None


def timer_handler(use: TimerUse) -> Handler:
    return _asynchronous("timer", lambda event, app: dict(use(read_timer_event(event), app)))


def invoke_handler(use: InvokeUse) -> Handler:
    def work(event: Any, app: App) -> Result:
        told = read_invoke_event(event)
        app.follow(origin_of(told))
        return dict(use(told, app))

    return _asynchronous("invoke", work)


def _asynchronous(trigger: str, work: Callable[[Any, App], Result]) -> Handler:
    """Retryable errors are raised so that the platform repeats the event; final ones are logged and done with."""
    instance = _Instance()

    def main_handler(event: Any, context: Mapping[str, Any]) -> Result:
        invocation = instance.begin(context)
        try:
            result = work(event, instance.open(invocation))
        except Exception as error:
            repeat = is_worth_repeating(error)
            instance.end(invocation, trigger, "repeat" if repeat else "dropped", log_facts(error))
            if repeat:
                raise InternalError(code_seen=facts_for_log(error)["code"]) from None
            return {"dropped": 1}
        counts = {name: value for name, value in result.items() if isinstance(value, int)}
        instance.end(invocation, trigger, "ok", counts)
        return result

    return main_handler


def either_handler(http: Handler, timer: Handler) -> Handler:
    """A function with an HTTP route and a timer: the event says which it is."""

    def main_handler(event: Any, context: Mapping[str, Any]) -> Result:
        return (
            timer(event, context) if isinstance(event, dict) and event.get("Type") == "Timer" else http(event, context)
        )

    return main_handler
