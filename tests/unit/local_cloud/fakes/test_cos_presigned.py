"""Presigned URLs against the COS fake: made by the vendor's client for the real host, used on the loopback."""

import time

import httpx
import pytest
from qcloud_cos import CosConfig, CosS3Client

from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.kit import serve

BUCKET = "mojian-1250000000"
HOST = f"{BUCKET}.cos.ap-guangzhou.myqcloud.com"
KEY = "rendered/用户 1/简历.pdf"
PDF = {"Content-Type": "application/pdf", "x-cos-forbid-overwrite": "true"}


@pytest.fixture
def fake(tmp_path):
    return CosFake(tmp_path, lambda _event: None)


@pytest.fixture
def url(fake):
    with serve(fake) as serving:
        yield serving.url


@pytest.fixture
def signer(fake):
    key = fake.permanent_key
    config = CosConfig(Region="ap-guangzhou", SecretId=key.secret_id, SecretKey=key.secret_key, Scheme="http")
    return CosS3Client(config, retry=0)


def use(url, signed_url, method="GET", headers=None, host=HOST):
    target = signed_url.replace(f"http://{HOST}", url)
    return httpx.request(
        method, target, headers={"Host": host, **(headers or {})}, content=b"abc" if method == "PUT" else None
    )


def presigned_put(signer):
    return signer.get_presigned_url(Bucket=BUCKET, Key=KEY, Method="PUT", Expired=60, Headers=PDF)


def presigned_get(signer, expired=60, params=None):
    return signer.get_presigned_download_url(Bucket=BUCKET, Key=KEY, Expired=expired, Params=params or {})


def code_in(answer):
    return answer.text.partition("<Code>")[2].partition("</Code>")[0]


@pytest.mark.parametrize("host", [HOST, f"{HOST}:8443"], ids=["bare host", "host with port"])
def test_presigned_put_is_stored_when_host_has_or_has_no_port(url, signer, fake, host):
    answer = use(url, presigned_put(signer), "PUT", PDF, host)

    assert answer.status_code == 200
    assert answer.headers["etag"] == '"900150983cd24fb0d6963f7d28e17f72"'
    assert fake.state()["objects"][0]["key"] == KEY


def test_presigned_put_conflicts_when_used_twice_with_forbid_overwrite(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)

    answer = use(url, presigned_put(signer), "PUT", PDF)

    assert (answer.status_code, code_in(answer)) == (409, "FileAlreadyExists")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({**PDF, "Content-Type": "text/html"}, "SignatureDoesNotMatch"),
        ({"Content-Type": "application/pdf"}, "AccessDenied"),
    ],
    ids=["other value", "header dropped"],
)
def test_presigned_put_is_refused_when_a_signed_header_differs(url, signer, headers, code):
    answer = use(url, presigned_put(signer), "PUT", headers)

    assert (answer.status_code, code_in(answer)) == (403, code)


