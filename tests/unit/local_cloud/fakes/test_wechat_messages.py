"""Subscription messages: one acceptance is one message, and every value has to fit its keyword."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from scripts.local_cloud.fakes.wechat.messages import READY_TEMPLATE

KEYWORDS = {"thing1": {"value": "林小满的简历"}, "time2": {"value": "2026年11月22日 21:45"}}


@pytest.fixture
def openid(wechat_client: httpx.Client) -> str:
    """Of a user who accepted exactly one message."""
    accepted: str = wechat_client.post("/__fake__/accept", json={"user": "alice"}).json()["openid"]
    return accepted


def send(client: httpx.Client, token: str, openid: str, **change: Any) -> dict[str, Any]:
    message = {"touser": openid, "template_id": READY_TEMPLATE, "data": KEYWORDS, "page": "pages/resume/index?id=7"}
    reply = client.post("/cgi-bin/message/subscribe/send", params={"access_token": token}, json={**message, **change})
    answer: dict[str, Any] = reply.json()
    return answer


def test_message_is_delivered_when_the_user_accepted(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    answer = send(wechat_client, access_token, openid)

    delivered = wechat_client.get("/__fake__/state").json()["messages"]
    assert (answer["errcode"], answer["errmsg"]) == (0, "ok")
    assert len(delivered) == 1
    assert (delivered[0]["touser"], delivered[0]["template_id"]) == (openid, READY_TEMPLATE)
    assert (delivered[0]["page"], delivered[0]["data"]) == ("pages/resume/index?id=7", KEYWORDS)


def test_message_is_refused_with_43101_when_the_acceptance_is_used_up(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    codes = [send(wechat_client, access_token, openid)["errcode"] for _ in range(2)]

    assert codes == [0, 43101]


def test_message_is_refused_with_43101_when_another_template_was_accepted(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    wechat_client.post("/__fake__/template", json={"template_id": "other", "keywords": None})

    refused = send(wechat_client, access_token, openid, template_id="other")

    assert refused["errcode"] == 43101


def test_acceptance_survives_when_the_message_was_refused_for_its_values(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    refused = send(wechat_client, access_token, openid, data={"thing1": {"value": ""}})

    assert refused["errcode"] == 47003
    assert send(wechat_client, access_token, openid)["errcode"] == 0


@pytest.mark.parametrize(
    ("change", "errcode"),
    [
        ({"touser": "o-nobody"}, 40003),
        ({"touser": None}, 40003),
        ({"template_id": "unknown"}, 40037),
        ({"page": "https://example.com/"}, 41030),
        ({"miniprogram_state": "production"}, 47001),
        ({"lang": "fr_FR"}, 47001),
        ({"data": {}}, 47003),
        ({"data": {"thing1": {"value": "代开发票"}}}, 45168),
    ],
)
def test_message_is_refused_when_a_field_is_wrong(
    wechat_client: httpx.Client, access_token: str, openid: str, change: dict[str, Any], errcode: int
) -> None:
    refused = send(wechat_client, access_token, openid, **change)

    assert refused["errcode"] == errcode
    assert wechat_client.get("/__fake__/state").json()["messages"] == []


def test_message_is_refused_with_41030_when_the_page_is_not_released(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    wechat_client.post("/__fake__/pages", json={"pages": ["pages/index/index"]})

    refused = send(wechat_client, access_token, openid)
    delivered = send(wechat_client, access_token, openid, page="pages/index/index?from=message")

    assert (refused["errcode"], delivered["errcode"]) == (41030, 0)


def test_message_is_refused_with_47003_when_a_keyword_of_the_template_is_missing(
    wechat_client: httpx.Client, access_token: str, openid: str
) -> None:
    wechat_client.post("/__fake__/template", json={"template_id": READY_TEMPLATE, "keywords": ["thing1", "phrase3"]})

    refused = send(wechat_client, access_token, openid)

    assert refused["errcode"] == 47003
    assert refused["errmsg"].startswith("argument invalid! data.phrase3.value is emtpy rid: ")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", "一" * 20),
        ("number1", "-12.5"),
        ("letter1", "Abc"),
        ("symbol1", "★!"),
        ("character_string1", "RB-2026/07"),
        ("time1", "21:45"),
        ("time1", "2026-11-22 21:45:09 ~ 22:00"),
        ("date1", "2026年11月22日"),
        ("date1", "2026/11/22 08:30 ~ 2026.11.23"),
        ("amount1", "¥9.90"),
        ("amount1", "9.9元"),
        ("phone_number1", "+86-138001380"),
        ("car_number1", "粤B12345"),
        ("name1", "欧阳小满"),
        ("name1", "Lin Xiaoman"),
        ("phrase1", "已完成"),
        ("enum1", "完成"),
    ],
)
def test_value_is_delivered_when_it_fits_its_keyword(
    wechat_client: httpx.Client, access_token: str, openid: str, key: str, value: str
) -> None:
    answer = send(wechat_client, access_token, openid, data={key: {"value": value}})

    assert answer["errcode"] == 0


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("thing1", "一" * 21),
        ("thing1", "两\n行"),
        ("thing1", 5),
        ("number1", "1" * 33),
        ("number1", "十二"),
        ("letter1", "字"),
        ("symbol1", "!!!!!!"),
        ("character_string1", "中文"),
        ("time1", "24:00"),
        ("time1", "now"),
        ("date1", "2026-13-01"),
        ("date1", "2026-11/22"),
        ("amount1", "99999999999"),
        ("phone_number1", "1" * 18),
        ("car_number1", "粤B12345678"),
        ("name1", "一" * 11),
        ("name1", "a" * 21),
        ("phrase1", "completed"),
        ("phrase1", "一二三四五六"),
        ("mystery1", "x"),
        ("thing", "没有编号"),
    ],
)
def test_value_is_refused_with_47003_when_it_does_not_fit_its_keyword(
    wechat_client: httpx.Client, access_token: str, openid: str, key: str, value: object
) -> None:
    refused = send(wechat_client, access_token, openid, data={key: {"value": value}})

    assert refused["errcode"] == 47003
    assert f"data.{key}.value invalid" in refused["errmsg"]
