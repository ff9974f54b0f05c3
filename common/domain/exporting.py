"""What somebody gets who asks for everything we hold about them."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from common.domain.leaving import EXPORTS
from common.domain.users import UserId

#: The one name under which our extension of JSON Resume stands, wherever it stands.
EXTENSION = "x_cn"


_ADDRESSES = ("url", "image")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def export_key(user_id: UserId, export_id: str, *, now: datetime) -> str:
    """exports/<user>/<unix time>-<id>.json: the key says how old it is."""
    return f"{EXPORTS}/{user_id}/{int(now.timestamp())}-{export_id}.json"


def exported_at_s(key: str) -> int | None:
    """Unix time; None for a key that is none of an export."""
    stamp = key.rpartition("/")[2].partition("-")[0]
    return int(stamp) if stamp.isascii() and stamp.isdigit() else None


def plain_json_resume(content: dict[str, Any]) -> dict[str, Any]:
    """JSON Resume v1 for other programs: without our extension, and without what is empty without it.

    Addresses are URIs there, and people write github.com/somebody. Source: `format: uri` in the JSON Resume schema.
    """
    plain: dict[str, Any] = _plain(content)
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        own = {name: part for name, part in value.items() if name != EXTENSION}
        inside = {name: _uri(part) if name in _ADDRESSES else _plain(part) for name, part in own.items()}
        return {name: part for name, part in inside.items() if part not in (None, {}, [], "")}
    if isinstance(value, list):
        return [part for part in map(_plain, value) if part not in (None, {}, [], "")]
    return value


def _uri(value: object) -> object:
    if not isinstance(value, str) or not value.strip():
        return value
    address = quote(value.strip(), safe=":/?#@!$&'()*+,;=%~-._")
    return address if _SCHEME.match(address) else f"https://{address}"
