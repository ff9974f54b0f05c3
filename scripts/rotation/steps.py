"""One step of a rotation at a time: what is due now, and what comes next and when. Every step may be run again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from common.security import rotation
from common.security.keyring import KeyRing
from scripts.rotation.places import KeptRing, RingPlace


@dataclass(frozen=True)
class Use:
    """What a run found out about a ring's keys: those nothing uses, and why the others have to stay."""

    unused: frozenset[str]
    lines: tuple[str, ...] = ()
    kept_because: str = ""


@dataclass(frozen=True)
class Rotation:
    """`look` says which old keys are still used, and makes less use of them unless `dry`."""

    place: RingPlace
    look: Callable[[KeyRing, bool], Use]
    #: How long what was made under an old key may live on beyond our reach: sessions, pieces in Redis.
    outlives: timedelta
    now: datetime

    def step(self, *, deployed: bool, again: bool, dry: bool) -> list[str]:
        """The lines to show. Nothing is written when `dry`."""
        kept = self.place.read()
        waiting = rotation.announced(kept.ring)
        if waiting:
            return self._promote(kept, waiting, deployed=deployed, dry=dry)
        use = self.look(kept.ring, dry)
        old = [key_id for key_id in kept.ring.keys if key_id != kept.ring.current]
        if old and not again:
            return [*use.lines, *self._retire(kept, old, use, deployed=deployed, dry=dry)]
        return [*use.lines, *self._announce(kept, dry=dry)]

    def _announce(self, kept: KeptRing, *, dry: bool) -> list[str]:
        key_id = rotation.new_key_id(self.now)
        if not rotation.is_newer(key_id, kept.ring):
            return [f"{kept.ring.current} is as new as a key can be: run this again in a minute"]
        ring = rotation.with_announced(kept.ring, key_id)
        if not dry:
            self.place.write(ring)
        return [f"announced {key_id}: it opens, and does not sign yet", self._next_run("it is promoted")]

    def _promote(self, kept: KeptRing, key_id: str, *, deployed: bool, dry: bool) -> list[str]:
        if not self._has_spread(kept, deployed=deployed):
            return [f"{key_id} is announced and not everywhere yet", self._next_run("it is promoted")]
        if not dry:
            self.place.write(rotation.promoted(kept.ring, key_id))
        return [f"promoted {key_id}: everything new is under it", self._next_run(f"{kept.ring.current} is retired")]

    def _retire(self, kept: KeptRing, old: list[str], use: Use, *, deployed: bool, dry: bool) -> list[str]:
        until = kept.changed_at + self.outlives + (self.place.spreads_in or timedelta())
        if not self._has_spread(kept, deployed=deployed):
            return [f"{kept.ring.current} is current and not everywhere yet", self._next_run("old keys are retired")]
        if self.now < until:
            return [f"{', '.join(old)}: kept until {until.astimezone():%Y-%m-%d %H:%M}"]
        unused = [key_id for key_id in old if key_id in use.unused]
        if not unused:
            return [f"{', '.join(old)}: kept, {use.kept_because}"]
        if not dry:
            self.place.write(rotation.without(kept.ring, unused))
        return [f"retired {', '.join(unused)}"]

    def _has_spread(self, kept: KeptRing, *, deployed: bool) -> bool:
        spreads_in = self.place.spreads_in
        return deployed if spreads_in is None else self.now - kept.changed_at >= spreads_in

    def _next_run(self, then: str) -> str:
        if self.place.spreads_in is None:
            return f"next: deploy, then run this again with --deployed, and {then}"
        return f"next: run this again after {self.place.spreads_in.total_seconds() / 60:.0f} minutes, and {then}"
