"""The bucket against the COS fake over real HTTP: what is stored, refused, repeated and recorded."""

import logging

import pytest

from common.errors import (
    CredentialRejected,
    DeadlineExceeded,
    FileTooLarge,
    ObjectAlreadyExists,
    VendorBusy,
    VendorObjectMissing,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.cos.client import Cos
from common.vendors.cos.integrity import check_whole
from common.vendors.cos.models import CosCredentials
from scripts.local_cloud.fakes.kit_faults import Fault
from tests.unit.vendors.cos.conftest import KEYS

#: The check value of CRC-64/XZ in the catalogue of CRCs: what COS calls crc64ecma.
CRC64_OF_DIGITS = str(0x995DC9BBDF1939FA)

KEY = "uploads/u1/r1/简历 (终稿).pdf"


def test_object_is_what_was_stored_when_it_is_read(cos, records):
    cos.create(KEY, b"%PDF-1.7", media_type="application/pdf")

    assert cos.read(KEY, max_bytes=100) == b"%PDF-1.7"
    assert [(record.operation, record.status, record.attempts) for record in records] == [
        ("create", 200, 1),
        ("read", 200, 1),
    ]


def test_object_is_kept_when_its_key_is_created_again(cos):
    cos.create(KEY, b"first", media_type="text/plain")

    with pytest.raises(ObjectAlreadyExists):
        cos.create(KEY, b"second", media_type="text/plain")

    assert cos.read(KEY, max_bytes=100) == b"first"


def test_reading_is_refused_when_the_object_is_larger_than_allowed(cos):
    cos.create(KEY, b"x" * 1001, media_type="text/plain")

    with pytest.raises(FileTooLarge):
        cos.read(KEY, max_bytes=1000)


def test_reading_is_repeated_when_half_of_the_object_came(cos, cos_server, records):
    cos.create(KEY, b"%PDF-1.7 whole", media_type="application/pdf")
    cos_server.fake.faults.plan(Fault("GetObject", "malformed"))

    content = cos.read(KEY, max_bytes=100)

    assert content == b"%PDF-1.7 whole"
    assert records[-1].attempts == 2


def test_half_an_object_is_no_object_when_nothing_else_comes(cos, cos_server):
    cos.create(KEY, b"%PDF-1.7 whole", media_type="application/pdf")
    cos_server.fake.faults.plan(Fault("GetObject", "malformed", times=3))

    with pytest.raises(VendorReplyInvalid) as caught:
        cos.read(KEY, max_bytes=100)

    assert caught.value.retryable
    assert (caught.value.facts["operation"], caught.value.facts["reason"]) == ("read", "crc64")


@pytest.mark.parametrize("headers", [{}, {"ETag": '"of-parts-2"'}])
def test_object_is_taken_as_it_is_when_nothing_tells_what_it_should_be(headers):
    check_whole(b"x", headers)


def test_crc_decides_when_the_etag_is_no_md5():
    whole = {"ETag": '"of-parts-2"', "x-cos-hash-crc64ecma": CRC64_OF_DIGITS}

    check_whole(b"123456789", whole)
    with pytest.raises(VendorReplyInvalid):
        check_whole(b"12345678", whole)


def test_list_that_broke_off_is_an_invalid_reply(cos, cos_server):
    cos.create(KEY, b"x", media_type="text/plain")
    cos_server.fake.faults.plan(Fault("ListObjects", "malformed", times=3))

    with pytest.raises(VendorReplyInvalid):
        list(cos.keys_under("uploads/"))


def test_missing_object_has_its_own_error_when_it_is_read(cos):
    with pytest.raises(VendorObjectMissing) as caught:
        cos.read("nothing/here", max_bytes=10)

    facts = caught.value.facts
    assert (facts["vendor"], facts["operation"], facts["vendor_code"]) == ("cos", "read", "NoSuchKey")
    assert facts["request_id"]


def test_object_is_gone_when_it_was_deleted_twice(cos):
    cos.create(KEY, b"x", media_type="text/plain")
    existed = cos.exists(KEY)

    cos.delete(KEY)
    cos.delete(KEY)

    assert (existed, cos.exists(KEY)) == (True, False)


def test_all_keys_are_listed_when_they_fill_several_pages(cos, monkeypatch):
    monkeypatch.setattr("common.vendors.cos.client.PAGE", 2)
    keys = [f"parsed/u1/r1/{number} 号'\"{{}}.json" for number in range(5)]
    for key in [*keys, "other/x.json"]:
        cos.create(key, b"{}", media_type="application/json")

    listed = list(cos.keys_under("parsed/"))

    assert listed == keys


def test_object_is_announced_again_and_unchanged_when_it_is_redelivered(cos, events):
    cos.create(KEY, b"content", media_type="application/pdf")

    cos.redeliver(KEY)

    assert [event.event_name for event in events] == ["cos:ObjectCreated:Put", "cos:ObjectCreated:Copy"]
    assert events[1].content_type == "application/pdf"
    assert cos.read(KEY, max_bytes=100) == b"content"


def test_call_is_repeated_when_the_bucket_fails_for_a_moment(cos, cos_server, records, sleeps):
    cos.create(KEY, b"content", media_type="text/plain")
    cos_server.fault("*", "status", status=503, times=1)
    cos_server.fault("*", "drop", times=1)

    content = cos.read(KEY, max_bytes=100)

    assert content == b"content"
    assert records[-1].attempts == 3
    assert len(sleeps) == 2


def test_body_that_breaks_off_is_read_again_when_it_is_shorter_than_announced(cos, cos_server, records):
    cos.create(KEY, b"x" * 5000, media_type="text/plain")
    cos_server.fault("*", "drop", when="middle", times=1)

    content = cos.read(KEY, max_bytes=10_000)

    assert len(content) == 5000
    assert records[-1].attempts == 2


def test_error_is_named_when_the_bucket_stays_down(cos, cos_server, records):
    cos_server.fault("*", "status", status=503, times=3)

    with pytest.raises(VendorBusy):
        cos.read(KEY, max_bytes=10)

    assert (records[-1].error, records[-1].status, records[-1].attempts) == ("vendor_busy", 503, 3)


def test_missing_permission_is_seen_when_the_answer_has_no_body(settings, records):
    wrong = CosCredentials(KEYS.secret_id, "another-secret", KEYS.token)

    with pytest.raises(CredentialRejected):
        Cos(settings, lambda: wrong, records.append).exists(KEY)


def test_nothing_is_sent_when_no_time_is_left(settings, records, cos_server):
    late = Cos(settings, lambda: KEYS, records.append, remaining_s=lambda: 0.0)

    with pytest.raises(DeadlineExceeded):
        late.exists(KEY)

    assert cos_server.operations() == []


def test_vendor_is_unavailable_when_nobody_listens(settings, records, sleeps):
    nowhere = settings.model_copy(update={"endpoint": "http://127.0.0.1:1"})

    with pytest.raises(VendorUnavailable):
        Cos(nowhere, lambda: KEYS, records.append).exists(KEY)


def test_bucket_is_reached_when_the_environment_names_a_proxy(cos, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)

    assert cos.exists(KEY) is False


def test_credentials_are_blamed_when_the_secret_is_wrong(settings, records):
    wrong = CosCredentials(KEYS.secret_id, "another-secret", KEYS.token)

    with pytest.raises(CredentialRejected) as caught:
        Cos(settings, lambda: wrong, records.append).create(KEY, b"x", media_type="text/plain")

    assert caught.value.facts["vendor_code"] == "SignatureDoesNotMatch"


def test_log_holds_no_secret_when_everything_is_logged(cos, caplog):
    caplog.set_level(logging.DEBUG)

    cos.create(KEY, b"x", media_type="text/plain")
    cos.exists("missing")

    assert KEYS.token not in caplog.text
    assert "q-signature" not in caplog.text


def test_secrets_are_not_shown_when_credentials_are_printed():
    assert "temporary-secret" not in repr(KEYS)
    assert "temporary-token" not in repr(KEYS)


def test_object_bears_the_request_it_comes_from_when_it_is_written_and_redelivered(settings, records, events):
    cos = Cos(settings, lambda: KEYS, records.append, request_id=lambda: "req-1")
    cos.create(KEY, b"content", media_type="application/pdf")

    Cos(settings, lambda: KEYS, records.append, request_id=lambda: "sweep-2").redeliver(KEY)

    assert [dict(event.meta) for event in events] == [{"x-cos-meta-request-id": "req-1"}] * 2
