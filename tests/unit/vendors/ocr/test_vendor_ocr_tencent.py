"""Tencent Cloud OCR through the official SDK against the fake, which checks the signature with code of its own."""

import logging

import pytest

from common.errors import (
    CredentialRejected,
    DeadlineExceeded,
    FileDamaged,
    FileTooLarge,
    VendorBusy,
    VendorQuotaExhausted,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.tencent_cloud import TencentKeys
from common.vendors.ocr.settings import OcrSettings
from common.vendors.ocr.tencent.client import TencentOcr
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
from tests.unit.vendors.ocr.known_text import KnownText, picture

ACTION = "GeneralAccurateOCR"


@pytest.fixture(scope="module")
def running(served):
    return served(TencentCloudFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    running.fake.ocr.recogniser = KnownText()
    return running


@pytest.fixture
def keys(server):
    environment = server.fake.environment(server.url)
    return [TencentKeys(environment["OCR_SECRET_ID"], environment["OCR_SECRET_KEY"])]


@pytest.fixture
def remaining():
    return [30.0]


@pytest.fixture
def ocr(server, keys, records, sleeps, remaining):
    settings = OcrSettings(provider="tencent", base_url=server.url)
    return TencentOcr(settings, lambda: keys[0], records.append, lambda: remaining[0])


def recognise(ocr):
    return ocr.recognise(picture(), media_type="image/png")


def test_lines_have_corners_and_confidence_when_the_picture_is_read(ocr):
    first, second = recognise(ocr)

    assert (first.text, first.box, first.confidence) == ("张三", (10, 20, 90, 50), 0.98)
    assert (second.text, second.confidence) == ("电话 138", 0.71)
    assert second.corners == ((10, 60), (205, 55), (200, 90), (10, 90))


def test_call_is_recorded_without_what_was_read_when_it_succeeds(ocr, records):
    recognise(ocr)

    (record,) = records
    assert (record.vendor, record.operation, record.status, record.attempts) == ("tencent_ocr", "recognise", 200, 1)
    assert (record.error, dict(record.usage)) == (None, {})


def test_picture_arrives_whole_when_it_is_sent(ocr, server):
    recognise(ocr)

    assert server.control("state")["ocr"]["calls"] == [
        {"bytes": len(picture()), "width": 300, "height": 100, "lines": 2}
    ]


def test_list_is_empty_when_there_is_no_text(ocr, server):
    server.fake.ocr.recogniser.known = []

    assert recognise(ocr) == []


def test_temporary_keys_are_good_when_the_platform_hands_them_out(ocr, server, keys):
    server.fake.admit_temporary_key("AKIDrole", "secret", "token", server.fake.clock.now() + 60)
    keys[0] = TencentKeys("AKIDrole", "secret", "token")

    assert len(recognise(ocr)) == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (TencentKeys("AKIDnobody", "secret"), "AuthFailure.SecretIdNotFound"),
        (TencentKeys("AKIDrole", "secret", "another"), "AuthFailure.TokenFailure"),
        (TencentKeys("AKIDrole", "another", "token"), "AuthFailure.SignatureFailure"),
    ],
)
def test_credential_is_rejected_once_when_a_key_is_wrong(ocr, server, keys, wrong, code):
    server.fake.admit_temporary_key("AKIDrole", "secret", "token", server.fake.clock.now() + 60)
    keys[0] = wrong

    with pytest.raises(CredentialRejected) as caught:
        recognise(ocr)

    assert caught.value.facts["vendor_code"] == code
    assert len(server.operations()) == 1


def test_nothing_is_sent_when_there_is_no_key(ocr, server, keys):
    keys[0] = TencentKeys("", "")

    with pytest.raises(CredentialRejected):
        recognise(ocr)

    assert server.operations() == []


def test_clock_is_blamed_when_it_is_ten_minutes_off(ocr, server):
    server.control("clock", {"offset_s": 600})

    with pytest.raises(CredentialRejected) as caught:
        recognise(ocr)

    assert caught.value.facts["vendor_code"] == "AuthFailure.SignatureExpire"


