"""Retries of asynchronous events. The CLI's engine leaves them alone on ordinary functions, so they are set here."""

from __future__ import annotations

from collections.abc import Iterable

from scripts.deployment.session import Session
from scripts.deployment.wanted import WantedFunction, WantedRetries

PLATFORM = WantedRetries(retries=2, ttl_s=21600)


def plan_retries(session: Session, functions: Iterable[WantedFunction]) -> None:
    for function in functions:
        if function.retries is not None:
            _plan(session, function, function.retries)


def _plan(session: Session, function: WantedFunction, wanted: WantedRetries) -> None:
    found = _found(session, function) if function.key in session.latest else PLATFORM
    if found == wanted:
        return

    def change() -> None:
        session.cloud.scf(
            "UpdateFunctionEventInvokeConfig",
            FunctionName=function.name,
            Namespace=function.namespace,
            AsyncTriggerConfig={"MsgTTL": wanted.ttl_s, "RetryConfig": [{"RetryNum": wanted.retries}]},
        )

    session.plan.add("~", f"retries of {function.name}", change, f"{_said(found)} → {_said(wanted)}")


def _found(session: Session, function: WantedFunction) -> WantedRetries:
    answer = session.cloud.scf(
        "GetFunctionEventInvokeConfig", FunctionName=function.name, Namespace=function.namespace, Qualifier="$LATEST"
    )
    config = answer.get("AsyncTriggerConfig") or {}
    numbers = [int(entry["RetryNum"]) for entry in config.get("RetryConfig") or [] if "RetryNum" in entry]
    return WantedRetries(numbers[0] if numbers else PLATFORM.retries, int(config.get("MsgTTL") or PLATFORM.ttl_s))


def _said(retries: WantedRetries) -> str:
    return f"{retries.retries} times within {retries.ttl_s} s"
