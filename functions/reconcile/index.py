"""Timer, every minute: ask the provider about every order left open; grant the paid, close the expired."""

from common.platform import App, TimerEvent, timer_handler
from common.services import payments


@timer_handler
def main_handler(_event: TimerEvent, app: App) -> dict[str, int]:
    return payments.reconcile(orders=app.orders, gates=app.gates, now=app.now(), report=app.alert("order"))
