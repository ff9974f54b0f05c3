"""Timer, every minute: ask the providers about every order and refund left open; once a day, prove the books."""

from common.platform import App, TimerEvent, timer_handler
from common.services import books, reconciling


@timer_handler
def main_handler(_event: TimerEvent, app: App) -> dict[str, int]:
    followed = reconciling.reconcile(app.till)
    checked = books.check_daily(books=app.books, once=app.idempotency, report=app.alert("row"), now=app.now())
    return {**followed, **checked}
