"""POST /sms/code and POST /sms/verify: a code by SMS, and the number it proves becomes the account's."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.sms_codes import AskForCode, VerifyCode
from common.services import sms_codes

routes = Routes()
main_handler = http_handler(routes)


@routes.post("/sms/code")
def send_code(request: HttpRequest, app: App) -> Response:
    desk = app.code_desk(request.user_id, request.client_ip)
    return Response.accepted(sms_codes.send_code(request.read(AskForCode), desk=desk))


@routes.post("/sms/verify")
def verify_code(request: HttpRequest, app: App) -> Response:
    desk = app.code_desk(request.user_id, request.client_ip)
    return Response.ok(sms_codes.verify_code(request.read(VerifyCode), desk=desk))
