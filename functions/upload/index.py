"""POST /resume/upload (multipart, part `resume`): a web function for clients that cannot reach the bucket; up to 6 MB."""

from common.platform import App, HttpRequest, Response, Routes
from common.platform.web import read_form, serve_web
from common.services import uploads
from common.services.uploads import RequestUpload

routes = Routes()


@routes.post("/resume/upload")
def take_upload(request: HttpRequest, app: App) -> Response:
    user_id, form = request.user_id, read_form(request)
    file = form.file("resume")
    command = form.read(RequestUpload, filename=file.filename, size=len(file.content))
    return Response.created(uploads.take_upload(command, file.content, desk=app.upload_desk, user_id=user_id))


if __name__ == "__main__":
    serve_web(routes)
