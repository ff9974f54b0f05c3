"""Routes: known path and method, known path only, unknown path."""

import pytest

from common.errors import MethodNotAllowed, NotFound
from common.platform.events.http import read_http_event
from common.platform.responses import Response
from common.platform.router import Routes


@pytest.fixture
def ask():
    routes = Routes()
    routes.get("/resume")(lambda request, app: Response(200, "list"))
    routes.get("/resume/{id}")(lambda request, app: Response(200, f"show {request['id']}"))
    routes.put("/resume/{id}")(lambda request, app: Response(200, f"replace {request['id']}"))
    routes.delete("/resume/{id}")(lambda request, app: Response(200, f"delete {request['id']}"))
    routes.post("/resume/{id}/{action}")(lambda request, app: Response(200, f"{request['action']} {request['id']}"))
    routes.get("/a.b")(lambda request, app: Response(200, "dot"))

    def call(method: str, path: str) -> str:
        return str(routes(read_http_event({"httpMethod": method, "path": path}), None).body)

    return call


@pytest.mark.parametrize(
    ("method", "path", "answer"),
    [
        ("GET", "/resume", "list"),
        ("GET", "/resume/", "list"),
        ("GET", "/resume/s_01", "show s_01"),
        ("PUT", "/resume/s_01", "replace s_01"),
        ("DELETE", "/resume/s_01", "delete s_01"),
        ("POST", "/resume/s_01/render", "render s_01"),
    ],
)
def test_use_is_found_with_its_parameters_when_method_and_path_fit(ask, method, path, answer):
    assert ask(method, path) == answer


@pytest.mark.parametrize("path", ["/", "/resumes", "/resume/s_01/render/x", "/x/resume", "/aXb", "/resume//x"])
def test_path_is_not_found_when_nobody_serves_it(ask, path):
    with pytest.raises(NotFound):
        ask("GET", path)


def test_method_is_refused_with_the_allowed_ones_when_only_the_path_fits(ask):
    with pytest.raises(MethodNotAllowed) as refused:
        ask("PATCH", "/resume/s_01")

    assert refused.value.details == {"allow": ["DELETE", "GET", "PUT"]}
