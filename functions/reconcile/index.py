"""Timer, every minute: ask the providers about every order and refund left open; grant the paid, close the expired."""

from common.platform import App, TimerEvent, timer_handler
from common.services import reconciling


@timer_handler
def main_handler(_event: TimerEvent, app: App) -> dict[str, int]:
    return reconciling.reconcile(app.till)
