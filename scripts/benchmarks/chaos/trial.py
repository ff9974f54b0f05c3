"""One trouble: people come, it begins in the middle of their work, it ends, and everything is looked up in the stores."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from common.persistence.books import SqlBooks
from common.persistence.database import Database
from common.persistence.tables.messages import outbox
from common.persistence.tables.orders import orders
from scripts.benchmarks.chaos.faults import Trouble
from scripts.benchmarks.chaos.seen import Seen
from scripts.benchmarks.chaos.visitors import PATIENCE_S, Visitor, believed
from scripts.benchmarks.load.evidence import Ending, doubled, endings, lost
from scripts.local_cloud.mini_program import MiniProgram
from scripts.local_cloud.stack import Stack

#: So long everybody is at work already when it begins.
BEFORE_S = 3.0
#: A message that WeChat refused waits for a minute, and the timer that sends it comes after that.
MESSAGES_S = 100.0


@dataclass(frozen=True)
class Report:
    """`recovered_s` from the end of the trouble until nobody waited for anything any more; None if somebody still did."""

    trouble: str
    recovered_s: float | None
    seen: Seen
    endings: Sequence[Ending]
    problems: Sequence[str]

    @property
    def became(self) -> str:
        states = Counter(f"{one.state} {one.code or ''}".strip() for one in self.endings)
        return ", ".join(f"{count} {state}" for state, count in states.most_common())


class Town:
    """The phones of a few people, who stay the same through all trials."""

    def __init__(self, stack: Stack, database: Database, people: int, resumes: int) -> None:
        self._stack, self._database, self._resumes = stack, database, resumes
        self._phones = [
            MiniProgram(stack.url, stack.urls, user=f"chaos {number}", address=f"127.0.1.{number + 1}")
            for number in range(people)
        ]
        self._trials = 0

    def close(self) -> None:
        for phone in self._phones:
            phone.close()

    def go_through(self, trouble: Trouble) -> Report:
        seen = Seen()
        visitors: list[Visitor] = []
        each = max(1, self._resumes // len(self._phones))
        for phone in self._phones:
            phone.log_in()
            for _ in range(each):
                phone.accept_messages(self._stack.environment["WECHAT_TEMPLATE_READY"])
            number = self._trials * len(self._phones) + len(visitors)
            visitors.append(Visitor(phone, number, each, (BEFORE_S + trouble.lasts_s) / each, seen))
        self._trials += 1
        ended = _live_through(trouble, visitors)
        finished = [visitor.finished_at for visitor in visitors]
        late = [at for at in finished if at is None]
        recovered_s = None if late else max(0.0, max(at for at in finished if at is not None) - ended)
        self._wait_for_messages()
        return self._report(trouble, recovered_s, seen, visitors)

    def _report(self, trouble: Trouble, recovered_s: float | None, seen: Seen, visitors: Sequence[Visitor]) -> Report:
        ids = [resume_id for visitor in visitors for resume_id in visitor.results]
        found = endings(self._database, self._stack.fakes, ids)
        problems = [reason for one in found for reason in (lost(one), doubled(one), _unspoken(one)) if reason]
        problems += [f"{count} x {status} {code}" for (status, code), count in seen.wrong().items()]
        problems += [row.rule for row in SqlBooks(self._database).discrepancies()]
        problems += [f"order stays {state}" for state in self._orders_not_granted(visitors)]
        problems += ["nobody met it"] if trouble.met and not trouble.met() else []
        lies = sum(believed(visitor, trouble.lie) for visitor in visitors) if trouble.lie else 0
        problems += [f"{lies} results repeat the lie"] if lies else []
        return Report(trouble.name, recovered_s, seen, found, problems)

    def _orders_not_granted(self, visitors: Sequence[Visitor]) -> list[str]:
        numbers = [visitor.order["order_id"] for visitor in visitors if visitor.order]
        with self._database.transaction(write=False) as connection:
            query = select(orders.c.state).where(orders.c.number.in_(numbers), orders.c.state != "granted")
            return list(connection.scalars(query))

    def _wait_for_messages(self) -> None:
        until = time.monotonic() + MESSAGES_S
        moving = select(outbox.c.id).where(outbox.c.state.in_(("waiting", "sending"))).limit(1)
        while time.monotonic() < until:
            with self._database.transaction(write=False) as connection:
                if connection.execute(moving).first() is None:
                    return
            time.sleep(1)


def _live_through(trouble: Trouble, visitors: Sequence[Visitor]) -> float:
    """When it ended, on the monotonic clock; afterwards nobody is at work any more, or patience ran out."""
    for visitor in visitors:
        visitor.start()
    time.sleep(BEFORE_S)
    trouble.begin()
    try:
        time.sleep(trouble.lasts_s)
    finally:
        trouble.end()
    ended = time.monotonic()
    for visitor in visitors:
        visitor.join(PATIENCE_S + 60)
    return ended


def _unspoken(one: Ending) -> str | None:
    """Whoever has a result or a failure is told of it, or at least the outbox knows why not."""
    return "nobody was told" if one.state in ("ready", "failed") and not (one.told or one.noted) else None
