"""functions/share: share a resume, open it, see who came, take it back; nothing private in it, nothing unchecked on it."""

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from tests.functional import files
from tests.functional.cloud import Cloud
from tests.functional.phone import Phone
from tests.functional.scf import Answer

RISKY = '{"errcode": 0, "errmsg": "ok", "result": {"suggest": "risky", "label": 20006}}'
REVIEW = '{"errcode": 0, "errmsg": "ok", "result": {"suggest": "review", "label": 10001}}'
PHOTO = b"\xff\xd8\xff a portrait"


def share(phone: Phone, resume_id: str, **options: Any) -> dict[str, Any]:
    answer = phone.call("POST", "/share", {"resume_id": resume_id, **options})
    assert answer.status == 201
    return dict(answer.json)


def opened(cloud: Cloud, token: str, *, by: Phone | None = None, ip: str = "198.51.100.1") -> Answer:
    return cloud.call("share", "GET", f"/share/{token}", token=by and by.token, ip=ip)


def mine(phone: Phone) -> list[dict[str, Any]]:
    return list(phone.call("GET", "/share").json["shares"])


@pytest.fixture
def with_photo(cloud: Cloud, ready: str) -> str:
    """A finished resume whose document had a portrait. WeChat answers about it when a test says so."""
    (key,) = [key for key in cloud.keys if key.startswith("parsed/") and key.endswith("/r1.json")]
    cloud.put(key.replace(".json", ".jpg"), PHOTO)
    cloud.control("wechat", "media", {"delay_s": None})
    return ready


def told(cloud: Cloud) -> list[int]:
    """WeChat says what it thinks of the pictures."""
    return [sent["status"] for sent in cloud.control("wechat", "media_due", {})["notifications"]]


def test_anybody_reads_the_page_when_they_have_the_link(cloud: Cloud, alice: Phone, ready: str) -> None:
    made = share(alice, ready)

    answer = opened(cloud, made["token"])

    page = answer.json["page"]
    assert answer.status == 200
    assert made["state"] == "shown"
    assert page["basics"]["name"] == "林**"
    assert page["work"][0]["name"] == files.EMPLOYER
    assert page["education"][0]["institution"] == files.SCHOOL


def test_page_holds_nothing_private(cloud: Cloud, alice: Phone, ready: str) -> None:
    made = share(alice, ready)

    answer = opened(cloud, made["token"])

    text = answer.content.decode()
    assert answer.status == 200
    assert [secret for secret in (files.NAME, files.PHONE, files.EMAIL, "晓雯", alice.user) if secret in text] == []


def test_token_cannot_be_guessed_and_is_not_readable_in_the_database(cloud: Cloud, alice: Phone, ready: str) -> None:
    tokens = [share(alice, ready)["token"] for _ in range(3)]

    with closing(sqlite3.connect(cloud.database_file)) as database:
        stored = repr(database.execute("SELECT * FROM shares").fetchall())
    assert len(set(tokens)) == 3
    assert all(re.fullmatch(r"[\w-]{27}", token) for token in tokens)
    assert [token for token in tokens if token in stored] == []


def test_card_is_what_the_mini_program_passes_on(cloud: Cloud, alice: Phone, ready: str) -> None:
    made = share(alice, ready)

    card = made["card"]
    picture = cloud.fetch(card["message"]["imageUrl"])
    lasting = cloud.call("share", "GET", "/share/card.png")
    assert card["message"]["path"] == f"/pages/share/share?token={made['token']}"
    assert card["message"]["title"].startswith("林**的简历")
    assert card["open_graph"]["og:image"] == f"{cloud.settings['APP_BASE_URL']}/share/card.png"
    assert cloud.fetch(lasting.headers["location"]).content == picture.content
    assert card["timeline"]["query"] == f"token={made['token']}"
    assert card["open_graph"]["og:type"] == "profile"
    assert picture.content.startswith(b"\x89PNG")
    assert int.from_bytes(picture.content[16:20], "big") * 4 == int.from_bytes(picture.content[20:24], "big") * 5


