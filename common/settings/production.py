"""What production refuses: an address of this machine, plain http, a database in a file. All problems at once."""

from collections.abc import Mapping
from urllib.parse import urlsplit

ADDRESSES = ("_BASE_URL", "_ENDPOINT")
LOOPBACK = ("127.", "localhost", "0.0.0.0", "[::1]")  # noqa: S104  what is refused, not what is bound


def production_problems(env: Mapping[str, str]) -> list[str]:
    """Empty when `env` is fit for production; values never appear in the answer."""
    problems = [
        f"{name}: must be https and not on this machine"
        for name, value in sorted(env.items())
        if name.endswith(ADDRESSES) and value and not _is_public(value)
    ]
    if env.get("DATABASE_URL", "").startswith("sqlite"):
        problems.append("DATABASE_URL: a SQLite file does not outlive the instance that wrote it")
    if any(host in env.get("REDIS_URL", "") for host in LOOPBACK):
        problems.append("REDIS_URL: must not be on this machine")
    return problems


def _is_public(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.hostname) and not (parts.netloc or "").startswith(LOOPBACK)
