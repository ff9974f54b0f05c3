"""A handler on common.platform: three routes, one of them hit, none counted in Redis; the body is read as a model."""

from pydantic import BaseModel

from common.platform import App, HttpRequest, Response, Routes, http_handler

routes = Routes()
main_handler = http_handler(routes)


class AddNote(BaseModel):
    text: str
    amount_fen: int
    tags: list[str]


@routes.get("/orders", limited=False)
def list_orders(_request: HttpRequest, _app: App) -> Response:
    return Response.ok({"orders": []})


@routes.get("/orders/{number}", limited=False)
def show_order(request: HttpRequest, _app: App) -> Response:
    return Response.ok({"number": request["number"]})


@routes.post("/orders/{number}/notes", limited=False)
def add_note(request: HttpRequest, _app: App) -> Response:
    note = request.read(AddNote)
    return Response.ok(
        {"number": request["number"], "page": request.query["page"], "text": note.text, "tags": note.tags}
    )
