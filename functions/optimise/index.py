"""COS created parsed/: reword behind the guard; writes optimised/."""

from common.platform import App, CosRecord, cos_handler
from common.services import optimising


@cos_handler
def main_handler(record: CosRecord, app: App) -> str:
    run = app.stage_run("optimise", record)
    return optimising.optimise_resume(
        run,
        model=app.model,
        prompts=app.prompts,
        credits=app.credits,
        embedder=app.embedder,
        moderator=app.moderator("resume_id"),
    )
