"""Routes: known path and method, known path only, unknown path."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from common.errors import MethodNotAllowed, NotFound, TooManyRequests
from common.platform.events.http import read_http_event
from common.platform.responses import Response
from common.platform.router import Routes
from common.settings import LimitsSettings


class Counter:
    """Counts uses for ever, as the port says."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}

    def hit_all(self, uses: Sequence[tuple[str, int]], *, window_s: int) -> None:
        for key, limit in uses:
            self.used[key] = self.used.get(key, 0) + 1
            if self.used[key] > limit:
                raise TooManyRequests(retry_after_s=window_s)


def an_app(**limits: int) -> Any:
    return SimpleNamespace(limits=Counter(), limits_settings=LimitsSettings(**limits))


def request_of(method: str, path: str, *, user: str | None = None, address: str = "203.0.113.7") -> Any:
    headers = {"x-scf-remote-addr": address, **({"authorization": f"Bearer {user}"} if user else {})}
    return read_http_event({"httpMethod": method, "path": path, "headers": headers}, read_session=lambda token: token)


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
        return str(routes(read_http_event({"httpMethod": method, "path": path}), an_app()).body)

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


@pytest.fixture
def limited() -> Routes:
    routes = Routes()
    routes.get("/free")(lambda request, app: Response(200))
    routes.get("/costly/{id}", per_minute=2)(lambda request, app: Response(200))
    routes.get("/shown", public=True)(lambda request, app: Response(200))
    routes.post("/notify", limited=False)(lambda request, app: Response(200))
    return routes


def test_user_is_refused_with_the_time_to_wait_when_they_asked_too_often(limited: Routes) -> None:
    app = an_app(requests_per_minute=2)
    for _ in range(2):
        limited(request_of("GET", "/free", user="u_1"), app)

    with pytest.raises(TooManyRequests) as refused:
        limited(request_of("GET", "/free", user="u_1"), app)

    assert refused.value.details == {"retry_after_s": 60}


def test_other_users_are_served_when_one_asked_too_often(limited: Routes) -> None:
    app = an_app(requests_per_minute=1)
    limited(request_of("GET", "/free", user="u_1"), app)

    answer = limited(request_of("GET", "/free", user="u_2"), app)

    assert answer.status == 200


def test_route_has_a_limit_of_its_own_whatever_is_in_its_path(limited: Routes) -> None:
    app = an_app()
    for name in "ab":
        limited(request_of("GET", f"/costly/{name}", user="u_1"), app)

    with pytest.raises(TooManyRequests):
        limited(request_of("GET", "/costly/c", user="u_1"), app)

    assert limited(request_of("GET", "/free", user="u_1"), app).status == 200


def test_address_is_counted_when_nobody_is_logged_in(limited: Routes) -> None:
    app = an_app(address_requests_per_minute=1)
    limited(request_of("GET", "/free", address="203.0.113.7"), app)

    with pytest.raises(TooManyRequests):
        limited(request_of("GET", "/free", address="203.0.113.7"), app)

    assert limited(request_of("GET", "/free", address="203.0.113.8"), app).status == 200


def test_public_route_counts_the_address_and_asks_for_no_session(limited: Routes) -> None:
    app = an_app()

    limited(request_of("GET", "/shown", user="u_1"), app)

    assert list(app.limits.used) == ["requests:address:203.0.113.7"]


def test_nothing_is_counted_when_the_caller_proves_themselves_by_a_signature(limited: Routes) -> None:
    app = an_app(address_requests_per_minute=1)

    answers = [limited(request_of("POST", "/notify"), app).status for _ in range(3)]

    assert answers == [200, 200, 200]
    assert app.limits.used == {}
