"""Functions that were made here and that serverless.yml no longer has: told, and with --prune deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scripts.deployment.session import Session


def plan_leftovers(session: Session, *, prune: bool) -> None:
    wanted = session.wanted
    names = {function.name for function in wanted.functions}
    listed = session.cloud.every(session.cloud.scf, "ListFunctions", "Functions", Namespace=wanted.namespace)
    for found in listed:
        ours = (found.get("Description") or "").startswith(f"{wanted.mark} code ")
        if ours and found["FunctionName"] not in names:
            _plan_one(session, found, prune)


def _plan_one(session: Session, found: Mapping[str, Any], prune: bool) -> None:
    name, namespace = str(found["FunctionName"]), str(found.get("Namespace") or session.wanted.namespace)
    if not prune:
        session.plan.note(f"{name} is not in serverless.yml any more and still runs: --prune deletes it")
        return
    session.plan.add(
        "-",
        f"function {name}",
        lambda: _delete(session, name, namespace),
        "with its versions and triggers; its role stays",
    )


def _delete(session: Session, name: str, namespace: str) -> None:
    session.cloud.scf("DeleteFunction", FunctionName=name, Namespace=namespace)
