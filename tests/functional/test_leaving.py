"""GET /user/export and DELETE /user/me: all that is held about somebody, told and then gone from SQL, Redis and the bucket."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx
import pytest
from redis import Redis

from common.logs import pseudonym
from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.test_avatar import picture, send

NICKNAME, PHONE, QUESTION = "小雯同学", "13812345678", "面试怎么准备？"

#: What may stay in SQL for somebody who paid, and what is there for everybody.
KEPT = {"users", "credit_accounts", "credit_ledger", "credit_holds", "orders", "order_events"}
NOBODYS = {"alembic_version", "access_tokens", "past_welcomes"}


class Stores:
    """Everything that is stored anywhere, as text."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        with closing(sqlite3.connect(self._cloud.database_file)) as database:
            database.row_factory = sqlite3.Row
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608
        return {name: [dict(row) for row in found] for name, found in rows.items()}

    def redis(self) -> dict[str, str]:
        with closing(Redis.from_url(self._cloud.settings["REDIS_URL"], decode_responses=True)) as client:
            readers: dict[str, Callable[[str], Any]] = {
                "string": client.get,
                "list": lambda key: client.lrange(key, 0, -1),
                "hash": client.hgetall,
                "zset": lambda key: client.zrange(key, 0, -1),
            }
            return {key: str(readers[client.type(key)](key)) for key in client.scan_iter()}

    def find(self, needles: list[str]) -> list[str]:
        """Places where one of them stands."""
        places = {f"sql {table}": str(rows) for table, rows in self.tables().items()}
        places |= {f"redis {key}": key + value for key, value in self.redis().items()}
        places |= {f"object {key}": key for key in self._cloud.keys}
        return sorted(place for place, text in places.items() if any(needle in text for needle in needles))

    def filled(self) -> set[str]:
        return {table for table, rows in self.tables().items() if rows}


@pytest.fixture
def stores(cloud: Cloud) -> Stores:
    return Stores(cloud)


def _ask_the_advisor(cloud: Cloud, phone: Phone) -> None:
    headers = {"Authorization": f"Bearer {phone.token}", "Accept": "application/json", "Idempotency-Key": "q1"}
    request = httpx.Request("POST", "https://api.example.com/chat", headers=headers, json={"message": QUESTION})
    assert cloud.platform.request_web("chat", request).status == 200


@pytest.fixture
def life(cloud: Cloud, alice: Phone) -> dict[str, str]:
    """Alice has done all that one can do without paying. Who she is."""
    cloud.control("wechat", "phone", {"user": "alice", "phone": PHONE})
    alice.call("POST", "/user/update-profile", {"userInfo": {"nickName": NICKNAME}}, key="n1")
    alice.call("POST", "/user/phone", {"code": alice.phone_code()})
    send(cloud, alice, picture())
    _ask_the_advisor(cloud, alice)
    alice.accept_message()
    resume_id = alice.finish(files.docx(), optimise=False)
    assert alice.outcome(resume_id) == ("ready", None)
    assert alice.call("GET", "/user/export").status == 302
    (known,) = cloud.control("wechat", "state")["users"]
    return {"user_id": alice.call("GET", "/user/me").json["id"], "openid": known["openid"], "resume_id": resume_id}


def _last_round(cloud: Cloud) -> int:
    cloud.pass_time(minutes=32)
    erased: int = cloud.tick("sweep")["erased"]
    return erased


def test_nothing_is_left_anywhere_when_somebody_who_never_paid_leaves(
    cloud: Cloud, alice: Phone, life: dict[str, str], stores: Stores
) -> None:
    needles = [life["user_id"], life["openid"], life["resume_id"], NICKNAME, PHONE, files.NAME, "面试"]
    before = stores.find(needles)

    answer = alice.call("DELETE", "/user/me")
    at_once = stores.find([life["openid"], life["resume_id"], NICKNAME, PHONE, files.NAME])
    gone = _last_round(cloud)

    assert answer.status == 204
    assert len(before) >= 15
    assert {place.split()[0] for place in before} == {"sql", "redis", "object"}
    assert at_once == []
    assert gone == 1
    assert stores.find(needles) == []
    assert stores.filled() == NOBODYS
    assert cloud.keys == []


def test_sessions_die_at_once_when_their_user_leaves(cloud: Cloud, alice: Phone) -> None:
    other_device = cloud.member("alice")
    alice.call("DELETE", "/user/me")

    seen = [
        phone.call(method, path, content).refusal[:2]
        for phone in (alice, other_device)
        for method, path, content in (
            ("GET", "/user/me", None),
            ("GET", "/resume", None),
            ("GET", "/pay/orders", None),
            ("POST", "/resume/upload-url", {"filename": "a.pdf", "size": 9, "optimise": False}),
            ("POST", "/pay/prepay", {"product_id": "credits_10"}),
            ("GET", "/user/export", None),
            ("DELETE", "/user/me", None),
        )
    ]

    assert seen == [(401, "not_logged_in")] * 14


