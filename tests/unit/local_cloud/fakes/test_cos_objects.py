"""The COS fake driven by the vendor's own Python client, the way the product's objects are written and read."""

import logging

import httpx
import pytest
from qcloud_cos import CosConfig, CosS3Client
from qcloud_cos.cos_exception import CosServiceError

from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.kit import serve

BUCKET = "mojian-1250000000"
HOST = f"{BUCKET}.cos.ap-guangzhou.myqcloud.com"
KEY = "uploads/用户 1/简历 v1(终).pdf"


@pytest.fixture
def events():
    return []


@pytest.fixture
def fake(tmp_path, events):
    logging.getLogger("qcloud_cos").setLevel(logging.CRITICAL)
    return CosFake(tmp_path, events.append)


@pytest.fixture
def port(fake):
    with serve(fake) as serving:
        yield serving.port


def client_for(port, secret_id, secret_key, token=None):
    config = CosConfig(
        Region="ap-guangzhou",
        SecretId=secret_id,
        SecretKey=secret_key,
        Token=token,
        Scheme="http",
        IP="127.0.0.1",
        Port=port,
    )
    return CosS3Client(config, retry=0)


@pytest.fixture
def client(fake, port):
    return client_for(port, fake.permanent_key.secret_id, fake.permanent_key.secret_key)


def body_of(answer):
    return answer["Body"].get_raw_stream().read()


def test_get_returns_what_was_put_when_key_is_chinese_with_spaces(client):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"hello", ContentType="application/pdf")

    answer = client.get_object(Bucket=BUCKET, Key=KEY)

    assert body_of(answer) == b"hello"
    assert answer["Content-Type"] == "application/pdf"


def test_get_returns_the_bytes_when_key_is_as_long_as_cos_allows(client):
    key = "长" * 283 + "k"
    client.put_object(Bucket=BUCKET, Key=key, Body=b"x")

    answer = client.get_object(Bucket=BUCKET, Key=key)

    assert body_of(answer) == b"x"


def test_put_is_refused_when_key_is_too_long(client):
    with pytest.raises(CosServiceError) as refusal:
        client.put_object(Bucket=BUCKET, Key="长" * 284, Body=b"x")

    assert (refusal.value.get_status_code(), refusal.value.get_error_code()) == (400, "KeyTooLong")


def test_head_describes_the_object_when_it_exists(client):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"123456789", Metadata={"x-cos-meta-sha": "abc"})

    headers = client.head_object(Bucket=BUCKET, Key=KEY)

    assert headers["Content-Length"] == "9"
    assert headers["x-cos-meta-sha"] == "abc"
    # The check value of CRC-64/XZ for "123456789" is 0x995DC9BBDF1939FA.
    assert headers["x-cos-hash-crc64ecma"] == str(0x995DC9BBDF1939FA)
    assert "tencent-cos" in headers["Server"]


def test_get_returns_a_part_when_range_is_asked(client):
    client.put_object(Bucket=BUCKET, Key="a", Body=b"0123456789")

    answer = client.get_object(Bucket=BUCKET, Key="a", Range="bytes=2-4")

    assert body_of(answer) == b"234"
    assert answer["Content-Range"] == "bytes 2-4/10"


