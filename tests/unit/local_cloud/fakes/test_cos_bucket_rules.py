"""Lifecycle and CORS of the COS fake, through the vendor's own SDK: kept, given back, refused when COS would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qcloud_cos import CosConfig, CosS3Client
from qcloud_cos.cos_exception import CosServiceError

from scripts.local_cloud.fakes.cos import CosFake
from scripts.local_cloud.fakes.kit import serve

RULE = {"ID": "old", "Filter": {"Prefix": "deploy/"}, "Status": "Enabled", "Expiration": {"Days": 30}}
CORS = {"ID": "web", "AllowedOrigin": ["https://example.com"], "AllowedMethod": ["GET", "POST"], "MaxAgeSeconds": 600}


@pytest.fixture
def fake(tmp_path: Path) -> CosFake:
    return CosFake(tmp_path, lambda _event: None)


@pytest.fixture
def client(fake: CosFake) -> Iterator[Any]:
    with serve(fake) as served:
        key = fake.permanent_key
        where = {"Scheme": "http", "IP": "127.0.0.1", "Port": served.port}
        yield CosS3Client(
            CosConfig(Region="ap-guangzhou", SecretId=key.secret_id, SecretKey=key.secret_key, **where), retry=0
        )


BUCKET = "mojian-1250000000"


def test_lifecycle_is_given_back_as_it_was_put(client: Any) -> None:
    client.put_bucket_lifecycle(Bucket=BUCKET, LifecycleConfiguration={"Rule": [RULE]})

    (found,) = client.get_bucket_lifecycle(Bucket=BUCKET)["Rule"]

    assert (found["ID"], found["Filter"], found["Expiration"]) == ("old", {"Prefix": "deploy/"}, {"Days": "30"})


def test_cors_is_given_back_as_it_was_put(client: Any) -> None:
    client.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRule": [CORS]})

    (found,) = client.get_bucket_cors(Bucket=BUCKET)["CORSRule"]

    assert (found["ID"], found["AllowedMethod"]) == ("web", ["GET", "POST"])


def test_new_rules_replace_all_old_ones_and_a_reset_forgets_them(client: Any, fake: CosFake) -> None:
    client.put_bucket_lifecycle(Bucket=BUCKET, LifecycleConfiguration={"Rule": [RULE]})
    client.put_bucket_lifecycle(Bucket=BUCKET, LifecycleConfiguration={"Rule": [{**RULE, "ID": "new"}]})
    ids = [rule["ID"] for rule in fake.state()["rules"]["lifecycle"]]
    fake.reset()

    assert ids == [["new"]]
    assert fake.state()["rules"] == {}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([{**RULE, "Status": "On"}], "MalformedXML"),
        ([{**RULE, "Expiration": {"Days": 0}}], "MalformedXML"),
        ([{"ID": "nothing", "Filter": {"Prefix": ""}, "Status": "Enabled"}], "MalformedXML"),
        ([RULE, RULE], "InvalidRequest"),
    ],
)
def test_lifecycle_is_refused_when_it_makes_no_sense(client: Any, rules: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(CosServiceError) as refused:
        client.put_bucket_lifecycle(Bucket=BUCKET, LifecycleConfiguration={"Rule": rules})

    assert refused.value.get_error_code() == code


def test_cors_is_refused_when_a_method_is_unknown(client: Any) -> None:
    with pytest.raises(CosServiceError) as refused:
        client.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRule": [{**CORS, "AllowedMethod": ["PATCH"]}]})

    assert refused.value.get_error_code() == "MalformedXML"


@pytest.mark.parametrize(
    ("ask", "code"),
    [("get_bucket_lifecycle", "NoSuchLifecycleConfiguration"), ("get_bucket_cors", "NoSuchCORSConfiguration")],
)
def test_rules_that_were_never_put_are_not_found(client: Any, ask: str, code: str) -> None:
    with pytest.raises(CosServiceError) as refused:
        getattr(client, ask)(Bucket=BUCKET)

    assert (refused.value.get_status_code(), refused.value.get_error_code()) == (404, code)
