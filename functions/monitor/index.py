"""GET /health, and every minute a line that says what piles up."""

from common.platform import App, HttpRequest, Response, Routes, TimerEvent, either_handler, http_handler, timer_handler
from common.services import health

routes = Routes()


@routes.get("/health", limited=False)
def show_health(_request: HttpRequest, app: App) -> Response:
    found = health.check_health(app.probes, stage=app.stage)
    return Response.json(found, status=200 if found.status == "ok" else 503)


@routes.get("/openapi.json", public=True)
def show_contract(_request: HttpRequest, _app: App) -> Response:
    return Response.json_file(__file__, "openapi.json").public_for(300)


@timer_handler
def count_backlog(_event: TimerEvent, app: App) -> dict[str, int]:
    return health.count_backlog(resumes=app.resumes, orders=app.orders, outbox=app.outbox, now=app.now())


main_handler = either_handler(http_handler(routes), count_backlog)
