"""/user: who I am and what I can spend, my name and phone number, everything you hold about me, and erase me."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.profiles import UpdateProfile
from common.domain.users import BindPhone
from common.services import accounts, exporting, leaving, profiles

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/user/me")
def show_profile(request: HttpRequest, app: App) -> Response:
    user_id = request.user_id
    return Response.ok(accounts.show_profile(user_id, users=app.users, credits=app.credits, link=app.avatar_link))


@routes.post("/user/update-profile")
def update_profile(request: HttpRequest, app: App) -> Response:
    return Response.ok(profiles.update_profile(request.read(UpdateProfile), desk=app.profile_desk(request.user_id)))


@routes.post("/user/phone")
def bind_phone(request: HttpRequest, app: App) -> Response:
    return Response.ok(profiles.bind_phone(request.read(BindPhone), desk=app.profile_desk(request.user_id)))


@routes.get("/user/export")
def export(request: HttpRequest, app: App) -> Response:
    return Response.redirect(exporting.export(app.export_desk(request.user_id)))


@routes.delete("/user/me")
def leave(request: HttpRequest, app: App) -> Response:
    leaving.leave(request.user_id, desk=app.leaving_desk)
    return Response.no_content()
