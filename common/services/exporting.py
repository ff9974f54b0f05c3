"""Everything we hold about me, as one JSON file in the bucket with links to the other files.

The answer is a link, because what an event function returns is written into the platform's log, and six megabytes are its end.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from pydantic import BaseModel

from common.domain.exporting import export_key, exported_at_s, plain_json_resume
from common.domain.leaving import EXPORTS, PERSONAL_PREFIXES
from common.domain.pipeline import ResumeId, ResumeRow
from common.domain.users import UserId
from common.errors import NotLoggedIn
from common.services.library import Shelf
from common.services.ports import Belongings, Objects, RateLimits
from common.services.publishing import JSON, publish

PER_HOUR = 3
LINK_LIFETIME_S = 3600
FILENAME = "墨简-我的数据.json"


@dataclass(frozen=True)
class ExportDesk:
    user_id: UserId
    belongings: Belongings
    shelf: Shelf
    objects: Objects
    limits: RateLimits
    new_id: Callable[[str], str]
    now: datetime


def export(desk: ExportDesk) -> str:
    """A link of one hour to the file; an earlier file of the same user is deleted. Raises TooManyRequests, NotLoggedIn."""
    desk.limits.hit(f"export:{desk.user_id}", limit=PER_HOUR, window_s=3600)
    earlier = list(desk.objects.keys_under(f"{EXPORTS}/{desk.user_id}/"))
    key = export_key(desk.user_id, desk.new_id(""), now=desk.now)
    content = json.dumps(_everything(desk), ensure_ascii=False, indent=1, default=_as_text).encode()
    publish(desk.objects, key, content, media_type=JSON)
    for old in earlier:
        desk.objects.delete(old)
    return _link(desk, key, FILENAME)


def purge_exports(objects: Objects, *, now: datetime) -> int:
    """Files whose links have ended; how many."""
    ended = int(now.timestamp()) - LINK_LIFETIME_S
    old = [key for key in objects.keys_under(f"{EXPORTS}/") if (exported_at_s(key) or 0) < ended]
    for key in old:
        objects.delete(key)
    return len(old)


def _everything(desk: ExportDesk) -> Mapping[str, Any]:
    held = dict(desk.belongings.of(desk.user_id))
    resumes = [_with_content(row, desk) for row in held.pop("resumes")]
    account = held.pop("account")
    if not account:
        raise NotLoggedIn
    return {"exported_at": desk.now, "account": account[0], "resumes": resumes, **held, "files": list(_files(desk))}


def _with_content(row: dict[str, Any], desk: ExportDesk) -> dict[str, Any]:
    """`json_resume` is what the resume says now, for other programs; None when nothing was read yet."""
    found = desk.shelf.resumes.find(ResumeId(row["id"]))
    content = _newest(found, desk.shelf) if found else None
    return {**row, "json_resume": plain_json_resume(content) if content else None}


def _newest(row: ResumeRow, shelf: Shelf) -> dict[str, Any] | None:
    optimised = shelf.newest(row, "optimised") or {}
    return optimised.get("resume") or shelf.newest(row, "parsed")


def _files(desk: ExportDesk) -> Iterator[dict[str, str]]:
    """Every object of the user with a link: what was uploaded, each revision of what was made of it, the avatar."""
    for prefix in PERSONAL_PREFIXES:
        if prefix != EXPORTS:
            for key in desk.objects.keys_under(f"{prefix}/{desk.user_id}/"):
                yield {"key": key, "url": _link(desk, key, key.rpartition("/")[2])}


def _link(desk: ExportDesk, key: str, filename: str) -> str:
    return desk.objects.download_url(key, filename=filename, now=desk.now, lifetime_s=LINK_LIFETIME_S)


def _as_text(value: object) -> object:
    """Times as the API writes them, chosen options member by member."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if not isinstance(value, datetime):
        raise TypeError(type(value).__name__)
    return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
