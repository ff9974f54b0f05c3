"""GET /user/me: who I am and what I can spend."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.services import accounts

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/user/me")
def show_profile(request: HttpRequest, app: App) -> Response:
    return Response.ok(accounts.show_profile(request.user_id, users=app.users, credits=app.credits))
