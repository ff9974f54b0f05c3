"""/resume: list, watch, edit, decide about changes, try again, download and delete."""

from common.platform import App, HttpRequest, Response, Routes, http_handler
from common.services import library, revising

routes = Routes()
main_handler = http_handler(routes)


@routes.get("/resume")
def list_resumes(request: HttpRequest, app: App) -> Response:
    return Response.ok({"resumes": library.list_resumes(app.shelf(request.user_id))})


@routes.get("/resume/{id}")
def show_resume(request: HttpRequest, app: App) -> Response:
    return Response.ok(library.show_resume(app.shelf(request.user_id), request["id"]))


@routes.get("/resume/download/{file}")
def download(request: HttpRequest, app: App) -> Response:
    return Response.redirect(library.download_link(app.shelf(request.user_id), request["file"]))


@routes.put("/resume/{id}", per_minute=30)
def replace_resume(request: HttpRequest, app: App) -> Response:
    return Response.accepted(revising.replace_resume(app.shelf(request.user_id), request["id"], request.json()))


@routes.post("/resume/{id}/{action}", per_minute=30)
def revise(request: HttpRequest, app: App) -> Response:
    command, use = revising.action(request["action"])
    return Response.accepted(use(app.shelf(request.user_id), request["id"], request.read(command)))


@routes.delete("/resume/{id}")
def delete_resume(request: HttpRequest, app: App) -> Response:
    library.delete_resume(app.shelf(request.user_id), request["id"])
    return Response.no_content()
