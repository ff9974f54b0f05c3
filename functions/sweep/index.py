"""Timer, every minute: pick up lost pipeline stages, waiting messages, expired holds and old answers."""

from common.platform import App, TimerEvent, timer_handler
from common.services import sweeping


@timer_handler
def main_handler(_event: TimerEvent, app: App) -> dict[str, int]:
    return sweeping.sweep(app.broom)
