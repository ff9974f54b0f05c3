"""GET /pay/orders and /pay/orders/{id}: my orders; an open one is asked for at its provider before answering."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.services import payments

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/pay/orders")
def list_orders(request: HttpRequest, app: App) -> Response:
    return Response.ok({"orders": payments.list_orders(request.user_id, orders=app.orders)})


@routes.get("/pay/orders/{number}", per_minute=60)
def show_order(request: HttpRequest, app: App) -> Response:
    order = payments.show_order(request["number"], user_id=request.user_id, till=app.till)
    return Response.ok(order)
