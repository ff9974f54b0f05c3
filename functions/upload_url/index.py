"""POST /resume/upload-url: a form for wx.uploadFile straight to the bucket, for exactly one key."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.services import uploads
from common.services.uploads import RequestUpload

routes = Routes()
main_handler = http_handler(routes)


@routes.post("/resume/upload-url")
def request_upload(request: HttpRequest, app: App) -> Response:
    ticket = uploads.request_upload(request.read(RequestUpload), user_id=request.user_id, desk=app.upload_desk)
    return Response.created(ticket)
