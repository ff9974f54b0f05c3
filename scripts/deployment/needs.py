"""Which variables a function cannot do without, so that a missing one is told before anything is deployed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from common.settings.secret_documents import document_of
from scripts.deployment.errors import DeployError
from scripts.deployment.wanted import WantedCloud, WantedFunction
from scripts.docs_reach import functions, reach_of
from scripts.docs_settings import DERIVED, STORES, group_settings, prefix_of

#: Value of PAY_PROVIDER → its group. The others are needed only when something of them is set: for orders of earlier days.
PROVIDERS = {"v3": "WECHAT_PAY_", "v2": "WECHAT_PAY_V2_", "xpay": "XPAY_"}
DEFAULT_PROVIDER = "v3"
MODEL = "DEEPSEEK_"


def check_needs(wanted: WantedCloud) -> None:
    """Raises DeployError with one line for every variable that is missing, and who needs it.

    With SECRETS_PROVIDER=ssm a value may stand there instead, where nobody can look before the function does.
    """
    needed_by: dict[str, list[str]] = {}
    known = set(functions())
    for function in wanted.functions:
        for name in sorted(_missing(function)) if function.key in known else ():
            needed_by.setdefault(name, []).append(function.key)
    if needed_by:
        lines = [
            f"{name} is not set: {', '.join(keys)} cannot run without it" for name, keys in sorted(needed_by.items())
        ]
        raise DeployError("\n".join([*lines, "docs/settings.md explains every name; values belong into .env"]))


def _missing(function: WantedFunction) -> set[str]:
    missing = set(_required(function)) - set(function.environment)
    if function.environment.get("SECRETS_PROVIDER") == "ssm":
        return {name for name in missing if not document_of(name)}
    return missing


def _required(function: WantedFunction) -> Iterator[str]:
    reach = reach_of(function.key)
    yield from reach.names & set(STORES)
    for group, rows in group_settings().items():
        if group.__name__ in reach.groups:
            names = [row.name for row in rows if row.name not in DERIVED]
            if not (
                _may_be_empty(prefix_of(group), function.environment) and not set(names) & set(function.environment)
            ):
                yield from (row.name for row in rows if row.required and row.name in names)


def _may_be_empty(prefix: str, environment: Mapping[str, str]) -> bool:
    if prefix == MODEL:
        return environment.get("APP_OFFLINE") == "true"
    chosen = PROVIDERS.get(environment.get("PAY_PROVIDER", DEFAULT_PROVIDER))
    return prefix in PROVIDERS.values() and prefix != chosen