def test_share_is_gone_and_its_files_with_it_when_it_was_withdrawn(cloud: Cloud, alice: Phone, ready: str) -> None:
    token = share(alice, ready)["token"]
    alice.call("GET", f"/share/{token}/code")

    withdrawn = [alice.call("DELETE", f"/share/{token}").status for _ in range(2)]

    gone = opened(cloud, token)
    assert withdrawn == [204, 204]
    assert gone.refusal == (410, "share_gone", "这份分享已过期或已被收回")
    assert gone.details == {"reason": "withdrawn"}
    assert [key for key in cloud.keys if key.startswith("shared/u_")] == []
    assert mine(alice) == []


def test_share_is_gone_when_its_days_are_over(cloud: Cloud, alice: Phone, ready: str) -> None:
    token = share(alice, ready, days=1)["token"]
    cloud.pass_time(days=1, seconds=1)

    answer = opened(cloud, token)

    assert answer.refusal[:2] == (410, "share_gone")
    assert answer.details == {"reason": "expired"}


def test_share_was_never_there_when_its_resume_is_deleted(cloud: Cloud, alice: Phone, ready: str) -> None:
    token = share(alice, ready)["token"]

    alice.call("DELETE", f"/resume/{ready}")

    assert opened(cloud, token).refusal[:2] == (404, "not_found")
    assert [key for key in cloud.keys if key.startswith("shared/u_")] == []


@pytest.mark.parametrize("token", ["x", "A" * 27, "..%2f..", "%00", "' OR 1=1 --"])
def test_nothing_is_found_when_the_token_is_made_up(cloud: Cloud, alice: Phone, ready: str, token: str) -> None:
    share(alice, ready)

    assert opened(cloud, token).status in (400, 404)


def test_share_of_somebody_else_can_be_read_and_nothing_more(cloud: Cloud, alice: Phone, ready: str) -> None:
    token, bob = share(alice, ready)["token"], cloud.member("bob")

    refusals = [bob.call("DELETE", f"/share/{token}").status, bob.call("GET", f"/share/{token}/code").status]

    assert refusals == [404, 404]
    assert bob.call("POST", "/share", {"resume_id": ready}).refusal[:2] == (404, "not_found")
    assert opened(cloud, token, by=bob).json["is_mine"] is False
    assert mine(bob) == []


def test_visitors_are_counted_once_a_day_and_the_owner_never(cloud: Cloud, alice: Phone, ready: str) -> None:
    token, bob = share(alice, ready)["token"], cloud.member("bob")
    for _ in range(2):
        opened(cloud, token, by=alice)
        opened(cloud, token, by=bob)
        opened(cloud, token, ip="198.51.100.1")
        opened(cloud, token, ip="198.51.100.2")

    (first,) = mine(alice)
    cloud.pass_time(days=1)
    opened(cloud, token, ip="198.51.100.1")

    assert first["views"] == 3
    assert mine(alice)[0]["views"] == 4


def test_page_is_shown_and_nothing_counted_when_redis_is_down(
    cloud: Cloud, alice: Phone, ready: str, down: Any
) -> None:
    token = share(alice, ready)["token"]
    down("redis")
    cloud.platform.restart()

    assert opened(cloud, token).status == 200
    assert mine(alice)[0]["views"] == 0


@pytest.mark.parametrize("body", [RISKY, REVIEW])
def test_share_is_refused_and_nothing_stored_when_its_text_is_not_fit_to_be_shown(
    cloud: Cloud, alice: Phone, ready: str, body: str
) -> None:
    cloud.fault("wechat", "msg_sec_check", kind="status", status=200, body=body)

    answer = alice.call("POST", "/share", {"resume_id": ready})

    assert answer.refusal == (422, "content_refused", "内容未通过安全审核，请修改后重试")
    assert mine(alice) == []
    assert [key for key in cloud.keys if key.startswith("shared/u_")] == []


def test_share_waits_and_appears_by_itself_when_nobody_could_check_it(cloud: Cloud, alice: Phone, ready: str) -> None:
    cloud.fault("wechat", "msg_sec_check", kind="status", status=503, times=2)
    made = share(alice, ready)
    early, by_owner = opened(cloud, made["token"]), opened(cloud, made["token"], by=alice)

    cloud.pass_time(minutes=11)
    counts = cloud.tick("sweep")

    assert made["state"] == "held"
    assert early.refusal == (409, "share_not_ready", "这份分享正在审核，请稍后再看")
    assert by_owner.status == 200
    assert counts["checked"] == 1
    assert opened(cloud, made["token"]).status == 200


