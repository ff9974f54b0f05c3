"""The books check: once a day it is proved that the ledger, the balances, the orders and the holds tell the same story."""

from collections.abc import Callable
from datetime import datetime, timedelta

from common.domain.books import Discrepancy
from common.errors import BooksContradicted, MojianError, RequestInProgress
from common.services.ports import Books, IdempotencyStore

#: The day of the books begins at 04:00 in Beijing, when few people are awake.
DAY_BEGINS = timedelta(hours=20)

#: Longer than a check may take, so that one that died is made up for soon.
LEASE_S = 300.0


def check_daily(
    *, books: Books, once: IdempotencyStore, report: Callable[[str, MojianError], None], now: datetime
) -> dict[str, int]:
    """Safe to call every minute: whoever is first in the day checks. A check that died is done again after its lease."""
    key = f"books/{(now - DAY_BEGINS).date()}"
    try:
        if once.begin(key, fingerprint=key, now=now, lease_s=LEASE_S) is not None:
            return {}
    except RequestInProgress:
        return {}
    found = check_books(books=books, report=report)
    once.finish(key, status=200, body=str(len(found)), now=now)
    return {"contradictions": len(found)}


def check_books(*, books: Books, report: Callable[[str, MojianError], None]) -> list[Discrepancy]:
    """Every row that breaks a rule, each reported; empty when all is well."""
    found = books.discrepancies()
    for discrepancy in found:
        report(discrepancy.row, BooksContradicted(contradiction=discrepancy.rule))
    return found
