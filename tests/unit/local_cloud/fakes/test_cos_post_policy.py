"""POST Object against the COS fake: the only upload that wx.uploadFile can make."""

import base64
import hashlib
import hmac
import json
import time

import httpx
import pytest

from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.kit import serve

BUCKET = "mojian-1250000000"
HOST = f"{BUCKET}.cos.ap-guangzhou.myqcloud.com"
KEY = "uploads/1/2/source.pdf"
EXACT = {"key": KEY}
SIZES = ["content-length-range", 1, 10]


@pytest.fixture
def events():
    return []


@pytest.fixture
def fake(tmp_path, events):
    return CosFake(tmp_path, events.append)


@pytest.fixture
def url(fake):
    with serve(fake) as serving:
        yield serving.url


@pytest.fixture
def key(fake):
    return fake.permanent_key.secret_id, fake.permanent_key.secret_key


def hmac_hex(secret, message):
    return hmac.new(secret.encode(), message.encode(), hashlib.sha1).hexdigest()


def signed_form(signer, *conditions, life_s=600, expires_in_s=None, bucket=BUCKET, **fields):
    secret_id, secret = signer
    now = int(time.time())
    key_time = f"{now - 60};{now + life_s}"
    expiration = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(now + (expires_in_s or life_s)))
    demanded = [{"q-sign-algorithm": "sha1"}, {"q-ak": secret_id}, {"q-sign-time": key_time}, {"bucket": bucket}]
    policy = json.dumps({"expiration": expiration, "conditions": [*demanded, *conditions]})
    return {
        "key": KEY,
        "policy": base64.b64encode(policy.encode()).decode(),
        "q-sign-algorithm": "sha1",
        "q-ak": secret_id,
        "q-key-time": key_time,
        "q-signature": hmac_hex(
            hmac_hex(secret, key_time), hashlib.sha1(policy.encode(), usedforsecurity=False).hexdigest()
        ),
        **fields,
    }


def post(url, form, content=b"12345", filename="简历.pdf"):
    files = {"file": (filename, content, "application/x-ignored")}
    return httpx.post(f"{url}/", headers={"Host": HOST}, data=form, files=files)


def code_in(answer):
    return answer.text.partition("<Code>")[2].partition("</Code>")[0]


def test_upload_is_stored_and_reported_when_policy_allows_it(url, key, fake, events):
    form = signed_form(key, EXACT, SIZES, **{"Content-Type": "application/pdf", "x-cos-meta-resume": "2"})

    answer = post(url, form)

    assert (answer.status_code, answer.content) == (204, b"")
    (event,) = events
    assert (event.event_name, event.key, event.size_bytes) == ("cos:ObjectCreated:Post", KEY, 5)
    assert (event.content_type, event.meta) == ("application/pdf", {"x-cos-meta-resume": "2"})


@pytest.mark.parametrize(("asked", "status"), [("200", 200), ("201", 201), ("204", 204), ("302", 204)])
def test_upload_answers_the_asked_status_when_success_action_status_is_given(url, key, asked, status):
    answer = post(url, signed_form(key, EXACT, success_action_status=asked))

    assert answer.status_code == status
    assert answer.headers["etag"] == '"827ccb0eea8a706c4c34a16891f84e7b"'
    assert (f"<Key>{KEY}</Key>" in answer.text) == (status == 201)


def test_upload_fills_in_the_filename_when_key_asks_for_it(url, key, fake):
    post(url, signed_form(key, ["starts-with", "$key", "uploads/"], **{"key": "uploads/${filename}"}))

    assert fake.state()["objects"][0]["key"] == "uploads/简历.pdf"


def test_upload_overwrites_when_key_exists(url, key, fake):
    post(url, signed_form(key, EXACT), b"first")

    post(url, signed_form(key, EXACT), b"other")

    assert fake.state()["objects"][0]["etag"] == f'"{hashlib.md5(b"other", usedforsecurity=False).hexdigest()}"'


