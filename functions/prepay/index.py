"""GET /pay/products and POST /pay/prepay: open an order and return what the phone needs to pay it."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.domain.orders import PRODUCTS, OpenOrder
from common.services import payments

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/pay/products", public=True)
def list_products(_request: HttpRequest, _app: App) -> Response:
    return Response.ok({"products": PRODUCTS}).public_for(300)


@routes.post("/pay/prepay", per_minute=20)
def open_order(request: HttpRequest, app: App) -> Response:
    checkout = payments.open_order(
        request.read(OpenOrder),
        user_id=request.user_id,
        users=app.users,
        till=app.till,
        number=app.order_number(request.idempotency_scope),
        payer_ip=request.client_ip,
    )
    return Response.created(checkout)
