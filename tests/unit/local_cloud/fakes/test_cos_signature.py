"""The fake's own q-sign code against published vectors: it must not inherit a bug of the client it checks."""

import pytest

from scripts.local_cloud.fakes.cos.signature import http_string, policy_signature, request_signature, sign_key

PUBLISHED_SECRET = "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz"
PUBLISHED_HOST = "examplebucket-1250000000.cos.ap-beijing.myqcloud.com"
PUBLISHED_PATH = "/exampleobject(腾讯云)"
PUT_HEADERS = {
    "content-length": "13",
    "content-md5": "mQ/fVh815F3k6TAUm8m0eg==",
    "content-type": "text/plain",
    "date": "Thu, 16 May 2019 06:45:51 GMT",
    "host": PUBLISHED_HOST,
    "x-cos-acl": "private",
    "x-cos-grant-read": 'uin="100000000011"',
}
GET_PARAMETERS = {"response-content-type": "application/octet-stream", "response-cache-control": "max-age=600"}
GET_HEADERS = {"date": "Thu, 16 May 2019 06:55:53 GMT", "host": PUBLISHED_HOST}
SDK_HEADERS = {
    "host": "resume-1250000000.cos.ap-guangzhou.myqcloud.com",
    "content-type": "application/pdf",
    "x-cos-forbid-overwrite": "true",
}
POLICY = (
    b'{"expiration":"2024-03-09T16:15:00.000Z","conditions":[{"bucket":"examplebucket-1250000000"},'
    b'["starts-with","$key","u/42/"],["content-length-range",1,10485760],{"q-sign-algorithm":"sha1"},'
    b'{"q-ak":"AKIDEXAMPLE"},{"q-sign-time":"1710000000;1710000900"}]}'
)


@pytest.mark.parametrize(
    ("method", "path", "parameters", "headers", "key_time", "expected"),
    [
        (
            "PUT",
            PUBLISHED_PATH,
            {},
            PUT_HEADERS,
            "1557989151;1557996351",
            "3b8851a11a569213c17ba8fa7dcf2abec6935172",
        ),
        (
            "GET",
            PUBLISHED_PATH,
            GET_PARAMETERS,
            GET_HEADERS,
            "1557989753;1557996953",
            "01681b8c9d798a678e43b685a9f1bba0f6c0e012",
        ),
        (
            "PUT",
            "/u/1/简历 v1.pdf",
            {},
            SDK_HEADERS,
            "1699999940;1700000600",
            "84c9f10cee7a9c818fc884074be7a92810934dc3",
        ),
    ],
    ids=["published PUT", "published GET", "vendor SDK PUT"],
)
def test_request_signature_is_the_published_one_when_inputs_are_published(
    method, path, parameters, headers, key_time, expected
):
    signed = http_string(method, path, parameters, headers)

    signature = request_signature(PUBLISHED_SECRET, key_time, signed)

    assert signature == expected


@pytest.mark.parametrize(
    ("secret", "key_time", "expected"),
    [
        (PUBLISHED_SECRET, "1557989151;1557996351", "eb2519b498b02ac213cb1f3d1a3d27a3b3c9bc5f"),
        (PUBLISHED_SECRET, "1557989753;1557996953", "937914bf490e9e8c189836aad2052e4feeb35eaf"),
        ("exampleSecretKey", "1710000000;1710000900", "ed2b1059004e7415639aa7c0c00f84147fe281eb"),
    ],
)
def test_sign_key_is_the_published_one_when_key_time_is_published(secret, key_time, expected):
    key = sign_key(secret, key_time)

    assert key == expected


def test_policy_signature_covers_the_json_text_when_policy_is_the_reference_one():
    signature = policy_signature("exampleSecretKey", "1710000000;1710000900", POLICY)

    assert signature == "c99f32cf2b17be19e97e3c5cfc231195c212e073"
