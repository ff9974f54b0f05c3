"""Signature V4: the examples of AWS's documents, and what boto3 makes of the same request."""

from datetime import datetime, timezone
from urllib.parse import parse_qs, quote, urlsplit

import boto3
import pytest
from botocore.config import Config

from common.vendors.oss.signature import Signer

AWS = Signer("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1")
NOW = datetime(2013, 5, 24, tzinfo=timezone.utc)
HOST = "examplebucket.s3.amazonaws.com"


def test_signature_is_that_of_the_documents_when_an_object_is_read():
    headers = AWS.headers(host=HOST, path="/test.txt", now=NOW, more={"range": "bytes=0-9"})

    assert headers["authorization"].endswith(
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
    )


def test_link_is_that_of_the_documents_when_it_lives_a_day():
    query = AWS.presigned_query(host=HOST, path="/test.txt", now=NOW, lifetime_s=86400)

    assert query.endswith("X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")
    assert "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request" in query


@pytest.mark.parametrize("key", ["assets/ab12.png", "模板/预览 (1).png", "a+b~c.json"])
def test_link_is_the_one_boto3_makes(key):
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    client = boto3.client(
        "s3",
        aws_access_key_id="AKID",
        aws_secret_access_key="secret",
        region_name="oss-cn-hangzhou",
        endpoint_url="https://s3.oss-cn-hangzhou.aliyuncs.com",
        config=config,
    )
    theirs = urlsplit(client.generate_presigned_url("get_object", {"Bucket": "mojian", "Key": key}, ExpiresIn=600))
    signed_at = datetime.strptime(parse_qs(theirs.query)["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(
        tzinfo=timezone.utc
    )

    path = "/" + quote(key, safe="/-_.~")
    ours = Signer("AKID", "secret", "oss-cn-hangzhou").presigned_query(
        host=theirs.netloc, path=path, now=signed_at, lifetime_s=600
    )

    assert theirs.netloc == "mojian.s3.oss-cn-hangzhou.aliyuncs.com"
    assert theirs.path == path
    assert parse_qs(ours) == parse_qs(theirs.query)
