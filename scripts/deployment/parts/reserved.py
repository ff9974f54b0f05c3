"""How much memory all instances of a function together may take (reservedMem): the most it runs at once, and kept free for it.

A function that does not say so is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from scripts.deployment.session import Session
from scripts.deployment.wanted import WantedFunction


def plan_reserved(session: Session, functions: Iterable[WantedFunction]) -> None:
    for function in functions:
        if function.reserved_mb is not None:
            _plan(session, function, function.reserved_mb)


def _plan(session: Session, function: WantedFunction, wanted_mb: int) -> None:
    name = {"FunctionName": function.name, "Namespace": function.namespace}
    is_known = function.key in session.latest
    found = session.cloud.scf("GetReservedConcurrencyConfig", **name).get("ReservedMem") if is_known else None
    if found == wanted_mb:
        return

    def change() -> None:
        session.cloud.scf("PutReservedConcurrencyConfig", **name, ReservedConcurrencyMem=wanted_mb)

    at_once = wanted_mb // int(function.configuration["MemorySize"])
    before = "no limit" if found is None else f"{found} MB"
    session.plan.add("~", f"concurrency of {function.name}", change, f"{before} → {wanted_mb} MB, {at_once} at once")