def test_presigned_get_and_head_answer_the_object_when_url_is_fresh(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    head = signer.get_presigned_url(Bucket=BUCKET, Key=KEY, Method="HEAD", Expired=60)

    got, described = use(url, presigned_get(signer)), use(url, head, "HEAD")

    assert (got.status_code, got.content, got.headers["content-type"]) == (200, b"abc", "application/pdf")
    assert (described.status_code, described.content, described.headers["content-length"]) == (200, b"", "3")


def test_presigned_get_overrides_the_disposition_when_asked(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    wanted = 'attachment; filename="resume.pdf"'

    answer = use(url, presigned_get(signer, params={"response-content-disposition": wanted}))

    assert answer.headers["content-disposition"] == wanted


def test_presigned_get_sends_utf8_when_disposition_is_chinese(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)

    answer = use(url, presigned_get(signer, params={"response-content-disposition": "attachment; filename=简历.pdf"}))

    raw = dict(answer.headers.raw)
    assert raw[b"Content-Disposition"] == "attachment; filename=简历.pdf".encode()


def test_presigned_get_is_refused_when_override_holds_a_line_break(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)

    answer = use(url, presigned_get(signer, params={"response-content-disposition": "a\r\nX-Evil: 1"}))

    assert (answer.status_code, code_in(answer)) == (400, "InvalidArgument")


def test_presigned_get_is_refused_when_signed_parameter_is_dropped(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    signed = presigned_get(signer, params={"response-content-type": "text/plain"})

    answer = use(url, signed.replace("response-content-type=text%2Fplain", ""))

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")


def test_presigned_get_is_refused_when_it_has_expired(url, signer):
    answer = use(url, presigned_get(signer, expired=-50))

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")
    assert "Request has expired" in answer.text


def test_presigned_get_is_refused_when_the_clock_of_the_fake_passes_its_end(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    signed = presigned_get(signer)

    httpx.post(f"{url}/__fake__/clock", json={"offset_s": 120})
    answer = use(url, signed)

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")


def test_presigned_get_is_refused_when_the_key_is_tampered_with(url, signer):
    answer = use(url, presigned_get(signer).replace("rendered", "uploads"))

    assert (answer.status_code, code_in(answer)) == (403, "SignatureDoesNotMatch")


def test_get_is_refused_when_nothing_is_signed(url):
    answer = httpx.get(f"{url}/a", headers={"Host": HOST})

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")


@pytest.mark.parametrize(
    "authorization",
    [
        "q-sign-algorithm=md5&q-ak=AKIDMOJIANLOCAL&q-sign-time=1;2&q-key-time=1;2&q-header-list=&q-url-param-list=&q-signature=x",
        "q-sign-algorithm=sha1&q-ak=AKIDMOJIANLOCAL&q-sign-time=x&q-key-time=x&q-header-list=&q-url-param-list=&q-signature=x",
        "q-sign-algorithm=sha1&q-ak=AKIDMOJIANLOCAL&q-key-time=1;2",
    ],
    ids=["algorithm", "times", "incomplete"],
)
def test_get_is_refused_when_authorization_is_malformed(url, authorization):
    answer = httpx.get(f"{url}/a", headers={"Host": HOST, "Authorization": authorization})

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")


def test_get_is_refused_when_sign_time_and_key_time_differ(url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    start = f"q-sign-time={int(time.time()) - 60}"

    answer = use(url, presigned_get(signer).replace(start, "q-sign-time=1"))

    assert (answer.status_code, code_in(answer)) == (403, "AccessDenied")


def test_url_signed_for_the_loopback_is_served_when_no_virtual_host_is_used(fake, url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    key, address = fake.permanent_key, url.removeprefix("http://")
    config = CosConfig(
        Domain=address, Region="ap-guangzhou", SecretId=key.secret_id, SecretKey=key.secret_key, Scheme="http"
    )

    answer = httpx.get(CosS3Client(config).get_presigned_download_url(Bucket=BUCKET, Key=KEY, Expired=60))

    assert (answer.status_code, answer.content) == (200, b"abc")


def test_presigned_get_needs_the_token_in_its_query_when_key_is_temporary(fake, url, signer):
    use(url, presigned_put(signer), "PUT", PDF)
    fake.admit_temporary_key("AKIDTEMP", "temporary-key", "token-1", fake.clock.now() + 60)
    config = CosConfig(Region="ap-guangzhou", SecretId="AKIDTEMP", SecretKey="temporary-key", Scheme="http")
    temporary = CosS3Client(config)

    without = use(url, presigned_get(temporary))
    with_token = use(url, presigned_get(temporary, params={"x-cos-security-token": "token-1"}))

    assert (without.status_code, code_in(without)) == (403, "AccessDenied")
    assert with_token.status_code == 200


def test_get_answers_not_modified_when_etag_is_known(url, signer):
    stored = use(url, presigned_put(signer), "PUT", PDF)

    answer = use(url, presigned_get(signer), headers={"If-None-Match": stored.headers["etag"]})

    assert (answer.status_code, answer.content) == (304, b"")


def test_put_needs_a_length_when_body_is_chunked(url, signer):
    signed = presigned_put(signer).replace(f"http://{HOST}", url)

    answer = httpx.put(signed, headers={"Host": HOST, **PDF}, content=iter([b"abc"]))

    assert (answer.status_code, code_in(answer)) == (411, "MissingContentLength")


def test_error_has_the_fields_and_headers_of_cos_when_request_is_refused(url):
    answer = httpx.get(f"{url}/a", headers={"Host": HOST})

    assert answer.headers["content-type"] == "application/xml"
    assert f"<RequestId>{answer.headers['x-cos-request-id']}</RequestId>" in answer.text
    assert f"<TraceId>{answer.headers['x-cos-trace-id']}</TraceId>" in answer.text
    assert f"<Resource>{HOST}/a</Resource>" in answer.text
