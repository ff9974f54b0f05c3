"""Temporary keys for clients: asked of the STS fake, used on the COS fake, and good for one object only."""

import json
import logging
from urllib.parse import quote

import pytest

from common.errors import CredentialRejected, InternalError, VendorBusy, VendorReplyInvalid, VendorUnavailable
from common.http.tencent_cloud import Place, TencentKeys, ask, common_client
from common.vendors.cos import signature
from common.vendors.cos.federation import ERRORS, ClientKeys, error_of, upload_policy
from common.vendors.cos.models import CosCredentials
from common.vendors.cos.settings import CosSettings, StsSettings
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

KEY = "uploads/u_1/s_1/source.pdf"
TYPE = "application/pdf"


@pytest.fixture(scope="module")
def running_sts(served):
    return served(TencentCloudFake())


@pytest.fixture
def sts(running_sts, cos_server):
    running_sts.fake.reset()

    def admit(granted):
        cos_server.fake.admit_temporary_key(
            granted.secret_id, granted.secret_key, granted.token, granted.expires_at, granted.policy
        )

    running_sts.fake.sts.on_issue = admit
    return running_sts


@pytest.fixture
def client_keys(sts, settings, records, sleeps):
    given = sts.fake.environment(sts.url)
    own = {name.removeprefix("STS_").lower(): value for name, value in given.items() if name.startswith("STS_")}
    return ClientKeys(StsSettings(**own), settings, records.append, lambda: 30.0)


@pytest.fixture
def granted(client_keys, now):
    return client_keys.for_upload(KEY, max_bytes=100, now=now, lifetime_s=900)


@pytest.fixture
def send(granted, settings, phone, now):
    """A request signed with the temporary keys, as the client's SDK would send it."""

    def send(method, key=KEY, content=b"%PDF", *, query=None, token=None, **headers):
        keys = CosCredentials(granted.tmp_secret_id, granted.tmp_secret_key, granted.security_token)
        period = signature.key_time(now, 600)
        signed = {"host": settings.host}
        query = query or {}
        made = signature.sign_request(
            keys.secret_key, period, method=method, path=f"/{key}", query=query, headers=signed
        )
        authorization = "&".join(
            f"{name}={value}"
            for name, value in {
                "q-sign-algorithm": "sha1",
                "q-ak": keys.secret_id,
                "q-sign-time": period,
                "q-key-time": period,
                "q-header-list": "host",
                "q-url-param-list": ";".join(sorted(query)),
                "q-signature": made,
            }.items()
        )
        more = {"Host": settings.host, "Authorization": authorization, "Content-Type": TYPE}
        more["x-cos-security-token"] = keys.token if token is None else token
        url = f"{settings.endpoint}/{quote(key, safe='/-_.~')}"
        body = content if method in ("PUT", "POST") else None
        return phone.request(method, url, params=query, headers={**more, **headers}, content=body)

    return send


def test_one_object_is_written_with_the_keys(send, cos, granted):
    answer = send("PUT")

    assert answer.status_code == 200
    assert cos.read(KEY, max_bytes=10) == b"%PDF"
    assert (granted.bucket, granted.region, granted.key) == ("mojian-1250000000", "ap-guangzhou", KEY)
    assert granted.expires_at - granted.starts_at == 900


@pytest.mark.parametrize(
    "key",
    [
        "uploads/u_1/s_1/source.pdf.exe",
        "uploads/u_1/s_1/source",
        "uploads/u_1/s_1/source.pdf/../../../u_2/s_2/source.pdf",
        "uploads/u_1/s_1/../s_2/source.pdf",
        "uploads/u_2/s_2/source.pdf",
        "uploads/u_1/s_1/sourceXpdf",
        "Uploads/u_1/s_1/source.pdf",
        "uploads//u_1/s_1/source.pdf",
        "uploads/u_1/s_1/source.pdf\n",
        "rendered/u_1/s_1/1.pdf",
        "parsed/u_1/s_1/1.json",
        "x",
    ],
)
def test_no_other_object_is_written_with_the_keys(send, cos, key):
    answer = send("PUT", key)

    assert answer.status_code in (400, 403)
    assert list(cos.keys_under("")) == []


@pytest.mark.parametrize(
    ("method", "key", "query"),
    [
        ("GET", KEY, {}),
        ("HEAD", KEY, {}),
        ("DELETE", KEY, {}),
        ("GET", "", {}),
        ("GET", "", {"prefix": "uploads/"}),
        ("GET", "", {"acl": ""}),
    ],
)
def test_nothing_is_read_listed_or_deleted_with_the_keys(send, cos, method, key, query):
    cos.create(KEY, b"mine", media_type=TYPE)

    answer = send(method, key, query=query)

    assert answer.status_code == 403
    assert cos.read(KEY, max_bytes=10) == b"mine"


