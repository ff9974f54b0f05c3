"""--rollback: every function that the last release moved goes back to the version before. Only aliases change.

Code, settings and bound layers are in the version, so all of them come back; triggers, the domain and the schema stay as they
are. The next ./scripts/deploy of the same files moves forward again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.deployment.errors import DeployError
from scripts.deployment.parts.versions import moved_by, point, published, served
from scripts.deployment.session import Published, Session
from scripts.deployment.wanted import WantedFunction


@dataclass(frozen=True)
class _Live:
    """`release` moved this function's traffic to `now`; `before` is where it had been."""

    function: WantedFunction
    release: str
    now: Published
    before: Published | None
    known: list[Published]


def plan_rollback(session: Session, functions: Iterable[WantedFunction]) -> None:
    """Raises DeployError when there is nothing to go back to."""
    live = [one for function in functions if (one := _live(session, function))]
    if not live:
        raise DeployError("nothing to roll back: no alias points to a version that was released from here")
    last = max(one.release for one in live)
    for one in live:
        if one.release == last:
            _plan_one(session, one)
    if not session.plan.steps:
        raise DeployError(f"release {last} is the first one: there is no version to go back to")


def _live(session: Session, function: WantedFunction) -> _Live | None:
    alias = served(session.cloud, function)
    known = published(session.cloud, function) if alias else []
    now = next((one for one in known if alias and str(one.number) == alias.version), None)
    if alias is None or now is None:
        return None
    if not alias.release:  # moved by hand: the version's own release, and the one below
        return _Live(function, now.release, now, _below(known, now), known)
    before = next((one for one in known if str(one.number) == alias.was), None)
    return _Live(function, alias.release, now, before, known)


def _below(known: list[Published], one: Published) -> Published | None:
    return next((other for other in known if other.number < one.number), None)


def _plan_one(session: Session, live: _Live) -> None:
    function, before = live.function, live.before
    if before is None:
        session.plan.note(f"{function.name} was new in release {live.release}: it stays")
        return
    further = _below(live.known, before)
    said = f"{session.wanted.mark} {moved_by(before.release, str(further.number) if further else '')}"
    session.plan.add(
        "~",
        f"alias {function.alias} of {function.name}",
        lambda: point(session.cloud, function, before.number, said),
        f"version {live.now.number} → {before.number} (release {before.release})",
    )
