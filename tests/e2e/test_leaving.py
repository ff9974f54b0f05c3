"""A profile through the local cloud: phone and avatar, forged data refused, everything told, and then erased from every store."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from redis import Redis

from scripts.local_cloud.mini_program import MiniProgram, Refused
from tests.e2e.conftest import SAMPLE, Journey

NICKNAME, PHONE = "小雯同学", "13812345678"
NOTHING_OF_USERS = {"alembic_version", "access_tokens", "past_welcomes"}


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (132, 132), (40, 90, 160)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def database(journey: Journey) -> Iterator[sqlite3.Connection]:
    url = journey.stack.environment["DATABASE_URL"]
    with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")), timeout=10)) as connection:
        yield connection


def _stored(journey: Journey, database: sqlite3.Connection, needles: list[str]) -> list[str]:
    """Where in SQL, Redis and the bucket one of them stands."""
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    places = {f"sql {name}": str(database.execute(f'SELECT * FROM "{name}"').fetchall()) for name in tables}  # noqa: S608
    with closing(Redis.from_url(journey.stack.environment["REDIS_URL"], decode_responses=True)) as redis:
        places |= {f"redis {key}": key for key in redis.scan_iter()}
    places |= {f"object {key}": key for key in journey.stored("")}
    return sorted(place for place, text in places.items() if any(needle in text for needle in needles))


def _half_an_hour_later(journey: Journey, database: sqlite3.Connection) -> None:
    """The erasure was asked for long ago, and the minute timer fires."""
    long_ago = "2026-01-01 00:00:00.000000"
    with database:
        database.execute("UPDATE erasures SET asked_at = ?, due_at = ?, lease_until = ?", (long_ago,) * 3)
    journey.stack.tick("sweep")
    assert journey.stack.wait_idle(30)


def _refusal(phone: MiniProgram, **how: Any) -> tuple[int, str]:
    with pytest.raises(Refused) as caught:
        phone.update_profile({"nickName": NICKNAME}, **how)
    return caught.value.status, caught.value.code


def test_profile_is_bound_forgeries_are_refused_and_leaving_leaves_nothing(
    journey: Journey, database: sqlite3.Connection
) -> None:
    phone = journey.phone
    journey.control("wechat", "phone", {"user": phone.user, "phone": PHONE})
    forged = [_refusal(phone, forge=forge) for forge in ("signature", "sealed", "appid")]
    phone.update_profile({"nickName": NICKNAME})
    phone.bind_phone()
    me = phone.set_avatar(_picture())
    resume_id = phone.upload(SAMPLE)
    journey.finish(resume_id)
    told = phone.export()
    needles = [me["id"], told["account"]["openid"], NICKNAME, PHONE, resume_id]
    before = _stored(journey, database, needles)

    phone.erase()
    with pytest.raises(Refused) as refused:
        phone.me()
    again = phone.log_in()["user"]
    of_the_new_one = _stored(journey, database, [again["id"]])
    _half_an_hour_later(journey, database)
    left = [place for place in _stored(journey, database, needles) if place not in ("sql users",)]

    assert forged == [(422, "open_data_refused")] * 3
    assert (me["nickname"], me["phone"]) == (NICKNAME, "138****5678")
    assert told["contacts"][0]["phone"] == f"+86{PHONE}"
    assert told["resumes"][0]["json_resume"]["basics"]
    assert len(before) >= 10
    assert refused.value.code == "not_logged_in"
    assert (again["nickname"], again["credits"]) == (None, 0)
    assert of_the_new_one
    assert left == []
    assert list(database.execute("SELECT id, nickname FROM users")) == [(again["id"], None)]
