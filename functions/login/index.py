"""POST /auth/login: a wx.login() code becomes a session; the first login grants the welcome credits."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.users import LogIn
from common.services import accounts

routes = Routes()
main_handler = http_handler(routes)


@routes.post("/auth/login", public=True)
def log_in(request: HttpRequest, app: App) -> Response:
    session = accounts.log_in(
        request.read(LogIn),
        client_ip=request.client_ip,
        identities=app.wechat,
        users=app.users,
        credits=app.credits,
        sessions=app.sessions,
        limits=app.limits,
        per_minute=app.limits_settings.login_per_minute,
        welcome=app.prices.welcome,
        link=app.avatar_link,
        now=app.now(),
    )
    return Response.ok(session)
