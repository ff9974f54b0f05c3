"""/share: share a resume, open what somebody shared (no login needed), see one's own, take it back, get its code."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.sharing import CreateShare
from common.services import sharing

routes = Routes()
main_handler = http_handler(routes)


@routes.post("/share")
def share_resume(request: HttpRequest, app: App) -> Response:
    command, shelf = request.read(CreateShare), app.shelf(request.user_id)
    return Response.created(sharing.share_resume(command, shelf=shelf, desk=app.share_desk))


@routes.get("/share")
def list_shares(request: HttpRequest, app: App) -> Response:
    return Response.ok({"shares": sharing.list_shares(request.user_id, desk=app.share_desk)})


@routes.get("/share/card.png", public=True)
def show_card(_: HttpRequest, app: App) -> Response:
    return Response.redirect(sharing.card_link(app.share_desk))


@routes.get("/share/{token}", per_minute=60)
def open_share(request: HttpRequest, app: App) -> Response:
    return Response.ok(sharing.open_share(request["token"], request.visitor, desk=app.share_desk))


@routes.get("/share/{token}/code", per_minute=20)
def show_code(request: HttpRequest, app: App) -> Response:
    return Response.redirect(sharing.code_link(request["token"], request.user_id, desk=app.share_desk))


@routes.delete("/share/{token}")
def withdraw(request: HttpRequest, app: App) -> Response:
    sharing.withdraw(request["token"], request.user_id, desk=app.share_desk)
    return Response.no_content()
