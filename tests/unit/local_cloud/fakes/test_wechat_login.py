"""jscode2session: codes that work once, and everything WeChat refuses."""

from __future__ import annotations

import base64

import httpx
import pytest

from scripts.local_cloud.fakes.wechat import WeChatFake


@pytest.fixture
def account(wechat: WeChatFake) -> dict[str, str]:
    return {"appid": wechat.appid, "secret": wechat.secret, "grant_type": "authorization_code"}


def code_for(client: httpx.Client, user: str = "alice") -> str:
    code: str = client.post("/__fake__/login_code", json={"user": user}).json()["code"]
    return code


def exchange(client: httpx.Client, account: dict[str, str], code: str) -> httpx.Response:
    return client.get("/sns/jscode2session", params={**account, "js_code": code})


def test_login_gives_openid_and_session_key_as_plain_text_when_the_code_is_fresh(
    wechat_client: httpx.Client, account: dict[str, str]
) -> None:
    reply = exchange(wechat_client, account, code_for(wechat_client))

    session = reply.json()
    assert reply.headers["Content-Type"].startswith("text/plain")
    assert session.keys() == {"openid", "session_key"}
    assert len(session["openid"]) == 28
    assert len(base64.b64decode(session["session_key"])) == 16


def test_login_keeps_the_openid_and_changes_the_session_key_when_repeated(
    wechat_client: httpx.Client, account: dict[str, str]
) -> None:
    first, second = (exchange(wechat_client, account, code_for(wechat_client)).json() for _ in range(2))

    assert first["openid"] == second["openid"]
    assert first["session_key"] != second["session_key"]


def test_login_gives_the_same_openid_when_the_fake_was_restarted(wechat: WeChatFake) -> None:
    openid = WeChatFake().users.openid_of("alice")

    assert openid == wechat.users.openid_of("alice")
    assert openid != wechat.users.openid_of("bob")


def test_login_answers_40163_when_the_code_was_used(wechat_client: httpx.Client, account: dict[str, str]) -> None:
    code = code_for(wechat_client)
    exchange(wechat_client, account, code)

    reply = exchange(wechat_client, account, code)

    assert (reply.status_code, reply.json()["errcode"]) == (200, 40163)


def test_login_answers_40029_with_a_rid_when_the_code_is_unknown(
    wechat_client: httpx.Client, account: dict[str, str]
) -> None:
    refusal = exchange(wechat_client, account, "made-up").json()

    assert refusal["errcode"] == 40029
    text, _, rid = refusal["errmsg"].partition(" rid: ")
    assert text == "invalid code,"
    assert [len(group) for group in rid.split("-")] == [8, 8, 8]


def test_login_answers_40029_when_the_code_is_older_than_five_minutes(
    wechat_client: httpx.Client, wechat: WeChatFake, account: dict[str, str]
) -> None:
    code = code_for(wechat_client)
    wechat.clock.shift(301)

    reply = exchange(wechat_client, account, code)

    assert reply.json()["errcode"] == 40029


def test_login_answers_45011_when_one_user_comes_too_often_in_a_minute(
    wechat_client: httpx.Client, account: dict[str, str], wechat: WeChatFake
) -> None:
    wechat_client.post("/__fake__/limits", json={"login_per_minute": 1})
    exchange(wechat_client, account, code_for(wechat_client))
    code = code_for(wechat_client)

    limited = exchange(wechat_client, account, code).json()
    other_user = exchange(wechat_client, account, code_for(wechat_client, "bob")).json()
    wechat.clock.shift(60)
    later = exchange(wechat_client, account, code).json()

    assert limited["errcode"] == 45011
    assert "errcode" not in other_user
    assert "errcode" not in later


def test_login_answers_41002_when_the_parameters_are_posted(
    wechat_client: httpx.Client, account: dict[str, str]
) -> None:
    reply = wechat_client.post("/sns/jscode2session", data={**account, "js_code": code_for(wechat_client)})

    assert reply.json()["errcode"] == 41002


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"appid": ""}, 41002),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": ""}, 41004),
        ({"secret": "0" * 32}, 40125),
        ({"grant_type": "client_credential"}, 40002),
        ({"js_code": ""}, 41008),
    ],
)
def test_login_is_refused_when_a_parameter_is_missing_or_wrong(
    wechat_client: httpx.Client, account: dict[str, str], change: dict[str, str], errcode: int
) -> None:
    parameters = {**account, "js_code": code_for(wechat_client), **change}

    reply = wechat_client.get("/sns/jscode2session", params=parameters)

    assert reply.json()["errcode"] == errcode


def test_login_answers_the_planned_errcode_before_spending_the_code_when_a_fault_says_so(
    wechat_client: httpx.Client, account: dict[str, str]
) -> None:
    wechat_client.post("/__fake__/faults", json={"operation": "jscode2session", "kind": "errcode", "errcode": -1})
    code = code_for(wechat_client)

    faulty, repeated = (exchange(wechat_client, account, code).json() for _ in range(2))

    assert faulty["errcode"] == -1
    assert "openid" in repeated


def test_login_has_spent_the_code_when_the_fault_strikes_afterwards(
    wechat_client: httpx.Client, account: dict[str, str]
) -> None:
    fault = {"operation": "jscode2session", "kind": "errcode", "errcode": -1, "when": "after"}
    wechat_client.post("/__fake__/faults", json=fault)
    code = code_for(wechat_client)

    faulty, repeated = (exchange(wechat_client, account, code).json() for _ in range(2))

    assert faulty["errcode"] == -1
    assert repeated["errcode"] == 40163


def test_login_leaves_no_secret_in_log_and_state_when_it_succeeds(
    wechat_client: httpx.Client, account: dict[str, str], wechat: WeChatFake
) -> None:
    session = exchange(wechat_client, account, code_for(wechat_client)).json()

    shown = wechat_client.get("/__fake__/requests").text + wechat_client.get("/__fake__/state").text

    assert "/sns/jscode2session" in shown
    assert session["session_key"] not in shown
    assert wechat.secret not in shown


@pytest.mark.parametrize(("method", "path", "errcode"), [
    ("GET", "/sns/nothing", 40066),
    ("GET", "/cgi-bin/stable_token", 43002),
    ("POST", "/cgi-bin/token", 43001),
])  # fmt: skip
def test_wechat_answers_a_code_when_path_or_method_is_wrong(
    wechat_client: httpx.Client, method: str, path: str, errcode: int
) -> None:
    reply = wechat_client.request(method, path)

    assert (reply.status_code, reply.json()["errcode"]) == (200, errcode)


def test_environment_points_the_product_at_the_fake_when_given_a_url(wechat: WeChatFake) -> None:
    environment = wechat.environment("http://127.0.0.1:8101")

    assert environment["WECHAT_BASE_URL"] == "http://127.0.0.1:8101"
    assert (environment["WECHAT_APPID"], environment["WECHAT_SECRET"]) == (wechat.appid, wechat.secret)
    assert environment["WECHAT_TEMPLATE_READY"] in wechat.messages.templates
