"""The fakes of the boards refuse what a board would refuse, and their market is the same every time."""

import hashlib
import hmac
import json

import pytest
from werkzeug.test import Client

from scripts.local_cloud.fakes.boss import BossFake
from scripts.local_cloud.fakes.boss.app import API_KEY, SIGNING_SECRET
from scripts.local_cloud.fakes.job_market import openings
from scripts.local_cloud.fakes.zhaopin import ZhaopinFake
from scripts.local_cloud.fakes.zhaopin.app import CLIENT_ID, CLIENT_SECRET


def test_market_is_large_and_the_same_every_time():
    first = openings()

    openings.cache_clear()

    assert openings() == first
    assert len(first) == 360
    assert len({opening.number for opening in first}) == 360


@pytest.fixture
def zhaopin():
    return Client(ZhaopinFake())


@pytest.fixture
def boss():
    return Client(BossFake())


def token(client, **changed):
    form = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, **changed}
    return client.post("/oauth2/token", data=form)


@pytest.mark.parametrize(
    ("changed", "status", "error"),
    [
        ({"client_secret": "x"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "all"}, 400, "invalid_scope"),
    ],
)
def test_token_is_refused_as_the_rfc_says(zhaopin, changed, status, error):
    reply = token(zhaopin, **changed)

    assert (reply.status_code, reply.json["error"]) == (status, error)


def test_token_ends(zhaopin):
    header = {"Authorization": f"Bearer {token(zhaopin).json['access_token']}"}
    assert zhaopin.get("/v1/positions/search", headers=header).status_code == 200

    zhaopin.post("/__fake__/clock", json={"offset_s": 7201})

    assert zhaopin.get("/v1/positions/search", headers=header).status_code == 401


def test_page_mixes_in_an_advert_and_names_recruiters(zhaopin):
    header = {"Authorization": f"Bearer {token(zhaopin).json['access_token']}"}

    listed = zhaopin.get("/v1/positions/search?pageSize=10", headers=header).json["data"]["list"]

    assert len(listed) == 11
    assert sum("name" not in record for record in listed) == 1
    assert all(record["staffCard"]["mobile"].startswith("199") for record in listed if "name" in record)


def signed(fake_now, *, body=b"{}", path="/openapi/v1/job/search", nonce="n" * 20, **changed):
    timestamp = str(int(fake_now))
    text = "\n".join(("POST", path, "", timestamp, nonce, hashlib.sha256(body).hexdigest()))
    sign = hmac.new(SIGNING_SECRET.encode(), text.encode(), "sha256").hexdigest()
    return {"X-Api-Key": API_KEY, "X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": sign, **changed}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"X-Api-Key": "other"}, "unknown key"),
        ({"X-Timestamp": "1"}, "timestamp out of range"),
        ({"X-Timestamp": "x"}, "timestamp out of range"),
        ({"X-Nonce": "short"}, "nonce missing or used"),
        ({"X-Signature": "0" * 64}, "signature does not match"),
    ],
)
def test_signature_is_checked(boss, changed, reason):
    headers = signed(boss.application.clock.now(), **changed)

    reply = boss.post("/openapi/v1/job/search", data=b"{}", headers=headers)

    assert (reply.status_code, reply.json["code"], reply.json["message"]) == (200, 121, reason)


def test_signature_covers_the_body(boss):
    headers = signed(boss.application.clock.now())

    assert boss.post("/openapi/v1/job/search", data=b'{"page":2}', headers=headers).json["code"] == 121


def test_nonce_is_good_once(boss):
    headers = signed(boss.application.clock.now())

    codes = [boss.post("/openapi/v1/job/search", data=b"{}", headers=headers).json["code"] for _ in range(2)]

    assert codes == [0, 121]


@pytest.mark.parametrize("asked", [{"page": 0}, {"pageSize": 31}, {"page": "1"}])
def test_page_that_is_none_is_refused(boss, asked):
    body = json.dumps(asked).encode()

    reply = boss.post("/openapi/v1/job/search", data=body, headers=signed(boss.application.clock.now(), body=body))

    assert reply.json["code"] == 2
