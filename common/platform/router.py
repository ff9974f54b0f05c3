"""A few routes behind one function: method and path pattern → handler, with 404 and 405 told apart."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from common.errors import MethodNotAllowed, NotFound
from common.platform.events.http import HttpRequest
from common.platform.responses import Response
from common.wiring import App

HttpUseCase = Callable[[HttpRequest, App], Response]


@dataclass
class Routes:
    """`{name}` in a pattern matches one path segment and lands in request.path_parameters."""

    _table: list[tuple[str, re.Pattern[str], HttpUseCase]] = field(default_factory=list)

    def add(self, method: str, pattern: str) -> Callable[[HttpUseCase], HttpUseCase]:
        compiled = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(pattern)))

        def remember(use_case: HttpUseCase) -> HttpUseCase:
            self._table.append((method, compiled, use_case))
            return use_case

        return remember

    def get(self, pattern: str) -> Callable[[HttpUseCase], HttpUseCase]:
        return self.add("GET", pattern)

    def post(self, pattern: str) -> Callable[[HttpUseCase], HttpUseCase]:
        return self.add("POST", pattern)

    def put(self, pattern: str) -> Callable[[HttpUseCase], HttpUseCase]:
        return self.add("PUT", pattern)

    def delete(self, pattern: str) -> Callable[[HttpUseCase], HttpUseCase]:
        return self.add("DELETE", pattern)

    def __call__(self, request: HttpRequest, app: App) -> Response:
        """Raises NotFound for an unknown path, MethodNotAllowed for a known one."""
        path = request.path.rstrip("/") or "/"
        allowed = [
            (method, match, use_case) for method, route, use_case in self._table if (match := route.fullmatch(path))
        ]
        for method, match, use_case in allowed:
            if method == request.method:
                return use_case(replace(request, path_parameters=match.groupdict()), app)
        if allowed:
            raise MethodNotAllowed(allow=sorted({method for method, _, _ in allowed}))
        raise NotFound(what="path")