@pytest.mark.parametrize(
    ("ask", "status", "code"),
    [
        (lambda client: client.get_object(Bucket=BUCKET, Key="nope"), 404, "NoSuchKey"),
        (lambda client: client.head_object(Bucket=BUCKET, Key="nope"), 404, "NoSuchResource"),
        (lambda client: client.get_object(Bucket="other-1250000000", Key="a"), 404, "NoSuchBucket"),
        (lambda client: client.get_object(Bucket=BUCKET, Key="a", Range="bytes=99-"), 416, "InvalidRange"),
        (lambda client: client.get_object(Bucket=BUCKET, Key="a", IfMatch='"other"'), 412, "PreconditionFailed"),
        (lambda client: client.put_object(Bucket=BUCKET, Key="b", Body=b"x", ContentMD5="AAAA"), 400, "InvalidDigest"),
        (
            lambda client: client.put_object(Bucket=BUCKET, Key="b", Body=b"x", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg=="),
            400,
            "BadDigest",
        ),
        (lambda client: client.create_multipart_upload(Bucket=BUCKET, Key="a"), 501, "NotImplemented"),
        (lambda client: client.create_bucket(Bucket=BUCKET), 405, "MethodNotAllowed"),
        (
            lambda client: client.put_object(
                Bucket=BUCKET, Key="a", Body=b"x", Metadata={"x-cos-forbid-overwrite": "true"}
            ),
            409,
            "FileAlreadyExists",
        ),
        (
            lambda client: client.copy_object(
                Bucket=BUCKET, Key="a", CopySource={"Bucket": BUCKET, "Key": "a", "Region": "ap-guangzhou"}
            ),
            400,
            "InvalidRequest",
        ),
    ],
)
def test_refusal_carries_the_code_of_cos_when_request_cannot_be_met(client, ask, status, code):
    client.put_object(Bucket=BUCKET, Key="a", Body=b"0123456789")

    with pytest.raises(CosServiceError) as refusal:
        ask(client)

    assert (refusal.value.get_status_code(), refusal.value.get_error_code()) == (status, code)


def test_forbidden_overwrite_leaves_the_first_object_when_key_exists(client):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"first", Metadata={"x-cos-forbid-overwrite": "true"})

    with pytest.raises(CosServiceError):
        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"second", Metadata={"x-cos-forbid-overwrite": "true"})

    assert body_of(client.get_object(Bucket=BUCKET, Key=KEY)) == b"first"


def test_delete_removes_the_object_when_called_twice(client, events):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")

    client.delete_object(Bucket=BUCKET, Key=KEY)
    client.delete_object(Bucket=BUCKET, Key=KEY)

    assert not client.object_exists(Bucket=BUCKET, Key=KEY)
    assert [event.event_name for event in events] == ["cos:ObjectCreated:Put", "cos:ObjectRemove:Delete"]


def test_copy_keeps_bytes_and_type_when_source_key_is_chinese(client):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"hello", ContentType="application/pdf")

    client.copy_object(Bucket=BUCKET, Key="b", CopySource={"Bucket": BUCKET, "Key": KEY, "Region": "ap-guangzhou"})

    answer = client.get_object(Bucket=BUCKET, Key="b")
    assert (body_of(answer), answer["Content-Type"]) == (b"hello", "application/pdf")


def test_self_copy_replaces_metadata_and_fires_copy_when_directive_is_replaced(client, events):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"hello")

    client.copy_object(
        Bucket=BUCKET,
        Key=KEY,
        CopySource={"Bucket": BUCKET, "Key": KEY, "Region": "ap-guangzhou"},
        CopyStatus="Replaced",
        Metadata={"x-cos-meta-attempt": "2"},
    )

    assert events[-1].event_name == "cos:ObjectCreated:Copy"
    assert events[-1].meta == {"x-cos-meta-attempt": "2"}


def test_list_walks_all_pages_when_max_keys_is_smaller_than_the_result(client):
    keys = [f"parsed/一 {number}.json" for number in range(5)]
    for key in [*keys, "uploads/other"]:
        client.put_object(Bucket=BUCKET, Key=key, Body=b"x")

    seen, marker, truncated = [], "", "true"
    while truncated == "true":
        page = client.list_objects(Bucket=BUCKET, Prefix="parsed/", MaxKeys=2, Marker=marker)
        seen += [row["Key"] for row in page["Contents"]]
        marker, truncated = page.get("NextMarker", ""), page["IsTruncated"]

    assert seen == keys


def test_list_groups_keys_when_delimiter_is_given(client):
    for key in ("a/1", "a/2", "b/1", "c"):
        client.put_object(Bucket=BUCKET, Key=key, Body=b"x")

    page = client.list_objects(Bucket=BUCKET, Delimiter="/")

    assert [row["Prefix"] for row in page["CommonPrefixes"]] == ["a/", "b/"]
    assert [row["Key"] for row in page["Contents"]] == ["c"]


def test_event_tells_what_changed_when_object_is_put(client, events):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"hello", ContentType="application/pdf")

    (event,) = events

    assert (event.bucket, event.appid, event.region, event.full_bucket) == (
        "mojian",
        "1250000000",
        "ap-guangzhou",
        BUCKET,
    )
    assert (event.key, event.size_bytes, event.content_type) == (KEY, 5, "application/pdf")
    assert event.event_name == "cos:ObjectCreated:Put"
    assert event.etag == '"5d41402abc4b2a76b9719d911017c592"'


