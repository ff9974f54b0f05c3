"""Which settings the functions get on this machine: the project's defaults, the user's own values, the fakes' addresses."""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

KEY_BYTES = 32
EXAMPLE = ".env.example"
OPTIONAL_GROUPS = """
    ALERT APP CLS CREDITS DEAD_LETTER DEEPSEEK_SAFETY EMBEDDING LIMITS LLM_FALLBACK OCR OSS PAY SECRETS SMS STS VPC
    WECHAT_PAGE WECHAT_PAY WECHAT_PUSH WECHAT_TEMPLATE XPAY
""".split()
OPTIONAL = re.compile(rf"\$\{{env:((?:{'|'.join(OPTIONAL_GROUPS)})_\w+)\}}")
"""Settings whose default is in the product: what serverless.yml names of them and nobody sets is passed on empty."""
BOARD = re.compile(r"\$\{env:([A-Z0-9]+(?:_[A-Z0-9]+)*_(?:BASE_URL|KEY_ID|SECRET|PER_MINUTE|CACHE_S|TIMEOUT_S))\}")
BOARD_FILES = "common/vendors/job_boards/boards"
"""Every job board is a file there; its settings begin with the file's name and are optional too."""
SECRET_OF_GROUP = {
    "wechat": "WECHAT_SECRET",
    "wechat_pay": "WECHAT_PAY_PRIVATE_KEY",
    "wechat_pay_v2": "WECHAT_PAY_V2_API_KEY",
    "xpay": "XPAY_APP_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "oss": "OSS_ACCESS_KEY_SECRET",
    "tencent_cloud": "OCR_SECRET_KEY",
    "zhaopin": "ZHAOPIN_SECRET",
    "boss": "BOSS_SECRET",
    "tencent_sms": "SMS_SECRET_KEY",
    "wecom_robot": "ALERT_WECOM_KEY",
    "feishu_robot": "ALERT_FEISHU_TOKEN",
}
"""Set the secret, and the group is the user's own: it talks to the real vendor and its fake is left aside. COS has no
entry: without its fake no object would ever start a function here."""
REAL_VENDORS = {
    "wechat": {"WECHAT_BASE_URL": "https://api.weixin.qq.com"},
    "wechat_pay": {"WECHAT_PAY_BASE_URL": "https://api.mch.weixin.qq.com"},
    "wechat_pay_v2": {"WECHAT_PAY_V2_BASE_URL": "https://api.mch.weixin.qq.com"},
    "xpay": {"XPAY_BASE_URL": "https://api.weixin.qq.com", "XPAY_ENV": "production"},
    "deepseek": {"DEEPSEEK_BASE_URL": "https://api.deepseek.com", "DEEPSEEK_MODEL": "deepseek-flash"},
    "tencent_cloud": {"OCR_BASE_URL": "https://ocr.tencentcloudapi.com"},
    "zhaopin": {},
    "boss": {},
    "tencent_sms": {"SMS_BASE_URL": "https://sms.tencentcloudapi.com"},
    "wecom_robot": {"ALERT_WECOM_BASE_URL": "https://qyapi.weixin.qq.com"},
    "feishu_robot": {"ALERT_FEISHU_BASE_URL": "https://open.feishu.cn"},
    "oss": {"OSS_ENDPOINT": ""},
}
PREFIXES = (
    "ALERT_",
    "APP_",
    "WECHAT_",
    "DEEPSEEK_",
    "LLM_FALLBACK_",
    "EMBEDDING_",
    "OCR_",
    "SMS_",
    "OSS_",
    "CREDITS_",
    "LIMITS_",
    "PAY_",
    "XPAY_",
    "SECRETS_",
    "STS_",
    "SESSION_",
    "DATA_",
)
STORES = ("DATABASE_URL", "REDIS_URL")
NEVER_TAKEN = ("COS_", "TENCENTCLOUD_", "TENCENT_")


def project_defaults(project: Path) -> dict[str, str]:
    """What holds until somebody says otherwise: the values of the project's .env.example.

    The optional settings that its serverless.yml names are there too, empty when the example has none: empty counts as
    not set.
    """
    manifest = project / "serverless.yml"
    text = manifest.read_text(encoding="utf-8") if manifest.exists() else ""
    boards = [name for name in BOARD.findall(text) if name.startswith(board_prefixes(project))]
    optional = [*OPTIONAL.findall(text), *boards]
    return {**dict.fromkeys(optional, ""), **_taken(read_env_file(project / EXAMPLE))}


def user_settings(project: Path, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the user has set: the project's .env, and over it this process' environment (known names only)."""
    environ = os.environ if environ is None else environ
    prefixes = (*PREFIXES, *board_prefixes(project))
    known = {name: value for name, value in environ.items() if name.startswith(prefixes) or name in STORES}
    from_file = _taken(read_env_file(project / ".env"))
    return {name: value for name, value in {**from_file, **known}.items() if value}


def board_prefixes(project: Path) -> tuple[str, ...]:
    """Of the settings of every job board: ZHAOPIN_ of zhaopin.json."""
    return tuple(sorted(f"{file.stem.upper()}_" for file in (project / BOARD_FILES).glob("*.json")))


def compose(user: Mapping[str, str], fakes: Mapping[str, Mapping[str, str]], app_url: str) -> dict[str, str]:
    """The settings of all functions over the project's defaults. `fakes` is their environment by group.

    Fakes win over the user's values, so that a half-filled .env cannot mix real and fake accounts, except for groups
    whose secret the user has set. Notifications must find this machine, so APP_BASE_URL is `app_url` unless WeChat Pay
    is the real one.
    """
    settings = dict(user)
    for name, environment in fakes.items():
        settings = {**REAL_VENDORS[name], **settings} if is_real(name, user) else {**settings, **environment}
    paid_for_real = is_real("wechat_pay", user) or is_real("wechat_pay_v2", user)
    if not (paid_for_real and user.get("APP_BASE_URL")):
        settings["APP_BASE_URL"] = app_url
    return settings


def is_real(group: str, user: Mapping[str, str]) -> bool:
    """True when the user has set the group's secret."""
    return bool(user.get(SECRET_OF_GROUP.get(group, "")))


def key_rings(file: Path) -> dict[str, str]:
    """SESSION_KEYS and DATA_KEYS, `k1:<base64url of 32 bytes>`; made once and kept, readable by the owner only."""
    if not file.exists():
        rings = {name: f"k1:{_new_key()}" for name in ("SESSION_KEYS", "DATA_KEYS")}
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(json.dumps(rings), encoding="utf-8")
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return kept


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=value lines; comments, `export`, quotes and, in double quotes, \\n. Empty when there is no file."""
    if not path.exists():
        return {}
    lines = (line.strip().removeprefix("export ") for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): _unquoted(value.strip()) for name, equals, value in pairs if equals}


def _unquoted(value: str) -> str:
    quote = value[:1]
    if quote in {'"', "'"} and value.endswith(quote) and len(value) > 1:
        inner = value[1:-1]
        return inner.replace("\\n", "\n") if quote == '"' else inner
    return value.partition(" #")[0].rstrip()


def _taken(settings: Mapping[str, str]) -> dict[str, str]:
    """What a file may set, without what it leaves empty."""
    return {name: value for name, value in settings.items() if value and not name.startswith(NEVER_TAKEN)}


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")