def test_share_that_waited_is_gone_when_its_text_turns_out_to_be_risky(cloud: Cloud, alice: Phone, ready: str) -> None:
    cloud.fault("wechat", "msg_sec_check", kind="status", status=503, times=2)
    token = share(alice, ready)["token"]
    cloud.fault("wechat", "msg_sec_check", kind="status", status=200, body=RISKY)
    cloud.pass_time(minutes=11)

    cloud.tick("sweep")

    assert opened(cloud, token).details == {"reason": "refused"}
    assert [key for key in cloud.keys if key.startswith("shared/u_")] == []


def test_share_is_given_up_when_nobody_could_check_it_for_a_day(cloud: Cloud, alice: Phone, ready: str) -> None:
    cloud.fault("wechat", "msg_sec_check", kind="status", status=503, times=2)
    token = share(alice, ready)["token"]
    cloud.pass_time(hours=3)  # by now WeChat does not check texts of alice any more (61010)
    cloud.tick("sweep")
    waits = opened(cloud, token).status
    cloud.pass_time(hours=22)

    cloud.tick("sweep")

    assert waits == 409
    assert opened(cloud, token).status == 410


def test_photo_is_shown_when_it_was_checked(cloud: Cloud, alice: Phone, with_photo: str) -> None:
    made = share(alice, with_photo, photo=True)
    early = opened(cloud, made["token"]).json["photo"]

    statuses = told(cloud)

    link = opened(cloud, made["token"]).json["photo"]
    assert (made["photo"], early, statuses) == ("waiting", None, [200])
    assert cloud.fetch(link).content == PHOTO
    assert mine(alice)[0]["photo"] == "passed"


@pytest.mark.parametrize("suggest", ["risky", "review"])
def test_photo_is_hidden_when_it_is_found_risky(cloud: Cloud, alice: Phone, with_photo: str, suggest: str) -> None:
    cloud.control("wechat", "media", {"suggest": suggest})
    token = share(alice, with_photo, photo=True)["token"]
    told(cloud)

    answer = opened(cloud, token)

    assert (answer.status, answer.json["photo"]) == (200, None)
    assert mine(alice)[0]["photo"] == "refused"


@pytest.mark.parametrize("xml", [False, True])
def test_photo_is_judged_whichever_form_the_answer_has(
    cloud: Cloud, alice: Phone, with_photo: str, monkeypatch: pytest.MonkeyPatch, xml: bool
) -> None:
    monkeypatch.setenv("WECHAT_PUSH_AES_KEY", "")
    cloud.control("wechat", "push_form", {"secure": False, "xml": xml})
    token = share(alice, with_photo, photo=True)["token"]

    told(cloud)

    assert opened(cloud, token).json["photo"] is not None


def test_photo_is_shown_when_the_answer_came_before_our_question_was_written_down(
    cloud: Cloud, alice: Phone, with_photo: str
) -> None:
    cloud.control("wechat", "media", {"early": True})

    made = share(alice, with_photo, photo=True)

    assert made["photo"] == "passed"


def test_photo_is_asked_about_once_more_and_then_left_out_when_no_answer_comes(
    cloud: Cloud, alice: Phone, with_photo: str
) -> None:
    cloud.control("wechat", "media", {"lost": 2})
    share(alice, with_photo, photo=True)
    for _ in range(3):
        cloud.pass_time(minutes=41)
        cloud.control("wechat", "open", {"user": alice.user})
        cloud.tick("sweep")

    assert len(cloud.requests("wechat", "media_check_async")) == 2
    assert mine(alice)[0]["photo"] == "unanswered"


def test_photo_is_asked_about_by_sweep_when_wechat_was_down(cloud: Cloud, alice: Phone, with_photo: str) -> None:
    cloud.fault("wechat", "media_check_async", kind="status", status=503, times=2)
    made = share(alice, with_photo, photo=True)
    cloud.pass_time(minutes=11)
    cloud.control("cos", "clock", {"offset_s": 660})
    cloud.tick("sweep")
    cloud.control("cos", "clock", {"offset_s": 0})

    told(cloud)

    assert made["photo"] == "waiting"
    assert mine(alice)[0]["photo"] == "passed"


def test_photo_is_fetched_by_wechat_through_a_link_that_needs_nothing_else(
    cloud: Cloud, alice: Phone, with_photo: str
) -> None:
    share(alice, with_photo, photo=True)

    (asked,) = cloud.control("wechat", "state")["pictures"]["asked"]

    assert (asked["fetched_bytes"], asked["scene"]) == (len(PHOTO), 4)


