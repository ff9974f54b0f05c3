"""Timer, every minute: pick up lost pipeline stages, waiting messages and expired holds."""

from common.platform import App, TimerEvent, timer_handler
from common.services import sweeping


@timer_handler
def main_handler(_event: TimerEvent, app: App) -> dict[str, int]:
    return sweeping.sweep(
        resumes=app.resumes,
        objects=app.objects,
        credits=app.credits,
        desk=app.message_desk,
        report=app.report_resume,
        now=app.now(),
        grace_s=app.limits_settings.stage_grace_s,
    )
