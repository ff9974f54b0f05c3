"""GET /templates and /templates/{name}: what a resume can look like, and what may be chosen about it; needs no login."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.services import templates

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/templates", public=True)
def list_templates(_request: HttpRequest, app: App) -> Response:
    return Response.ok({"templates": templates.list_templates(app.template_shelf)}).public_for(3600)


@routes.get("/templates/{name}", public=True)
def show_template(request: HttpRequest, app: App) -> Response:
    return Response.ok(templates.show_template(request["name"], app.template_shelf)).public_for(3600)
