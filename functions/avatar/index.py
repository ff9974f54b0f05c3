"""POST /user/avatar (multipart, part `avatar`): a web function for wx.uploadFile of what chooseAvatar gave."""

from common.platform import App, HttpRequest, Response, Routes
from common.platform.web import read_form, serve_web
from common.services import avatars

routes = Routes()


@routes.post("/user/avatar")
def take_avatar(request: HttpRequest, app: App) -> Response:
    user_id, form = request.user_id, read_form(request)
    file = form.file("avatar")
    return Response.ok(avatars.take_avatar(file.content, user_id=user_id, desk=app.avatar_desk))


if __name__ == "__main__":
    serve_web(routes)
