"""Reading our assets: signed GET and links, against the strict fake."""

import subprocess
import sys

import httpx
import pytest

from common import clock
from common.errors import (
    CredentialRejected,
    FileTooLarge,
    VendorBusy,
    VendorError,
    VendorObjectMissing,
    VendorRejected,
    VendorUnavailable,
)
from common.vendors.oss.client import Oss
from common.vendors.oss.errors import ERRORS, error_of
from common.vendors.oss.publisher import AssetPublisher
from common.vendors.oss.settings import OssSettings
from scripts.local_cloud.fakes.oss.app import CNAME

KEY = "assets/模板 (1)+.png"


@pytest.fixture
def oss(settings, http):
    return Oss(settings, http, clock.now)


@pytest.fixture
def there(settings):
    AssetPublisher(settings).put_new(KEY, b"picture", media_type="image/png", cache="immutable")


def test_object_is_read_when_it_is_there(oss, there, records):
    assert oss.read(KEY, max_bytes=100) == b"picture"
    assert [(record.vendor, record.operation, record.status, record.attempts) for record in records] == [
        ("oss", "read", 200, 1)
    ]


def test_object_is_read_by_our_own_host_name(settings, http, there, oss_server):
    oss = Oss(settings.model_copy(update={"cname": CNAME}), http, clock.now)

    assert oss.read(KEY, max_bytes=100) == b"picture"


def test_object_is_missing_when_nobody_published_it(oss):
    with pytest.raises(VendorObjectMissing):
        oss.read(KEY, max_bytes=100)


def test_object_is_refused_when_it_is_larger_than_agreed(oss, there):
    with pytest.raises(FileTooLarge):
        oss.read(KEY, max_bytes=6)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"access_key_secret": "another"}, "SignatureDoesNotMatch"),
        ({"access_key_id": "LTAInobody"}, "InvalidAccessKeyId"),
        ({"bucket": "somebody-elses"}, "NoSuchBucket"),
    ],
)
def test_reading_is_refused_when_key_or_bucket_are_not_ours(settings, http, changed, code):
    oss = Oss(OssSettings.model_validate({**_plain(settings), **changed}), http, clock.now)

    with pytest.raises(CredentialRejected) as refused:
        oss.read(KEY, max_bytes=100)

    assert refused.value.facts["vendor_code"] == code


def _plain(settings):
    return {**settings.model_dump(), "access_key_secret": settings.access_key_secret.get_secret_value()}


def test_reading_is_refused_when_the_bucket_stands_in_the_path(settings, http):
    oss = Oss(settings.model_copy(update={"cname": "s3.oss-cn-hangzhou.aliyuncs.com"}), http, clock.now)

    with pytest.raises(VendorRejected) as refused:
        oss.read(f"{settings.bucket}/{KEY}", max_bytes=100)

    assert refused.value.facts["vendor_code"] == "SecondLevelDomainForbidden"


def test_reading_is_refused_when_the_clock_is_wrong(oss, oss_server, there):
    oss_server.control("clock", {"offset_s": 1000})

    with pytest.raises(CredentialRejected):
        oss.read(KEY, max_bytes=100)


@pytest.mark.parametrize(
    ("kind", "options", "error"),
    [
        ("status", {"status": 500}, VendorUnavailable),
        ("status", {"status": 503}, VendorUnavailable),
        ("status", {"status": 403}, CredentialRejected),
        ("drop", {"when": "before"}, VendorUnavailable),
        ("drop", {"when": "after"}, VendorUnavailable),
        ("slow", {"seconds": 10}, VendorUnavailable),
    ],
)
def test_failure_is_told_at_once_and_never_repeated(oss, oss_server, there, records, kind, options, error):
    oss_server.fault("GetObject", kind, **options)

    with pytest.raises(error):
        oss.read(KEY, max_bytes=100)

    assert records[-1].attempts == 1
    assert records[-1].latency_ms < 4000


def test_link_opens_for_anybody_until_its_end(oss, oss_server, there, phone):
    url = oss.url(KEY, lifetime_s=60)

    opened = phone.get(url)
    oss_server.control("clock", {"offset_s": 61})
    expired = phone.get(url)

    assert (opened.status_code, opened.content, opened.headers["cache-control"]) == (200, b"picture", "immutable")
    assert expired.status_code == 403


@pytest.fixture
def phone():
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.mark.parametrize("change", [("assets", "asset2"), ("X-Amz-Expires=60", "X-Amz-Expires=6000"), ("image", "x")])
def test_link_opens_nothing_else_when_it_is_changed(oss, there, phone, change):
    url = oss.url(KEY, lifetime_s=60)

    changed = phone.get(url.replace(*change) if change[0] in url else f"{url}&response-content-type=text/html")

    assert changed.status_code == 403
    assert b"picture" not in changed.content


def test_nobody_reads_without_a_signature(oss_server, settings, there, phone):
    answer = phone.get(f"{oss_server.url}/{KEY}", headers={"Host": settings.host})

    assert answer.status_code == 403
    assert b"<Code>AccessDenied</Code>" in answer.content


def test_link_is_on_our_own_host_name_when_there_is_one(settings, http):
    oss = Oss(settings.model_copy(update={"cname": "assets.example.com", "endpoint": ""}), http, clock.now)

    assert oss.url("assets/a.png", lifetime_s=60).startswith("https://assets.example.com/assets/a.png?X-Amz-Algorithm=")


def test_every_code_has_a_meaning():
    for code, meaning in ERRORS.items():
        assert isinstance(error_of(code, 400, None), meaning.error)

    assert isinstance(error_of("Unheard", 500, None), VendorUnavailable)
    assert isinstance(error_of("Unheard", 400, None), VendorRejected)
    assert isinstance(error_of("QpsLimitExceeded", 503, None), VendorBusy)
    assert issubclass(VendorBusy, VendorError)


def test_reading_loads_neither_boto3_nor_botocore():
    code = "import sys, common.vendors.oss; print([name for name in sys.modules if name.startswith('boto')])"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"


@pytest.mark.parametrize(
    "wrong",
    [
        {"bucket": "Mojian"},
        {"cname": "https://x"},
        {"endpoint": "127.0.0.1:1"},
        {"bucket": "mojian", "access_key_id": "a", "access_key_secret": "b"},
    ],
)
def test_settings_are_refused_when_they_do_not_fit(wrong):
    with pytest.raises(ValueError, match=r"OSS|bucket|cname|endpoint|look like"):
        OssSettings.model_validate(wrong)
