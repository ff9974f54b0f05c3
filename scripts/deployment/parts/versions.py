"""Published versions and the alias that traffic goes through.

A version's description says which release made it and what state it holds, so that an existing one is used again. An alias's
description says which release moved it, and from where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from scripts.deployment.cloud import Cloud
from scripts.deployment.session import BUSY, Published, Session, or_none
from scripts.deployment.wanted import WantedFunction

_DESCRIPTION = re.compile(r"\brelease (\d{8}T\d{6}) state ([0-9a-f]{16})\b")
_MOVED = re.compile(r"\brelease (\d{8}T\d{6}) was (\d+|none)\b")


@dataclass(frozen=True)
class Served:
    """What an alias points to: a number, or $LATEST; `only` unless a part of the traffic goes elsewhere.

    `release` moved it there from version `was`; both are empty when it was moved from somewhere else than here.
    """

    version: str
    only: bool
    release: str = ""
    was: str = ""


def plan_versions(session: Session, functions: Iterable[WantedFunction]) -> None:
    """First all versions are published, then all aliases move: the time in which old and new serve together is short."""
    publishing: list[tuple[WantedFunction, Callable[[], int]]] = []
    for function in functions:
        known = published(session.cloud, function) if function.key in session.latest else []
        session.versions_found[function.key] = known
        ready = next((one for one in known if one.state == function.fingerprint), None)
        number = _Number(session, function, ready)
        if ready is None:
            session.plan.add("+", f"version of {function.name}", number.publish, f"state {function.fingerprint}")
        elif ready.status in BUSY:
            session.wait_for(function, str(ready.number))
        publishing.append((function, number.read))
    for function, number_of in publishing:
        _plan_alias(session, function, number_of)


class _Number:
    """The number of the version that holds a function's wanted state, known once that is published."""

    def __init__(self, session: Session, function: WantedFunction, ready: Published | None) -> None:
        self._session, self._function = session, function
        self._number = ready.number if ready else 0

    def read(self) -> int:
        return self._number

    def publish(self) -> None:
        session, function = self._session, self._function
        answer = session.cloud.scf(
            "PublishVersion",
            FunctionName=function.name,
            Namespace=function.namespace,
            Description=f"{session.wanted.mark} release {session.release} state {function.fingerprint}",
        )
        number = int(answer["FunctionVersion"])
        session.wait_for(function, str(number))
        session.wait_for(function)
        self._number = number


def published(cloud: Cloud, function: WantedFunction) -> list[Published]:
    """Ours that can be served, the newest first."""
    listed = cloud.every(
        cloud.scf, "ListVersionByFunction", "Versions", FunctionName=function.name, Namespace=function.namespace
    )
    found = [
        Published(int(one["Version"]), said[1], said[2], one.get("Status") or "")
        for one in listed
        if one["Version"].isdecimal() and (said := _DESCRIPTION.search(one.get("Description") or ""))
    ]
    usable = [one for one in found if one.status in ("Active", *BUSY)]
    return sorted(usable, key=lambda one: -one.number)


def served(cloud: Cloud, function: WantedFunction) -> Served | None:
    """None when there is no such alias."""
    found = or_none(partial(cloud.scf, "GetAlias", **_alias_of(function)))
    if found is None:
        return None
    weights = (found.get("RoutingConfig") or {}).get("AdditionalVersionWeights") or []
    moved = _MOVED.search(found.get("Description") or "")
    return Served(str(found["FunctionVersion"]), not weights, *(moved.groups() if moved else ()))


def moved_by(release: str, was: str) -> str:
    """What an alias says about its last move, so that exactly this can be taken back."""
    return f"release {release} was {was if was.isdecimal() else 'none'}"


def point(cloud: Cloud, function: WantedFunction, number: int, description: str, *, create: bool = False) -> None:
    """All traffic to one version."""
    cloud.scf(
        "CreateAlias" if create else "UpdateAlias",
        **_alias_of(function),
        FunctionVersion=str(number),
        RoutingConfig={"AdditionalVersionWeights": []},
        Description=description,
    )


def _plan_alias(session: Session, function: WantedFunction, number_of: Callable[[], int]) -> None:
    now = served(session.cloud, function) if function.key in session.latest else None
    missing = now is None and not (function.alias.startswith("$") and function.key not in session.latest)
    number = number_of()
    if now and now.only and number and now.version == str(number):
        return
    before = now.version if now else "nothing"
    after = str(number) if number else "the new version"

    def move() -> None:
        said = f"{session.wanted.mark} {moved_by(session.release, now.version if now else '')}"
        point(session.cloud, function, number_of(), said, create=missing)

    mark = "+" if missing else "~"
    session.plan.add(mark, f"alias {function.alias} of {function.name}", move, f"version {before} → {after}")


def _alias_of(function: WantedFunction) -> dict[str, str]:
    return {"FunctionName": function.name, "Namespace": function.namespace, "Name": function.alias}