@pytest.mark.parametrize(
    ("conditions", "fields", "content", "status", "code"),
    [
        ([EXACT, SIZES], {}, b"x" * 11, 400, "EntityTooLarge"),
        ([EXACT, SIZES], {}, b"", 400, "EntityTooSmall"),
        ([{"key": "uploads/1/3/source.pdf"}], {}, b"x", 403, "AccessDenied"),
        ([["starts-with", "$key", "uploads/9/"]], {}, b"x", 403, "AccessDenied"),
        ([["eq", "$Content-Type", "application/pdf"]], {"Content-Type": "text/html"}, b"x", 403, "AccessDenied"),
        ([EXACT], {"q-signature": "0" * 40}, b"x", 403, "SignatureDoesNotMatch"),
        ([EXACT], {"q-ak": "AKIDNOBODY"}, b"x", 403, "InvalidAccessKeyId"),
        ([EXACT], {"q-key-time": "1;2"}, b"x", 403, "AccessDenied"),
        ([EXACT], {"policy": "%%%"}, b"x", 400, "InvalidArgument"),
        ([["contains", "$key", "x"]], {}, b"x", 400, "InvalidArgument"),
    ],
    ids=[
        "too large",
        "too small",
        "other key",
        "other prefix",
        "other type",
        "bad signature",
        "unknown key id",
        "key time over",
        "policy not base64",
        "unknown operator",
    ],
)
def test_upload_is_refused_when_a_condition_does_not_hold(url, key, fake, conditions, fields, content, status, code):
    answer = post(url, signed_form(key, *conditions, **fields), content)

    assert (answer.status_code, code_in(answer)) == (status, code)
    assert fake.state()["objects"] == []


def test_upload_is_refused_when_the_policy_has_expired(url, key):
    answer = post(url, signed_form(key, EXACT, expires_in_s=-5))

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")
    assert "You post object request has been expired" in answer.text


def test_upload_is_refused_when_the_policy_names_another_bucket(url, key):
    answer = post(url, signed_form(key, EXACT, bucket="other-1250000000"))

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")
    assert "bucket" in answer.text


def test_upload_is_refused_when_the_policy_lacks_a_demanded_condition(url, key):
    _, secret = key
    form = signed_form(key)
    policy = json.dumps({"expiration": "2099-01-01T00:00:00.000Z", "conditions": [EXACT]})
    digest = hashlib.sha1(policy.encode(), usedforsecurity=False).hexdigest()
    form["policy"] = base64.b64encode(policy.encode()).decode()
    form["q-signature"] = hmac_hex(hmac_hex(secret, form["q-key-time"]), digest)

    answer = post(url, form)

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")
    assert "q-ak" in answer.text


@pytest.mark.parametrize(("token", "status"), [(None, 403), ("other", 403), ("token-1", 204)])
def test_upload_with_temporary_key_needs_the_token_field_when_posted(url, fake, token, status):
    fake.admit_temporary_key("AKIDTEMP", "temporary-key", "token-1", fake.clock.now() + 60)
    fields = {} if token is None else {"x-cos-security-token": token}

    answer = post(url, signed_form(("AKIDTEMP", "temporary-key"), EXACT, **fields))

    assert answer.status_code == status


def test_upload_is_refused_when_the_form_has_no_policy(url):
    answer = post(url, {"key": KEY})

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")


def test_upload_is_refused_when_the_form_has_no_file(url):
    answer = httpx.post(f"{url}/", headers={"Host": HOST}, files={"key": (None, KEY)})

    assert (answer.status_code, code_in(answer)) == (400, "MalformedPOSTRequest")


def test_upload_is_refused_when_the_key_comes_after_the_file(url):
    parts = [("file", ("a.pdf", b"x")), ("key", (None, KEY))]

    answer = httpx.post(f"{url}/", headers={"Host": HOST}, files=parts)

    assert (answer.status_code, code_in(answer)) == (400, "InvalidArgument")


def test_upload_is_refused_when_the_body_is_not_a_form(url):
    answer = httpx.post(f"{url}/", headers={"Host": HOST}, json={})

    assert (answer.status_code, code_in(answer)) == (400, "MalformedPOSTRequest")
