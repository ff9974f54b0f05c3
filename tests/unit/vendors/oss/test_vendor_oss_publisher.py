"""Writing our assets with boto3: against the strict fake, against moto for what moto can show, and on the wire of https."""

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto.server import ThreadedMotoServer

from common.errors import CredentialRejected, ObjectAlreadyExists, VendorUnavailable
from common.vendors.oss.publisher import AssetPublisher
from common.vendors.oss.settings import OssSettings
from scripts.local_cloud.fakes.oss.app import CNAME

HOW = {"media_type": "application/json", "cache": "no-cache"}
KEY = "assets/模板 (1)+.json"


@pytest.fixture
def publisher(settings, monkeypatch):
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)
    return AssetPublisher(settings)


@pytest.fixture(scope="module")
def moto():
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        region_name="us-east-1",
        aws_access_key_id="x",
        aws_secret_access_key="y",
    )
    client.create_bucket(Bucket="mojian")
    yield f"http://{host}:{port}"
    client.close()
    server.stop()


@pytest.fixture
def on_moto(moto, monkeypatch):
    """moto knows virtual hosts below amazonaws.com only."""
    settings = OssSettings(
        bucket="mojian", endpoint=moto, access_key_id="x", access_key_secret="y", public_key="k", region="x"
    )
    monkeypatch.setattr(OssSettings, "host", "mojian.s3.amazonaws.com")
    return AssetPublisher(settings)


def test_new_object_is_written_once(publisher, oss_server):
    publisher.put_new(KEY, b"{}", **HOW)

    with pytest.raises(ObjectAlreadyExists):
        publisher.put_new(KEY, b"[]", **HOW)

    assert publisher.read(KEY)[0] == b"{}"
    assert oss_server.control("state")["objects"][KEY] | {"etag": ""} == {
        "size_bytes": 2,
        "etag": "",
        "content-type": "application/json",
        "cache-control": "no-cache",
    }


def test_pointer_is_replaced_only_while_it_is_what_was_seen(publisher):
    publisher.replace("pointer", b"1", **HOW, seen_etag=None)
    _, seen = publisher.read("pointer")
    publisher.replace("pointer", b"2", **HOW, seen_etag=seen)

    with pytest.raises(ObjectAlreadyExists):
        publisher.replace("pointer", b"3", **HOW, seen_etag=seen)
    with pytest.raises(ObjectAlreadyExists):
        publisher.replace("pointer", b"3", **HOW, seen_etag=None)

    assert publisher.read("pointer")[0] == b"2"


def test_object_is_looked_for_without_reading_it(publisher, oss_server):
    publisher.put_new(KEY, b"{}", **HOW)

    assert (publisher.has(KEY), publisher.has("other")) == (True, False)
    assert publisher.read("other") is None
    assert "GetObject" not in oss_server.operations()[:3]


def test_publishing_goes_through_our_own_host_name(settings, oss_server):
    AssetPublisher(settings.model_copy(update={"cname": CNAME})).put_new(KEY, b"{}", **HOW)

    assert list(oss_server.control("state")["objects"]) == [KEY]


def test_open_bucket_is_noticed(publisher, oss_server):
    private = publisher.is_private()
    oss_server.fake.public = True

    assert (private, publisher.is_private()) == (True, False)


def test_writing_is_refused_when_the_key_is_wrong(settings):
    wrong = settings.model_copy(update={"access_key_id": "LTAInobody"})

    with pytest.raises(CredentialRejected):
        AssetPublisher(wrong).put_new(KEY, b"{}", **HOW)


def test_writing_is_repeated_a_few_times_when_the_vendor_fails(publisher, oss_server):
    oss_server.fault("PutObject", "status", status=500, times=2)
    publisher.put_new(KEY, b"{}", **HOW)

    oss_server.fault("PutObject", "status", status=500, times=3)
    with pytest.raises(VendorUnavailable):
        publisher.put_new("other", b"{}", **HOW)

    assert oss_server.operations().count("PutObject") == 6


def test_address_without_anybody_is_unavailable(settings, monkeypatch):
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)

    with pytest.raises(VendorUnavailable):
        AssetPublisher(settings.model_copy(update={"endpoint": "http://127.0.0.1:1"})).has(KEY)


def test_body_is_plain_over_https_where_boto3_would_send_chunks():
    """moto and every fake over http never see the chunks: boto3 makes them over https only."""
    settings = OssSettings(bucket="mojian", access_key_id="a", access_key_secret="b", public_key="k")
    publisher, sent = AssetPublisher(settings), []

    def keep(request, **_more):
        sent.append(request)
        return AWSResponse(request.url, 200, {"etag": '"1"'}, _Body())

    publisher._client.meta.events.register("before-send.s3.PutObject", keep)
    publisher.put_new("a.json", b"{}", **HOW)

    (request,) = sent
    names = {name.lower() for name in request.headers}
    assert request.url == "https://mojian.s3.oss-cn-hangzhou.aliyuncs.com/a.json"
    assert request.headers["Content-Length"] in ("2", b"2")
    assert not names & {"content-encoding", "transfer-encoding", "x-amz-trailer", "x-amz-sdk-checksum-algorithm"}
    assert b"oss-cn-hangzhou/s3/aws4_request" in _bytes(request.headers["Authorization"])


def test_fake_refuses_the_chunks_that_boto3_sends_by_default(oss_server, settings):
    """What the defaults of boto3 make over https, sent to the fake as it is."""
    import httpx

    headers = {"Host": settings.host, "Content-Encoding": "aws-chunked", "Transfer-Encoding": "chunked"}
    headers["x-amz-content-sha256"] = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"

    answer = httpx.put(f"{oss_server.url}/a.json", headers=headers, content=iter([b"2\r\n{}\r\n0\r\n\r\n"]))

    assert answer.status_code == 400
    assert b"<Code>InvalidRequest</Code>" in answer.content


class _Body:
    def stream(self, *_args, **_more):
        return iter([b""])

    def read(self, *_args, **_more):
        return b""


def _bytes(value):
    return value if isinstance(value, bytes) else value.encode()


def test_moto_keeps_what_is_written_and_both_conditions(on_moto):
    on_moto.put_new("assets/一.json", b"{}", **HOW)
    with pytest.raises(ObjectAlreadyExists):
        on_moto.put_new("assets/一.json", b"[]", **HOW)
    on_moto.replace("pointer", b"1", **HOW, seen_etag=None)
    content, seen = on_moto.read("pointer")
    on_moto.replace("pointer", b"2", **HOW, seen_etag=seen)
    with pytest.raises(ObjectAlreadyExists):
        on_moto.replace("pointer", b"3", **HOW, seen_etag=seen)

    assert (content, on_moto.read("pointer")[0]) == (b"1", b"2")
    assert (on_moto.has("assets/一.json"), on_moto.has("nothing"), on_moto.read("nothing")) == (True, False, None)


def test_moto_shows_a_private_bucket(on_moto):
    assert on_moto.is_private()
