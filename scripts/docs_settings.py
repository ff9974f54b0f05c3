"""docs/settings.md from the settings classes and serverless.yml: every environment variable, its default and its readers."""

import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from scripts.docs_reach import FAMILY, group_prefixes
from scripts.docs_words import SETTINGS

MANIFEST = Path("serverless.yml")

#: Read without a settings class; both URLs carry a password.
STORES = ("DATABASE_URL", "REDIS_URL")
DEPLOYING = (
    "STAGE",
    "APP_DOMAIN",
    "APP_CERTIFICATE_ID",
    "CLS_LOGSET_ID",
    "CLS_TOPIC_ID",
    "VPC_ID",
    "VPC_SUBNET_ID",
    "DEAD_LETTER_TYPE",
    "DEAD_LETTER_NAME",
    "ALARM_WEBHOOK_URL",
    "TENCENT_SECRET_ID",
    "TENCENT_SECRET_KEY",
    "TENCENT_TOKEN",
    "TENCENT_API_ENDPOINT",
)
DEPLOYING_SECRET = ("ALARM_WEBHOOK_URL", "TENCENT_SECRET_ID", "TENCENT_SECRET_KEY", "TENCENT_TOKEN")
PLATFORM = ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY", "TENCENTCLOUD_SESSIONTOKEN")
TOOLS = ("OSS_SIGNING_KEY", "MOJIAN_PYTHON", "TEST_MYSQL_URL", "TEST_POSTGRES_URL", "TEST_REDIS_URL")

#: Fields of a settings class that wiring fills from other variables.
DERIVED = (
    "WECHAT_PAY_APPID",
    "WECHAT_PAY_NOTIFY_URL",
    "WECHAT_PAY_V2_APPID",
    "WECHAT_PAY_V2_NOTIFY_URL",
    "XPAY_APPID",
)

HEAD = """# Settings

Made from the code by `./scripts/docs`; not edited by hand.

All settings are environment variables. Locally they come from `.env` or the shell, and nothing has to be set: the fakes answer
for every vendor whose secret is absent. A deployed function gets the variables that its entry in `serverless.yml` lists and no
other, so **Functions** is also the list of who can read a secret. “None” means that no function is given the variable, so its
default is used; to change it, add it to the function's list. An empty variable counts as absent.

With `APP_ENV=production` a function refuses to start on plain http, on an address of this machine, or on a SQLite file; whatever
is missing or wrong is named all at once (`settings_invalid`), never with its value.
"""

TABLE = "| Name | What | Default | Secret | Functions |\n|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    secret: bool
    required: bool


def settings_page() -> str:
    declared = declared_names()
    sections = [_section(title, rows, declared) for title, rows in _sections().items()]
    return HEAD + "\n" + "\n".join(sections)


def _sections() -> dict[str, list[Setting]]:
    fields = group_settings()
    groups: dict[str, list[Setting]] = {
        "Deploying": [_plain(name) for name in DEPLOYING],
        "Stores": [Setting(name, "required", secret=True, required=True) for name in STORES],
    }
    for group, rows in fields.items():
        for prefix in prefixes_of(group):
            groups[f"{prefix}…"] = [row for row in rows if row.name.startswith(prefix)]
    groups["Put in by the platform"] = [Setting(name, "—", secret=True, required=False) for name in PLATFORM]
    groups["Read by commands only"] = [_plain(name) for name in TOOLS]
    return groups


def _plain(name: str) -> Setting:
    return Setting(name, "—", secret=name in DEPLOYING_SECRET, required=False)


def _section(title: str, rows: list[Setting], declared: Mapping[str, set[str]]) -> str:
    return f"## {title}\n\n{TABLE}" + "".join(f"{_row(row, declared)}\n" for row in rows)


def _row(row: Setting, declared: Mapping[str, set[str]]) -> str:
    cells = [
        f"`{row.name}`",
        SETTINGS[row.name],
        row.default,
        "yes" if row.secret else "no",
        _readers(row.name, declared),
    ]
    return f"| {' | '.join(cells)} |"


def _readers(name: str, declared: Mapping[str, set[str]]) -> str:
    if name in (*DEPLOYING, *TOOLS):
        return "—"
    holders = sorted(function for function, names in declared.items() if name in names)
    if name in PLATFORM or len(holders) == len(declared):
        return "all"
    return ", ".join(holders) or "none"


def group_settings() -> dict[type[BaseModel], list[Setting]]:
    """Settings class → its variables, in the order of the sources."""
    return {
        group: [
            _setting(f"{prefix}{name.upper()}", field)
            for prefix in prefixes_of(group)
            for name, field in group.model_fields.items()
        ]
        for group in settings_groups()
    }


def settings_groups() -> list[type[BaseModel]]:
    """Every settings class of the project that has fields."""
    modules = [
        "common.settings.groups",
        *(_module(path) for path in sorted(Path("common/vendors").glob("*/settings.py"))),
    ]
    return [group for module in modules for group in _groups_in(module)]


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def _groups_in(module: str) -> Iterator[type[BaseModel]]:
    for _, kind in inspect.getmembers(importlib.import_module(module), inspect.isclass):
        if issubclass(kind, BaseModel) and kind.__module__ == module and kind.model_fields:
            yield kind


def prefixes_of(group: type[BaseModel]) -> list[str]:
    """One, or one for every mapping file of a family: `boards/zhaopin.json` beside the class reads ZHAOPIN_*."""
    if group_prefixes().get(group.__name__) != FAMILY:
        return [prefix_of(group)]
    beside = Path(inspect.getfile(group)).parent
    return [f"{file.stem.upper()}_" for file in sorted(beside.glob("*/*.json"))]


def prefix_of(group: type[BaseModel]) -> str:
    """As wiring reads it; a class that wiring builds by itself names its prefix on top of its file or class."""
    stated = re.match(r"([A-Z_]+_)\*", f"{group.__doc__ or ''}") or re.match(
        r"([A-Z_]+_)\*", f"{inspect.getdoc(inspect.getmodule(group)) or ''}"
    )
    known = group_prefixes().get(group.__name__)
    if known is None and stated is None:
        raise LookupError(f"{group.__name__}: no prefix in wiring, and none stated as PREFIX_* in a docstring")
    return known or (stated[1] if stated else "")


def _setting(name: str, field: FieldInfo) -> Setting:
    secret = field.annotation is SecretStr or SecretStr in get_args(field.annotation)
    required = field.is_required()
    return Setting(name, "required" if required else _default(name, field), secret=secret, required=required)


def _default(name: str, field: FieldInfo) -> str:
    if name in DERIVED:
        return "derived"
    value: Any = field.default
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "empty" if value in ("", None) else f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def declared_names() -> dict[str, set[str]]:
    """Function → the variables that serverless.yml gives it."""
    functions = manifest()["inputs"]["functions"]
    return {name: {item["key"] for item in entry["environments"]} for name, entry in functions.items()}


@cache
def manifest() -> dict[str, Any]:
    """serverless.yml as it stands, variables unresolved; not to be changed."""
    loaded: dict[str, Any] = yaml.safe_load(MANIFEST.read_text("utf-8"))
    return loaded


def names_in_manifest() -> set[str]:
    """Every ${env:NAME} of serverless.yml and of the layers."""
    files = [MANIFEST, *sorted(Path("layers").glob("*/serverless.yml"))]
    return {name for file in files for name in re.findall(r"\$\{env:(\w+)\}", file.read_text("utf-8"))}