def test_object_is_already_durable_when_its_event_fires(tmp_path):
    seen = []
    fake = CosFake(tmp_path, lambda event: seen.append(CosFake(tmp_path, print).state()["objects"][0]["key"]))
    with serve(fake) as serving:
        client = client_for(serving.port, fake.permanent_key.secret_id, fake.permanent_key.secret_key)

        client.put_object(Bucket=BUCKET, Key=KEY, Body=b"hello")

    assert seen == [KEY]


def test_objects_and_secret_survive_when_the_fake_starts_again(tmp_path, client, fake):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"first")
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"second", ContentType="text/plain", Metadata={"x-cos-meta-a": "1"})

    again = CosFake(tmp_path, print)

    assert again.permanent_key == fake.permanent_key
    with serve(again) as serving:
        reader = client_for(serving.port, again.permanent_key.secret_id, again.permanent_key.secret_key)
        answer = reader.get_object(Bucket=BUCKET, Key=KEY)
        assert (body_of(answer), answer["Content-Type"], answer["x-cos-meta-a"]) == (b"second", "text/plain", "1")


def test_reset_empties_the_bucket_when_objects_exist(client, fake, tmp_path):
    client.put_object(Bucket=BUCKET, Key=KEY, Body=b"x")

    fake.reset()

    assert CosFake(tmp_path, print).state()["objects"] == []


@pytest.mark.parametrize(
    ("secret_id", "secret_key", "token", "code"),
    [
        ("AKIDMOJIANLOCAL", "wrong", None, "SignatureDoesNotMatch"),
        ("AKIDNOBODY", "wrong", None, "InvalidAccessKeyId"),
        ("AKIDTEMP", "temporary-key", None, "AccessDenied"),
        ("AKIDTEMP", "temporary-key", "other", "AccessDenied"),
        ("AKIDOVER", "temporary-key", "token-over", "AccessDenied"),
    ],
    ids=["wrong secret", "unknown id", "token missing", "wrong token", "key expired"],
)
def test_put_is_refused_when_the_key_is_not_acceptable(fake, port, secret_id, secret_key, token, code):
    fake.admit_temporary_key("AKIDTEMP", "temporary-key", "token-1", fake.clock.now() + 60)
    fake.admit_temporary_key("AKIDOVER", "temporary-key", "token-over", fake.clock.now() - 1)

    with pytest.raises(CosServiceError) as refusal:
        client_for(port, secret_id, secret_key, token).put_object(Bucket=BUCKET, Key="a", Body=b"x")

    assert (refusal.value.get_status_code(), refusal.value.get_error_code()) == (403, code)


def test_put_succeeds_when_temporary_key_comes_with_its_token(fake, port):
    fake.admit_temporary_key("AKIDTEMP", "temporary-key", "token-1", fake.clock.now() + 60)

    client_for(port, "AKIDTEMP", "temporary-key", "token-1").put_object(Bucket=BUCKET, Key="a", Body=b"x")

    assert fake.state()["objects"][0]["key"] == "a"


def test_fault_is_answered_in_error_xml_when_a_status_is_planned(fake, port, client):
    httpx.post(f"http://127.0.0.1:{port}/__fake__/faults", json={"operation": "PutObject", "status": 503, "times": 1})

    with pytest.raises(CosServiceError) as refusal:
        client.put_object(Bucket=BUCKET, Key="a", Body=b"x")

    assert (refusal.value.get_status_code(), refusal.value.get_error_code()) == (503, "SlowDown")
    client.put_object(Bucket=BUCKET, Key="a", Body=b"x")
    assert [entry["operation"] for entry in fake.log.as_json()] == ["PutObject", "PutObject"]


def test_environment_points_the_product_at_the_fake_when_asked(fake):
    environment = fake.environment("http://127.0.0.1:9001")

    assert environment == {
        "COS_ENDPOINT": "http://127.0.0.1:9001",
        "COS_BUCKET": BUCKET,
        "COS_REGION": "ap-guangzhou",
    }
