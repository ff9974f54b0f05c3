"""A few routes behind one function: method and path pattern → handler, with 404 and 405 told apart, and limits on how often."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from common.errors import MethodNotAllowed, NotFound
from common.platform.admission import Allowance, admit
from common.platform.events.http import HttpRequest
from common.platform.responses import Response
from common.wiring import App

HttpUseCase = Callable[[HttpRequest, App], Response]


Remember = Callable[[HttpUseCase], HttpUseCase]


@dataclass(frozen=True)
class _Route:
    method: str
    pattern: re.Pattern[str]
    allowance: Allowance | None
    use_case: HttpUseCase


@dataclass
class Routes:
    """`{name}` in a pattern matches one path segment and lands in request.path_parameters.

    `per_minute`: how often one caller may use this route, below what they may ask for in all. `public`: nobody has to be logged
    in, so callers are counted by their address. `limited=False`: they prove themselves by a signature, and must not be lost.
    """

    _table: list[_Route] = field(default_factory=list)

    def add(
        self, method: str, pattern: str, *, per_minute: int | None = None, public: bool = False, limited: bool = True
    ) -> Remember:
        compiled = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(pattern)))
        allowance = Allowance(f"{method} {pattern}", per_minute, public) if limited else None

        def remember(use_case: HttpUseCase) -> HttpUseCase:
            self._table.append(_Route(method, compiled, allowance, use_case))
            return use_case

        return remember

    def get(
        self, pattern: str, *, per_minute: int | None = None, public: bool = False, limited: bool = True
    ) -> Remember:
        return self.add("GET", pattern, per_minute=per_minute, public=public, limited=limited)

    def post(
        self, pattern: str, *, per_minute: int | None = None, public: bool = False, limited: bool = True
    ) -> Remember:
        return self.add("POST", pattern, per_minute=per_minute, public=public, limited=limited)

    def put(self, pattern: str, *, per_minute: int | None = None) -> Remember:
        return self.add("PUT", pattern, per_minute=per_minute)

    def delete(self, pattern: str, *, per_minute: int | None = None) -> Remember:
        return self.add("DELETE", pattern, per_minute=per_minute)

    def __call__(self, request: HttpRequest, app: App) -> Response:
        """Raises NotFound for an unknown path, MethodNotAllowed for a known one, TooManyRequests."""
        path = request.path.rstrip("/") or "/"
        fitting = [(route, match) for route in self._table if (match := route.pattern.fullmatch(path))]
        for route, match in fitting:
            if route.method == request.method:
                if route.allowance is not None:
                    admit(request, app, route.allowance)
                return route.use_case(replace(request, path_parameters=match.groupdict()), app)
        if fitting:
            raise MethodNotAllowed(allow=sorted({route.method for route, _ in fitting}))
        raise NotFound(what="path")
