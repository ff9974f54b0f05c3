"""/notify: what became of my messages, which ones I accepted, and whether they may come by SMS."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.messages import Preferences, Subscribe
from common.services import inbox, subscriptions

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/notify/messages")
def list_messages(request: HttpRequest, app: App) -> Response:
    return Response.ok({"messages": inbox.list_messages(request.user_id, outbox=app.outbox)})


@routes.get("/notify/subscriptions")
def list_subscriptions(request: HttpRequest, app: App) -> Response:
    found = subscriptions.list_subscriptions(request.user_id, desk=app.subscription_desk)
    return Response.ok({"subscriptions": found})


@routes.post("/notify/subscriptions")
def record_answers(request: HttpRequest, app: App) -> Response:
    command, desk = request.read(Subscribe), app.subscription_desk
    return Response.ok({"subscriptions": subscriptions.record_answers(request.user_id, command, desk=desk)})


@routes.get("/notify/preferences")
def show_preferences(request: HttpRequest, app: App) -> Response:
    return Response.ok(inbox.show_preferences(request.user_id, desk=app.inbox_desk))


@routes.put("/notify/preferences")
def choose(request: HttpRequest, app: App) -> Response:
    return Response.ok(inbox.choose(request.user_id, request.read(Preferences), desk=app.inbox_desk))
