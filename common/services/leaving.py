"""An account is erased: from SQL, Redis and the bucket, gone on with by the timer when it was cut off half way.

The first transaction takes the person off the account, so nobody has to wait for the rest: sessions die, and the next login
makes a new account. Each round does everything again, from rows to objects, so it does not matter where an earlier one
ended; the last round comes when nothing of the user can be under way any more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from common.domain.leaving import MONEY_PAUSE, PAUSE, PERSONAL_PREFIXES, SETTLED_AFTER, Erasure
from common.domain.users import UserId
from common.errors import MojianError
from common.services.erasing import erase_under
from common.services.ports import Erasures, Objects, Traces

LEASE_S = 120.0
AT_ONCE = 20


@dataclass(frozen=True)
class LeavingDesk:
    """`report` gets an account that could not be erased this time, and why."""

    erasures: Erasures
    traces: Traces
    objects: Objects
    report: Callable[[str, MojianError], None]
    now: Callable[[], datetime]


def leave(user_id: UserId, *, desk: LeavingDesk) -> None:
    """Erase me. Raises StoreUnavailable only as long as nothing has happened yet."""
    now = desk.now()
    if desk.erasures.begin(user_id, now=now, lease_s=LEASE_S):
        _go_on(Erasure(user_id, asked_at=now, attempts=1), desk)


def leave_later(user_id: UserId, *, desk: LeavingDesk) -> None:
    """As `leave`, for whoever has no time to wait: the account is nobody's at once, the timer does the rest."""
    desk.erasures.begin(user_id, now=desk.now(), lease_s=0)


def go_on_leaving(desk: LeavingDesk) -> int:
    """Rounds that are due; how many accounts are gone for good."""
    due = desk.erasures.claim(now=desk.now(), lease_s=LEASE_S, limit=AT_ONCE)
    return sum(_go_on(erasure, desk) for erasure in due)


def _go_on(erasure: Erasure, desk: LeavingDesk) -> bool:
    """One round; True when it was the last. What it could not reach waits for the next."""
    now = desk.now()
    try:
        _erase(erasure.user_id, desk)
        if not erasure.is_last(now):
            desk.erasures.postpone(erasure.user_id, until=erasure.asked_at + SETTLED_AFTER)
            return False
        is_gone = desk.erasures.finish(erasure.user_id)
        if not is_gone:
            desk.erasures.postpone(erasure.user_id, until=now + MONEY_PAUSE)
    except MojianError as error:
        desk.report(erasure.user_id, error)
        _try_later(erasure, error, desk)
        return False
    return is_gone


def _try_later(erasure: Erasure, error: MojianError, desk: LeavingDesk) -> None:
    """If even that cannot be written down, the lease runs out and the timer finds it."""
    try:
        desk.erasures.postpone(erasure.user_id, until=desk.now() + PAUSE, error_code=error.code)
    except MojianError as second:
        desk.report(erasure.user_id, second)


def _erase(user_id: UserId, desk: LeavingDesk) -> None:
    """Rows before objects: a worker that ends meanwhile finds its row gone and takes away what it wrote."""
    desk.traces.erase(user_id, desk.erasures.turn_ids(user_id))
    desk.erasures.erase_rows(user_id, now=desk.now())
    for prefix in PERSONAL_PREFIXES:
        erase_under(f"{prefix}/{user_id}/", objects=desk.objects)