def test_photo_stays_out_when_nobody_asked_for_it(cloud: Cloud, alice: Phone, with_photo: str) -> None:
    made = share(alice, with_photo)

    assert made["photo"] is None
    assert opened(cloud, made["token"]).json["photo"] is None
    assert cloud.requests("wechat", "media_check_async") == []


def test_code_is_drawn_once_and_leads_to_the_share(cloud: Cloud, alice: Phone, ready: str) -> None:
    token = share(alice, ready)["token"]

    answers = [alice.call("GET", f"/share/{token}/code") for _ in range(2)]

    drawn = cloud.requests("wechat", "getwxacodeunlimit")
    wanted = json.loads(drawn[0]["body"])
    assert [answer.status for answer in answers] == [302, 302]
    assert cloud.fetch(answers[1].headers["location"]).content.startswith(b"\x89PNG")
    assert len(drawn) == 1
    assert (wanted["scene"], wanted["page"]) == (token, "pages/share/share")


@pytest.mark.parametrize(("errcode", "code"), [(41030, "vendor_rejected"), (45009, "vendor_quota_exhausted")])
def test_code_is_refused_and_nothing_kept_when_wechat_refuses_to_draw_it(
    cloud: Cloud, alice: Phone, ready: str, errcode: int, code: str
) -> None:
    token = share(alice, ready)["token"]
    cloud.fault("wechat", "getwxacodeunlimit", kind="errcode", errcode=errcode)

    refused = alice.call("GET", f"/share/{token}/code")

    assert refused.refusal[1] == code
    assert alice.call("GET", f"/share/{token}/code").status == 302


def test_share_keeps_showing_what_was_shared_when_the_resume_changes(cloud: Cloud, alice: Phone, ready: str) -> None:
    token = share(alice, ready)["token"]
    before = opened(cloud, token).json["page"]
    changed = alice.resume(ready)["optimised"]
    changed["work"][0]["highlights"] = ["另一句话"]

    alice.call("PUT", f"/resume/{ready}", changed)

    assert opened(cloud, token).json["page"] == before


def test_share_waits_for_a_resume_that_is_not_ready(cloud: Cloud, alice: Phone) -> None:
    resume_id = alice.upload(files.docx())

    assert alice.call("POST", "/share", {"resume_id": resume_id}).refusal[:2] == (409, "resume_not_ready")


def test_shares_are_limited_by_the_hour(
    cloud: Cloud, alice: Phone, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIMITS_SHARES_PER_HOUR", "1")
    share(alice, ready)

    assert alice.call("POST", "/share", {"resume_id": ready}).refusal[:2] == (429, "too_many_requests")


def test_one_address_cannot_open_shares_without_end(cloud: Cloud, alice: Phone, ready: str) -> None:
    token = share(alice, ready)["token"]

    statuses = [opened(cloud, token).status for _ in range(61)]

    assert statuses == [200] * 60 + [429]


def test_share_is_made_once_when_the_request_is_repeated(cloud: Cloud, alice: Phone, ready: str) -> None:
    first, second = (alice.call("POST", "/share", {"resume_id": ready}, key="k1").json for _ in range(2))

    assert first["token"] == second["token"]
    assert len(mine(alice)) == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"days": 0}, "days"), ({"days": 91}, "days"), ({"name": "x"}, "name"), ({"photo": 1}, "photo")],
)
def test_share_is_refused_when_a_wish_makes_no_sense(
    cloud: Cloud, alice: Phone, ready: str, fields: dict[str, Any], field: str
) -> None:
    answer = alice.call("POST", "/share", {"resume_id": ready, **fields})

    assert answer.refusal[:2] == (422, "invalid_field")
    assert answer.details["field"] == field


def test_token_of_a_share_is_not_in_the_log(
    cloud: Cloud, alice: Phone, ready: str, capfd: pytest.CaptureFixture[str]
) -> None:
    token = share(alice, ready)["token"]
    opened(cloud, token)
    alice.call("GET", f"/share/{token}/code")
    alice.call("DELETE", f"/share/{token}")

    written = capfd.readouterr()

    assert '"path": "/share/***"' in written.out
    assert token not in written.out + written.err