def test_nothing_is_copied_with_the_keys(send, cos, settings):
    cos.create("rendered/u_2/secret.pdf", b"theirs", media_type=TYPE)
    source = f"{settings.host}/rendered/u_2/secret.pdf"

    answer = send("PUT", content=b"", **{"x-cos-copy-source": source})

    assert answer.status_code == 403
    assert not cos.exists(KEY)


def test_larger_object_than_agreed_is_refused(send, cos):
    assert send("PUT", content=b"x" * 101).status_code == 403
    assert send("PUT", content=b"x" * 100).status_code == 200


def test_keys_are_worth_nothing_without_their_token_or_after_their_end(send, cos_server):
    without = send("PUT", token="")
    cos_server.control("clock", {"offset_s": 901})
    late = send("PUT")

    assert (without.status_code, late.status_code) == (403, 403)


def test_policy_names_one_object_and_two_actions():
    policy = json.loads(upload_policy(CosSettings(bucket="b-125", region="ap-x"), KEY, max_bytes=7))

    assert policy == {
        "version": "2.0",
        "statement": [
            {
                "effect": "allow",
                "action": ["name/cos:PutObject", "name/cos:PostObject"],
                "resource": [f"qcs::cos:ap-x:uid/125:b-125/{KEY}"],
                "condition": {"numeric_less_than_equal": {"cos:content-length": 7}},
            }
        ],
    }


@pytest.mark.parametrize(
    "key",
    ["*", "uploads/*", "uploads/?.pdf", "uploads/../x", "", "/x", "uploads/", "a b", "a${filename}", "名字.pdf", "a\n"],
)
def test_key_is_refused_when_a_policy_would_read_more_into_it(client_keys, sts, now, key):
    with pytest.raises(InternalError):
        client_keys.for_upload(key, max_bytes=1, now=now, lifetime_s=60)

    assert sts.operations() == []


def test_keys_never_live_longer_than_the_vendor_allows(client_keys, now):
    granted = client_keys.for_upload(KEY, max_bytes=1, now=now, lifetime_s=100_000)

    assert granted.expires_at - granted.starts_at <= 7200


@pytest.mark.parametrize(
    ("kind", "options", "error"),
    [
        ("status", {"status": 502}, VendorUnavailable),
        ("drop", {"when": "before"}, VendorUnavailable),
        ("malformed", {"body": "{}"}, VendorReplyInvalid),
        ("malformed", {"body": '{"Response": {"Credentials": {}}}'}, VendorReplyInvalid),
        ("code", {"code": "RequestLimitExceeded"}, VendorBusy),
        ("code", {"code": "UnauthorizedOperation"}, CredentialRejected),
        ("code", {"code": "AuthFailure.SignatureExpire"}, CredentialRejected),
    ],
)
def test_failure_is_one_of_ours(client_keys, sts, now, kind, options, error):
    sts.fault("GetFederationToken", kind, times=2, **options)

    with pytest.raises(error):
        client_keys.for_upload(KEY, max_bytes=1, now=now, lifetime_s=60)


def test_role_of_a_function_may_not_ask_for_keys(sts, settings, records, sleeps, now):
    """Which is why STS_SECRET_ID is a setting."""
    sts.fake.admit_temporary_key("AKIDtmp", "key", "token", sts.fake.clock.now() + 60)
    place = Place(common_client("sts", "2018-08-13"), sts.url, "ap-guangzhou")
    keys = TencentKeys("AKIDtmp", "key", "token")

    with pytest.raises(CredentialRejected):
        ask(place, keys, "GetFederationToken", {}, left_s=5, error_of=error_of)


def test_nothing_secret_is_logged_or_shown(client_keys, records, caplog, now):
    caplog.set_level(logging.DEBUG)

    granted = client_keys.for_upload(KEY, max_bytes=1, now=now, lifetime_s=60)

    told = caplog.text + repr(records) + repr(granted)
    assert granted.tmp_secret_key not in told
    assert granted.security_token not in told


def test_every_code_has_a_meaning():
    for code, meaning in ERRORS.items():
        assert isinstance(error_of(code, "", None), meaning.error)


def test_half_a_key_pair_is_refused():
    with pytest.raises(ValueError, match="go together"):
        StsSettings(secret_id="AKID")
