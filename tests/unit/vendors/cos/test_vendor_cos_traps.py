"""The SDK's traps, one by one: what it would do by itself, and what it does here."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from common.errors import VendorError, VendorRejected, VendorUnavailable
from common.vendors.cos import sdk as cos_sdk
from common.vendors.cos.client import Cos
from common.vendors.cos.settings import CosSettings
from tests.unit.vendors.cos.conftest import KEYS

HOSTILE_KEYS = [
    "uploads/u/' + __import__('os').getcwd() + '.txt",
    'uploads/u/"}); raise SystemExit(1) #.txt',
    "uploads/u/<Key>x</Key>&amp;.txt",
    "uploads/u/\\u0027\\n.txt",
]


class Recorded(BaseHTTPRequestHandler):
    """Answers everything as it is told, and keeps what it was sent."""

    answer = (200, {}, b"")
    seen: ClassVar[list] = []

    def _reply(self):
        Recorded.seen.append((self.command, self.path, dict(self.headers)))
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, body = Recorded.answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_DELETE = _reply  # noqa: N815 - names of the standard library

    def log_message(self, *_args):
        return


@pytest.fixture(scope="module")
def plain_server():
    server = HTTPServer(("127.0.0.1", 0), Recorded)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def bare(plain_server, records, sleeps):
    Recorded.seen.clear()
    settings = CosSettings(bucket="mojian-1250000000", region="ap-guangzhou", endpoint=plain_server)
    return Cos(settings, lambda: KEYS, records.append)


def answer_with(status, headers=None, body=b""):
    Recorded.answer = (status, headers or {}, body)


@pytest.mark.parametrize("status", [301, 302, 307])
@pytest.mark.parametrize("operation", ["create", "read", "exists", "delete"])
def test_redirect_is_a_failure_and_the_token_goes_nowhere_else(bare, plain_server, status, operation):
    answer_with(status, {"Location": f"{plain_server}/elsewhere"})
    calls = {
        "create": lambda: bare.create("a", b"x", media_type="text/plain"),
        "read": lambda: bare.read("a", max_bytes=10),
        "exists": lambda: bare.exists("a"),
        "delete": lambda: bare.delete("a"),
    }

    with pytest.raises(VendorUnavailable):
        calls[operation]()

    assert {path for _, path, _ in Recorded.seen} == {"/a"}


def test_signature_lives_minutes_and_covers_host_and_encryption(bare):
    answer_with(200)

    bare.create("a", b"x", media_type="text/plain")

    (_, _, headers) = Recorded.seen[-1]
    parts = dict(pair.split("=", 1) for pair in headers["Authorization"].split("&"))
    start, end = map(int, parts["q-key-time"].split(";"))
    assert end - start <= cos_sdk.SIGNATURE_S + 60
    assert {"host", "x-cos-forbid-overwrite", "x-cos-server-side-encryption"} <= set(parts["q-header-list"].split(";"))
    assert headers["x-cos-server-side-encryption"] == "AES256"
    assert headers["Host"] == "mojian-1250000000.cos.ap-guangzhou.myqcloud.com"


def test_sdk_never_repeats_by_itself(bare):
    answer_with(500)

    with pytest.raises(VendorUnavailable):
        bare.delete("a")

    assert len(Recorded.seen) == 3
    assert not any("x-cos-sdk-retry" in {name.lower() for name in headers} for _, _, headers in Recorded.seen)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"])
def test_no_proxy_of_the_environment_is_used(bare, monkeypatch, variable):
    monkeypatch.setenv(variable, "http://127.0.0.1:1")
    answer_with(204)

    bare.delete("a")

    assert len(Recorded.seen) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>502</html>",
        b"<Error><Code>AccessDenied</Code></Error>",
        b"not xml at all",
        b"<Error>" * 2000,
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><Error><Code>&a;</Code></Error>",
    ],
)
def test_error_that_is_no_error_document_is_judged_by_its_status(bare, body):
    answer_with(418, {"Content-Type": "application/xml"}, body)

    with pytest.raises(VendorRejected):
        bare.read("a", max_bytes=10)


@pytest.mark.parametrize("key", HOSTILE_KEYS)
def test_hostile_key_is_text_when_it_is_listed(cos, key):
    cos.create(key, b"x", media_type="text/plain")

    assert list(cos.keys_under("uploads/u/")) == [key]
    assert cos.read(key, max_bytes=10) == b"x"


def test_listing_that_holds_python_is_not_run(bare, tmp_path):
    """The SDK runs eval() over what it reads from a listing."""
    marker = tmp_path / "ran"
    text = f"' + str(open('{marker}', 'w')) + '"
    body = (
        f"<ListBucketResult><Contents><Key>{text}</Key></Contents><IsTruncated>false</IsTruncated></ListBucketResult>"
    )
    answer_with(200, {"Content-Type": "application/xml"}, body.encode())

    try:
        listed = list(bare.keys_under("a"))
    except VendorError:
        listed = []

    assert not marker.exists()
    assert listed in ([], [text])


def test_every_object_is_encrypted_at_rest(cos, cos_server, phone, now):
    cos.create("uploads/a.txt", b"x", media_type="text/plain")
    cos.redeliver("uploads/a.txt")
    form = cos.upload_form("uploads/b.txt", max_bytes=9, media_type=None, now=now, lifetime_s=60)
    phone.post(form.url, data=form.form_data, files={"file": ("b", b"x")}).raise_for_status()

    objects = cos_server.control("state")["objects"]

    assert {one["key"]: one["encryption"] for one in objects} == {"uploads/a.txt": "AES256", "uploads/b.txt": "AES256"}


@pytest.mark.parametrize("changed", ["", "aws:kms", "none"])
def test_form_is_refused_when_the_client_wants_another_encryption(cos, phone, now, changed):
    form = cos.upload_form("uploads/b.txt", max_bytes=9, media_type=None, now=now, lifetime_s=60)
    fields = {**form.form_data, "x-cos-server-side-encryption": changed}

    answer = phone.post(form.url, data=fields, files={"file": ("b", b"x")})

    assert answer.status_code == 403
    assert not cos.exists("uploads/b.txt")


def test_open_bucket_is_noticed_and_stays_closed_to_strangers(cos, cos_server, phone):
    cos.create("uploads/a.txt", b"x", media_type="text/plain")
    private = cos.is_private()
    cos_server.fake.open_to_everybody()

    stranger = phone.get(f"{cos_server.url}/uploads/a.txt")

    assert (private, cos.is_private()) == (True, False)
    assert stranger.status_code == 403
