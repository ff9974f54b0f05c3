"""./scripts/orders: lists, explains and refunds orders, and checks the books, in the database of DATABASE_URL.

Exit code 0: done. 1: the vendor or the database refused, or the books do not agree. 2: a wrong call, or no such refund.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import get_args

from common.domain.orders import Order, OrderState
from common.errors import CallerError, CreditsExhausted, MojianError
from common.services import books, explaining, refunding
from common.services.explaining import OrderStory
from common.services.settling import Till
from common.wiring import App, Shared
from scripts.local_cloud.stack.settings import read_env_file

#: An operator waits longer than a phone does.
PATIENCE_S = 60.0


def main(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    options = _options(arguments)
    try:
        app = App(Shared(env), remaining_s=lambda: PATIENCE_S, request_id="operator")
        with redirect_stdout(sys.stderr):  # the log lines of calls are not the answer
            code, lines = options.run(options, app)
    except MojianError as error:
        return _refuse(error)
    print("\n".join(lines))
    return int(code)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./scripts/orders", description=__doc__.splitlines()[0] if __doc__ else "")
    verbs = parser.add_subparsers(required=True, metavar="list | explain | refund | check")
    listing = verbs.add_parser("list", help="the newest orders of everybody")
    listing.add_argument("--state", choices=get_args(OrderState))
    listing.add_argument("--limit", type=int, default=20)
    listing.set_defaults(run=_list)
    explaining_ = verbs.add_parser("explain", help="everything we know about one order")
    explaining_.add_argument("number")
    explaining_.add_argument("--ask", action="store_true", help="ask the provider too")
    explaining_.set_defaults(run=_explain)
    refunding_ = verbs.add_parser("refund", help="give all of the money back, and take the credits")
    refunding_.add_argument("number")
    refunding_.add_argument("--reason", required=True, help="the payer reads it")
    refunding_.add_argument("--force", action="store_true", help="although some of the credits were spent")
    refunding_.set_defaults(run=_refund)
    verbs.add_parser("check", help="prove the books").set_defaults(run=_check)
    return parser.parse_args(arguments)


def _refuse(error: MojianError) -> int:
    if isinstance(error, CreditsExhausted):
        there = f"{error.facts.get('available')} of {error.facts.get('needed')}"
        print(f"orders: only {there} credits are left; --force gives the money back all the same", file=sys.stderr)
        return 2
    print(f"orders: {error}", file=sys.stderr)
    return 2 if isinstance(error, CallerError) else 1


def _list(options: argparse.Namespace, app: App) -> tuple[int, list[str]]:
    found = app.orders.newest(state=options.state, limit=options.limit)
    return 0, [_line(order) for order in found] or ["no orders"]


def _explain(options: argparse.Namespace, app: App) -> tuple[int, list[str]]:
    story = explaining.explain_order(options.number, ask_vendor=options.ask, credits=app.credits, till=_till(app))
    return 0, _told(story)


def _refund(options: argparse.Namespace, app: App) -> tuple[int, list[str]]:
    refund = refunding.refund_order(options.number, reason=options.reason, force=options.force, till=_till(app))
    sums = f"{_yuan(refund.amount_fen)}, {refund.credits} credits taken"
    outcomes = {
        "asked": "the provider is at it, and reconcile follows",
        "done": "the money is on its way",
        "failed": "the provider refused; the credits are back",
    }
    return int(refund.state == "failed"), [f"refund {refund.number}: {sums}; {outcomes[refund.state]}"]


def _check(_options: argparse.Namespace, app: App) -> tuple[int, list[str]]:
    found = books.check_books(books=app.books, report=lambda _row, _error: None)
    totals = app.books.totals()
    sums = f"{totals.welcome} welcome + {totals.orders} bought - {totals.captured} spent - {totals.refunds} refunded"
    agree = totals.agree and not found
    verdict = "the books agree" if agree else "the books do NOT agree"
    balances = f"{verdict}: balances {totals.balances}, ledger {totals.ledger}, {sums}"
    return int(not agree), [*(f"{item.rule}: {item.row}" for item in found), balances]


def _till(app: App) -> Till:
    return replace(app.till, report=lambda order, error: print(f"! {order}: {error}", file=sys.stderr))


def _line(order: Order) -> str:
    sums = f"{_yuan(order.amount_fen):>8} {order.credits:>4} credits"
    return f"{order.number:32} {_time(order.created_at)}  {order.provider:4} {order.state:8} {sums}  {order.user_id}"


def _told(story: OrderStory) -> list[str]:
    order = story.order
    lines = [
        f"order {order.number}: {order.state}",
        f"  {order.description} ({order.product_id}), {_yuan(order.amount_fen)} for {order.credits} credits, at {order.provider}",
        f"  user {order.user_id}, who has {story.balance.available} credits and {story.balance.held} held",
        f"  opened {_time(order.created_at)}, payable until {_time(order.expires_at)}",
    ]
    if order.paid_at:
        lines.append(f"  paid {_time(order.paid_at)}, transaction {order.transaction_id}")
    lines += ["history"]
    for event in story.events:
        lines.append(f"  {_time(event.at)}  {event.source}: {event.outcome}")
    lines += ["refunds"] if story.refunds else []
    for refund in story.refunds:
        sums = f"{_yuan(refund.amount_fen)}, {refund.credits} credits"
        lines.append(f"  {_time(refund.created_at)}  {refund.number}: {refund.state}, {sums}, {refund.reason}")
    lines += ["ledger"]
    lines += [
        f"  {_time(entry.created_at)}  {entry.amount:+} {entry.reason} ({entry.entry_key})" for entry in story.entries
    ]
    return lines + (_at_provider(story) if story.status else [])


def _at_provider(story: OrderStory) -> list[str]:
    evidence = story.status.evidence if story.status else None
    sums = (
        f", {_yuan(evidence.amount_fen)} {evidence.currency}, transaction {evidence.transaction_id}" if evidence else ""
    )
    return ["at the provider", f"  {story.status.state if story.status else ''}{sums}"]


def _yuan(amount_fen: int) -> str:
    return f"¥{amount_fen / 100:.2f}"


def _time(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], {**read_env_file(Path(".env")), **os.environ}))