def test_login_makes_an_empty_account_without_a_gift_when_somebody_comes_back(
    cloud: Cloud, alice: Phone, life: dict[str, str]
) -> None:
    alice.call("DELETE", "/user/me")

    again = alice.log_in()["user"]

    assert again["id"] != life["user_id"]
    assert (again["nickname"], again["avatar_url"], again["phone"]) == (None, None, None)
    assert (again["credits"], again["credits_held"]) == (0, 0)
    assert alice.call("GET", "/resume").json == {"resumes": []}
    assert _last_round(cloud) == 1
    assert alice.call("GET", "/user/me").json["id"] == again["id"]


def test_orders_and_the_ledger_stay_without_a_name_when_somebody_who_paid_leaves(
    cloud: Cloud, alice: Phone, life: dict[str, str], stores: Stores
) -> None:
    alice.pay(alice.open_order())
    alice.open_order("credits_50")
    cloud.tick("reconcile")
    alice.call("DELETE", "/user/me")

    for _ in range(40):
        cloud.pass_time(hours=12)
        cloud.tick("reconcile")
    cloud.tick("sweep")

    tables = stores.tables()
    (order,) = tables["orders"]
    assert stores.find([life["openid"], life["resume_id"], NICKNAME, PHONE, files.NAME]) == []
    assert stores.filled() <= KEPT | NOBODYS | {"idempotency_keys"}
    assert [row["user_id"] for row in tables["idempotency_keys"] if row["user_id"]] == []
    assert (order["state"], order["amount_fen"], order["openid"]) == ("granted", 990, f"erased/{life['user_id']}")
    assert {row["reason"] for row in tables["credit_ledger"]} == {"welcome", "capture", "purchase"}
    assert cloud.keys == []


@pytest.mark.parametrize("store", ["redis", "bucket"])
def test_account_is_gone_at_once_and_the_rest_follows_when_a_store_is_down(
    cloud: Cloud,
    alice: Phone,
    life: dict[str, str],
    stores: Stores,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    store: str,
) -> None:
    cloud.platform.restart()
    capsys.readouterr()
    with monkeypatch.context() as outage:
        if store == "redis":
            outage.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        else:
            cloud.fault("cos", "*", kind="status", status=503, times=3)
        answer = alice.call("DELETE", "/user/me")
    cloud.platform.restart()
    refused = alice.call("GET", "/user/me").refusal[:2]

    gone = [_last_round(cloud) for _ in range(2)]

    written = capsys.readouterr().out
    assert (answer.status, refused) == (204, (401, "not_logged_in"))
    assert sum(gone) == 1
    assert f'"user": "{pseudonym(life["user_id"])}"' in written
    assert not [value for value in life.values() if value in written]
    assert stores.find([*life.values(), NICKNAME, PHONE]) == []
    assert cloud.keys == []


def test_nobody_leaves_by_halves_when_the_database_is_down(
    cloud: Cloud, alice: Phone, down: Callable[[str], None]
) -> None:
    cloud.platform.restart()
    down("database")

    answer = alice.call("DELETE", "/user/me")

    assert answer.refusal[:2] == (503, "store_unavailable")


def test_export_tells_all_that_is_held_when_somebody_asks(cloud: Cloud, alice: Phone, life: dict[str, str]) -> None:
    alice.pay(alice.open_order())

    answer = alice.call("GET", "/user/export")
    told = cloud.fetch(answer.headers["location"])

    content = json.loads(told.content)
    (resume,) = content["resumes"]
    assert answer.status == 302
    assert (content["account"]["nickname"], content["contacts"][0]["phone"]) == (NICKNAME, f"+86{PHONE}")
    assert content["account"]["openid"] == life["openid"]
    assert [order["state"] for order in content["orders"]] == ["granted"]
    assert {entry["reason"] for entry in content["ledger"]} == {"welcome", "capture", "purchase"}
    assert [turn["message"] for turn in content["turns"]] == [QUESTION]
    assert len(content["messages"]) == 1
    assert resume["json_resume"]["basics"]["name"] == files.NAME
    assert {file["key"].split("/")[0] for file in content["files"]} == {
        *("uploads", "parsed", "optimised", "rendered", "avatars")
    }
    assert all(cloud.fetch(file["url"]).status_code == 200 for file in content["files"])
    for inner in ("session_key", "lease_until", "prepay_id", "x_cn"):
        assert inner not in told.text


def test_export_is_about_nobody_else_when_others_are_here(cloud: Cloud, alice: Phone, life: dict[str, str]) -> None:
    bob = cloud.member("bob")

    told = cloud.fetch(bob.call("GET", "/user/export").headers["location"]).text

    assert json.loads(told)["account"]
    assert not [value for value in (*life.values(), NICKNAME, PHONE, files.NAME) if value in told]


def test_export_file_goes_when_a_newer_one_comes_and_when_its_link_has_ended(cloud: Cloud, alice: Phone) -> None:
    for _ in range(2):
        alice.call("GET", "/user/export")
    kept = [key for key in cloud.keys if key.startswith("exports/")]
    early = cloud.tick("sweep")["exports_purged"]
    cloud.pass_time(minutes=61)

    late = cloud.tick("sweep")["exports_purged"]

    assert len(kept) == 1
    assert (early, late) == (0, 1)
    assert cloud.keys == []


def test_exports_are_refused_when_there_are_too_many(cloud: Cloud, alice: Phone) -> None:
    assert [alice.call("GET", "/user/export").status for _ in range(4)] == [302, 302, 302, 429]
