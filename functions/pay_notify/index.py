"""POST /pay/notify/v3: WeChat Pay says that an order was paid. Acknowledged in WeChat's own form, only once it is settled."""

from common.platform import App, HttpRequest, Response, Routes, http_handler, payment_refusal
from common.services import payments

routes = Routes()
main_handler = http_handler(routes, refuse=payment_refusal)


@routes.post("/pay/notify/v3")
def take_notification(request: HttpRequest, app: App) -> Response:
    payments.take_notification(request.headers, request.body, orders=app.orders, gate=app.wechat_pay, now=app.now())
    return Response.no_content()
