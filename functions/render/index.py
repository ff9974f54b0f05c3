"""COS created optimised/: preview, Word and PDF; writes rendered/ and spends the credits."""

from common.platform import App, CosRecord, cos_handler
from common.services import rendering


@cos_handler
def main_handler(record: CosRecord, app: App) -> str:
    run = app.stage_run("render", record)
    return rendering.render_resume(run, typesetter=app.typesetter, report=app.report_typeset)
