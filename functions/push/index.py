"""GET and POST /wechat/push: WeChat checks that the address is ours, and tells of events.

Acknowledged once they are dealt with."""

from common.platform import App, HttpRequest, Response, Routes, http_handler, push_receipts
from common.services import push

routes = Routes()
main_handler = http_handler(routes, refuse=push_receipts.refused)


@routes.get("/wechat/push", limited=False)
def prove_address(request: HttpRequest, app: App) -> Response:
    return push_receipts.echoed(app.mailbox.echo(request.query, now=app.now()))


@routes.post("/wechat/push", limited=False)
def take_event(request: HttpRequest, app: App) -> Response:
    event = push.take(push.Post(request.query, request.body), desk=app.push_desk)
    return push_receipts.received(event.name, is_xml=event.is_xml)