@pytest.mark.parametrize(
    ("code", "error", "sent"),
    [
        ("FailedOperation.ImageDecodeFailed", FileDamaged, 1),
        ("LimitExceeded.TooLargeFileError", FileTooLarge, 1),
        ("FailedOperation.UnOpenError", VendorQuotaExhausted, 1),
        ("ResourceUnavailable.InArrears", VendorQuotaExhausted, 1),
        ("ResourcesSoldOut.ChargeStatusException", VendorQuotaExhausted, 1),
        ("UnauthorizedOperation.CamNoAuth", CredentialRejected, 1),
        ("RequestLimitExceeded.UinLimitExceeded", VendorBusy, 2),
        ("InternalError", VendorUnavailable, 2),
        ("FailedOperation.EngineRecognizeTimeout", VendorUnavailable, 2),
    ],
)
def test_refusal_has_its_error_when_tencent_cloud_says_why(ocr, server, records, code, error, sent):
    server.fault(ACTION, "code", code=code, times=5)

    with pytest.raises(error):
        recognise(ocr)

    assert server.operations().count(ACTION) == sent
    assert (records[-1].attempts, records[-1].error) == (sent, error.code)


def test_quota_is_exhausted_when_the_package_has_run_out(ocr, server):
    server.control("limits/ocr", {"calls_left": 1})
    recognise(ocr)

    with pytest.raises(VendorQuotaExhausted):
        recognise(ocr)


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 502}, {"kind": "drop", "when": "middle"}])
def test_picture_is_sent_again_once_when_an_answer_is_lost(ocr, server, records, fault):
    server.fault(ACTION, **fault)

    assert len(recognise(ocr)) == 2
    assert records[-1].attempts == 2


def test_error_is_seen_when_it_comes_with_another_content_type(ocr, server):
    """The SDK looks for errors only in what is called application/json exactly."""

    body = '{"Response": {"Error": {"Code": "ResourceUnavailable.InArrears", "Message": "m"}, "RequestId": "r"}}'
    server.fault(ACTION, "status", status=200, body=body)

    with pytest.raises(VendorQuotaExhausted):
        recognise(ocr)


@pytest.mark.parametrize(
    "body", ["", "[]", '{"Response": {}}', '{"Response": {"TextDetections": [{}], "RequestId": "r"}}']
)
def test_answer_is_refused_when_it_is_not_a_recognition(ocr, server, body):
    server.fault(ACTION, "malformed", body=body, times=2)

    with pytest.raises(VendorReplyInvalid):
        recognise(ocr)


def test_nothing_is_sent_when_no_time_is_left(ocr, server, remaining):
    remaining[0] = 0.01

    with pytest.raises(DeadlineExceeded):
        recognise(ocr)

    assert server.operations() == []


def test_waiting_ends_with_the_time_left_when_the_service_hangs(ocr, server, remaining):
    remaining[0] = 0.3
    server.fault(ACTION, "hang", times=2)

    with pytest.raises(VendorUnavailable):
        recognise(ocr)


def test_nothing_is_sent_when_the_picture_is_over_ten_megabytes_in_base64(ocr, server):
    with pytest.raises(FileTooLarge):
        ocr.recognise(b"x" * (8 * 1024 * 1024), media_type="image/jpeg")

    assert server.operations() == []


def test_sdk_goes_straight_to_the_address_when_the_environment_names_a_proxy(ocr, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert len(recognise(ocr)) == 2


def test_sdk_writes_neither_key_nor_picture_when_everything_is_logged(ocr, caplog):
    caplog.set_level(logging.DEBUG)

    recognise(ocr)

    assert [record for record in caplog.records if record.name.startswith("tencentcloud")] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret_id": "AKID"},
        {"base_url": "ocr.tencentcloudapi.com"},
        {"provider": "tencent", "fallback_provider": "tencent"},
    ],
)
def test_settings_are_refused_when_they_do_not_fit_together(wrong):
    with pytest.raises(ValueError, match="OCR_"):
        OcrSettings(**wrong)
