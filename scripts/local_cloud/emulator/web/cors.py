"""CORS as the platform answers it from a trigger's corsConfig: preflights by itself, headers on everything else."""

from __future__ import annotations

from http import HTTPStatus

from werkzeug.wrappers import Request, Response

from ..manifest import Cors

ANY = "*"


def preflight(request: Request, cors: Cors) -> Response | None:
    """The answer to a preflight, or None when the request is none. A refused one gets no CORS headers."""
    wanted = request.headers.get("access-control-request-method")
    if request.method != "OPTIONS" or not request.headers.get("origin") or not wanted:
        return None
    response = Response(status=HTTPStatus.NO_CONTENT)
    if wanted not in cors.methods and ANY not in cors.methods:
        return response
    for name, value in cors_headers(request, cors):
        response.headers[name] = value
    response.headers["access-control-allow-methods"] = ", ".join(cors.methods)
    response.headers["access-control-allow-headers"] = ", ".join(cors.headers)
    response.headers["access-control-max-age"] = str(cors.max_age_s)
    return response


def cors_headers(request: Request, cors: Cors) -> list[tuple[str, str]]:
    """What the platform adds to a response; nothing when the request has no origin, or one that is not allowed."""
    origin = request.headers.get("origin")
    if not origin or (origin not in cors.origins and ANY not in cors.origins):
        return []
    anyone = ANY in cors.origins and not cors.credentials
    headers = [("access-control-allow-origin", ANY if anyone else origin)]
    if not anyone:
        headers.append(("vary", "origin"))
    if cors.credentials:
        headers.append(("access-control-allow-credentials", "true"))
    if cors.expose_headers:
        headers.append(("access-control-expose-headers", ", ".join(cors.expose_headers)))
    return headers
