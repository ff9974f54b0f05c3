"""POST /chat, GET /chat/{conversation_id}: the career advisor; a web function, because answers are streamed as they are made."""

from common.platform import App, HttpRequest, Response, Routes
from common.platform.web import event_stream, serve_web, wants_events
from common.services import chatting
from common.services.chatting import AskAdvisor

routes = Routes()


@routes.post("/chat")
def ask(request: HttpRequest, app: App) -> Response:
    turn_id = app.turn_id(request.idempotency_scope)
    events = chatting.ask(request.read(AskAdvisor), turn_id, desk=app.chat_desk(request.user_id))
    if wants_events(request, default=True):
        return event_stream(events, app)
    return Response.ok(chatting.whole(events))


@routes.get("/chat/{conversation_id}")
def watch(request: HttpRequest, app: App) -> Response:
    desk, conversation_id = app.chat_desk(request.user_id), request["conversation_id"]
    if wants_events(request, default=False):
        return event_stream(chatting.watch(conversation_id, request.headers.get("last-event-id"), desk=desk), app)
    return Response.ok(chatting.show(conversation_id, desk=desk))


if __name__ == "__main__":
    serve_web(routes)
