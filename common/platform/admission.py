"""How often one caller may ask: counted per user, or per address where nobody is logged in, in one round trip to Redis."""

from dataclasses import dataclass

from common.platform.events.http import HttpRequest
from common.wiring import App

WINDOW_S = 60


@dataclass(frozen=True)
class Allowance:
    """Of one route, by its name. `per_minute` None: only what a caller may ask for in all counts.

    `public`: callers are not asked who they are, so the function needs no key to find out.
    """

    route: str
    per_minute: int | None = None
    public: bool = False


def admit(request: HttpRequest, app: App, allowance: Allowance) -> None:
    """Count the request. While Redis is out of reach everybody is let in: what costs money has limits of its own.

    Raises TooManyRequests, with the seconds after which the caller may come back.
    """
    caller, in_all = _caller(request, app, allowance)
    uses = [(f"requests:{caller}", in_all)]
    if allowance.per_minute is not None:
        uses.append((f"route:{allowance.route}:{caller}", allowance.per_minute))
    app.limits.hit_all(uses, window_s=WINDOW_S)


def _caller(request: HttpRequest, app: App, allowance: Allowance) -> tuple[str, int]:
    """Who is counted, and what they may ask for a minute. Many phones share one address of a mobile network."""
    settings = app.limits_settings
    user_id = None if allowance.public else request.owner
    if user_id is not None:
        return f"user:{user_id}", settings.requests_per_minute
    return f"address:{request.client_ip}", settings.address_requests_per_minute
