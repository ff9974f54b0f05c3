"""What production refuses: a missing secret, an address of this machine, plain http, a database in a file. All at once."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from common.settings.env import ABSENT
from common.settings.secret_documents import NEEDED, NEEDED_TO_SELL, NEEDED_TO_THINK

ADDRESSES = ("_BASE_URL", "_ENDPOINT")


def production_problems(env: Mapping[str, str]) -> list[str]:
    """Empty when `env` is fit for production; values never appear in the answer."""
    problems = [f"{name}: missing" for name in _needed(env) if env[name].strip() in ABSENT]
    problems += [
        f"{name}: must be https and not on this machine"
        for name, value in sorted(env.items())
        if name.endswith(ADDRESSES) and value.strip() not in ABSENT and not _is_public(value)
    ]
    if env.get("DATABASE_URL", "").startswith("sqlite"):
        problems.append("DATABASE_URL: a SQLite file does not outlive the instance that wrote it")
    if _is_here(_host(env.get("REDIS_URL", ""))):
        problems.append("REDIS_URL: must not be on this machine")
    if env.get("XPAY_ENV", "").strip() == "sandbox":
        problems.append("XPAY_ENV: payments of the sandbox cost nothing")
    sells = any(name.startswith("WECHAT_PAY_") for name in env)
    if sells and env.get("APP_BASE_URL", "").strip() in ABSENT:
        problems.append("APP_BASE_URL: missing, so WeChat Pay would not know where to notify us")
    return problems


def _needed(env: Mapping[str, str]) -> list[str]:
    """Of the variables that this function is given, those that it cannot do without, set or not."""
    given = set(env)
    provider = env.get("PAY_PROVIDER", "").strip()
    thinks = env.get("APP_OFFLINE", "").strip().lower() not in ("true", "1", "yes", "on")
    sells = "PAY_PROVIDER" in given
    wanted = [*NEEDED, *(NEEDED_TO_THINK if thinks else ())]
    wanted += NEEDED_TO_SELL.get(provider or "v3", ()) if sells else ()
    return [name for name in wanted if name in given]


def _is_public(url: str) -> bool:
    host = _host(url)
    return url.strip().startswith("https://") and bool(host) and not _is_here(host)


def _host(url: str) -> str:
    """Lower case and without user name, port and brackets; empty for what is no URL."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


def _is_here(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
