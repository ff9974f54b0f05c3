"""Tencent Cloud SSM through the official SDK against the fake, which checks TC3 signatures with code of its own."""

import logging

import pytest

from common.errors import (
    CredentialRejected,
    DeadlineExceeded,
    ObjectAlreadyExists,
    SettingsInvalid,
    VendorBusy,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.tencent_cloud import TencentKeys
from common.vendors.secrets.client import Secrets
from common.vendors.secrets.errors import ERRORS, error_of
from common.vendors.secrets.settings import SecretsSettings
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

VALUES = {"DATA_KEYS": "k1:not-a-real-key", "NAME": "名字"}


@pytest.fixture(scope="module")
def running(served):
    return served(TencentCloudFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    return running


@pytest.fixture
def keys(server):
    given = server.fake.environment(server.url)
    return [TencentKeys(given["OCR_SECRET_ID"], given["OCR_SECRET_KEY"])]


@pytest.fixture
def remaining():
    return [30.0]


@pytest.fixture
def secrets(server, keys, records, sleeps, remaining):
    settings = SecretsSettings(provider="ssm", prefix="mojian-test", base_url=server.url)
    return Secrets(settings, lambda: keys[0], records.append, lambda: remaining[0])


def test_newest_version_is_read_when_there_are_several(secrets, server):
    secrets.write("data", {"DATA_KEYS": "old"}, version_id="v1")
    server.control("clock", {"offset_s": 5})
    secrets.write("data", VALUES, version_id="v2")

    version = secrets.read("data")

    assert (version.version_id, version.values) == ("v2", VALUES)


def test_document_is_none_when_there_is_no_such_secret(secrets):
    assert secrets.read("xpay") is None


def test_oldest_version_goes_when_there_are_ten(secrets, server):
    for number in range(12):
        server.control("clock", {"offset_s": number})
        secrets.write("data", {"DATA_KEYS": str(number)}, version_id=f"v{number}")

    versions = server.control("state")["ssm"]["secrets"]["mojian-test-data"]["versions"]

    assert versions == [f"v{number}" for number in range(2, 12)]
    assert secrets.read("data").values == {"DATA_KEYS": "11"}


def test_writing_is_refused_when_somebody_wrote_the_same_version(secrets):
    secrets.write("data", VALUES, version_id="v1")

    with pytest.raises(ObjectAlreadyExists):
        secrets.write("data", VALUES, version_id="v1")


def test_temporary_key_is_good_only_with_its_token(secrets, server, keys):
    secrets.write("data", VALUES, version_id="v1")
    server.fake.admit_temporary_key("AKIDtmp", "tmpkey", "token-1", server.fake.clock.now() + 60)
    keys[0] = TencentKeys("AKIDtmp", "tmpkey", "token-1")

    read = secrets.read("data")
    keys[0] = TencentKeys("AKIDtmp", "tmpkey", "")

    assert read.values == VALUES
    with pytest.raises(CredentialRejected):
        secrets.read("data")


@pytest.mark.parametrize(
    "key", [TencentKeys("", ""), TencentKeys("AKIDnobody", "x")], ids=["no key", "a key nobody knows"]
)
def test_reading_is_refused_when_the_key_is_wrong(secrets, keys, key):
    keys[0] = key

    with pytest.raises(CredentialRejected):
        secrets.read("data")


def test_reading_is_refused_when_the_signature_is_wrong(secrets, keys):
    keys[0] = TencentKeys(keys[0].secret_id, "another-key")

    with pytest.raises(CredentialRejected) as refused:
        secrets.read("data")

    assert refused.value.facts["vendor_code"] == "AuthFailure.SignatureFailure"


@pytest.mark.parametrize("limits", [{"denied": ["mojian-test-data"]}, {"statuses": {"mojian-test-data": "Disabled"}}])
def test_reading_is_refused_when_the_secret_is_closed_to_us(secrets, server, limits):
    secrets.write("data", VALUES, version_id="v1")
    server.control("limits/ssm", limits)

    with pytest.raises(CredentialRejected):
        secrets.read("data")


@pytest.mark.parametrize("text", ["not json", '["a"]', '{"DATA_KEYS": 1}'])
def test_settings_are_invalid_when_the_text_is_no_object_of_texts(secrets, server, text):
    server.fake.ssm.create({"SecretName": "mojian-test-data", "SecretString": text})

    with pytest.raises(SettingsInvalid) as refused:
        secrets.read("data")

    assert refused.value.facts["problems"] == ["secret mojian-test-data: must be a JSON object, setting to text"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("RequestLimitExceeded", VendorBusy),
        ("InternalError", VendorUnavailable),
        ("FailedOperation", VendorUnavailable),
    ],
)
def test_call_is_repeated_once_when_the_vendor_may_recover(secrets, server, records, code, error):
    server.fault("ListSecretVersionIds", "code", code=code, times=2)

    with pytest.raises(error):
        secrets.read("data")

    assert records[0].attempts == 2


@pytest.mark.parametrize(
    ("kind", "options", "error"),
    [
        ("status", {"status": 502}, VendorUnavailable),
        ("drop", {"when": "before"}, VendorUnavailable),
        ("malformed", {"body": "<html>"}, VendorReplyInvalid),
        ("malformed", {"body": '{"Response": 1}'}, VendorReplyInvalid),
        ("malformed", {"body": '{"Response": {"Versions": 1}}'}, VendorReplyInvalid),
    ],
)
def test_answer_is_an_error_of_ours_when_it_is_none_of_theirs(secrets, server, kind, options, error):
    server.fault("ListSecretVersionIds", kind, times=2, **options)

    with pytest.raises(error):
        secrets.read("data")


def test_slow_answer_ends_within_the_time_that_is_left(secrets, server, remaining):
    server.fault("ListSecretVersionIds", "slow", seconds=5, times=2)
    remaining[0] = 0.3

    with pytest.raises(VendorUnavailable):
        secrets.read("data")


def test_nothing_is_asked_when_no_time_is_left(secrets, server, remaining):
    remaining[0] = 0.01

    with pytest.raises(DeadlineExceeded):
        secrets.read("data")

    assert server.operations() == []


def test_nothing_secret_is_logged_or_recorded_or_shown(secrets, server, records, caplog):
    caplog.set_level(logging.DEBUG)

    secrets.write("data", VALUES, version_id="v1")
    version = secrets.read("data")

    told = caplog.text + repr(records) + repr(version) + repr(server.control("state"))
    assert "not-a-real-key" not in told
    assert len(records) == 4


def test_every_code_has_a_meaning_and_unknown_ones_are_looked_up_by_their_family():
    for code, meaning in ERRORS.items():
        assert isinstance(error_of(code, "", "r"), meaning.error)

    assert isinstance(error_of("AuthFailure.SomethingNew", "", "r"), CredentialRejected)
    assert isinstance(error_of("UnauthorizedOperation.CamNoPermission", "", "r"), CredentialRejected)
