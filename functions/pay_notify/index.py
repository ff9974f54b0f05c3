"""POST /pay/notify/{provider}: WeChat Pay says that something was paid or refunded. Acknowledged in that provider's own form,
and only once it is settled."""

from common.platform import App, HttpRequest, Response, Routes, http_handler, receipts
from common.services import payments

routes = Routes()
main_handler = http_handler(routes, refuse=receipts.refused)


@routes.post("/pay/notify/{provider}", limited=False)
def take_notification(request: HttpRequest, app: App) -> Response:
    receipt = receipts.accepted(request["provider"])
    payments.take_notification(request.headers, request.body, provider=request["provider"], till=app.till)
    return receipt
