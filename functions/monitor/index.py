"""GET /health; timer, every minute: what is wrong and whom it is told."""

from common.platform import App, HttpRequest, Response, Routes, TimerEvent, either_handler, http_handler, timer_handler
from common.services import health, monitoring

routes = Routes()


@routes.get("/health", limited=False)
def show_health(_request: HttpRequest, app: App) -> Response:
    found = health.check_health(app.probes, stage=app.stage, build=app.build)
    return Response.json(found, status=200 if found.status == "ok" else 503)


@routes.get("/openapi.json", public=True)
def show_contract(_request: HttpRequest, _app: App) -> Response:
    return Response.json_file(__file__, "openapi.json").public_for(300)


@timer_handler
def watch(_event: TimerEvent, app: App) -> dict[str, int]:
    return monitoring.watch(app.watch)


main_handler = either_handler(http_handler(routes), watch)
