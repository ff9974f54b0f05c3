"""The published vectors of COS's signature and policy, and agreement with the vendor's own SDK."""

from datetime import datetime, timezone

import pytest

from common.vendors.cos import signature

SECRET = "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz"
HOST = "examplebucket-1250000000.cos.ap-beijing.myqcloud.com"
PATH = "/exampleobject(腾讯云)"


@pytest.mark.parametrize(
    ("period", "method", "query", "headers", "expected"),
    [
        (
            "1557989151;1557996351",
            "PUT",
            {},
            {
                "Content-Length": "13",
                "Content-MD5": "mQ/fVh815F3k6TAUm8m0eg==",
                "Content-Type": "text/plain",
                "Date": "Thu, 16 May 2019 06:45:51 GMT",
                "Host": HOST,
                "x-cos-acl": "private",
                "x-cos-grant-read": 'uin="100000000011"',
            },
            "3b8851a11a569213c17ba8fa7dcf2abec6935172",
        ),
        (
            "1557989753;1557996953",
            "GET",
            {"response-content-type": "application/octet-stream", "response-cache-control": "max-age=600"},
            {"Date": "Thu, 16 May 2019 06:55:53 GMT", "Host": HOST},
            "01681b8c9d798a678e43b685a9f1bba0f6c0e012",
        ),
    ],
    ids=["put", "get"],
)
def test_request_signature_is_the_published_one_when_inputs_are(period, method, query, headers, expected):
    signed = signature.sign_request(SECRET, period, method=method, path=PATH, query=query, headers=headers)

    assert signed == expected


def test_request_signature_is_the_sdks_when_the_key_is_chinese():
    headers = {
        "host": "resume-1250000000.cos.ap-guangzhou.myqcloud.com",
        "content-type": "application/pdf",
        "x-cos-forbid-overwrite": "true",
    }

    signed = signature.sign_request(
        SECRET, "1699999940;1700000600", method="PUT", path="/u/1/简历 v1.pdf", headers=headers
    )

    assert signed == "84c9f10cee7a9c818fc884074be7a92810934dc3"


def test_policy_signature_is_the_known_one_when_the_policy_is():
    policy = (
        '{"expiration":"2024-03-09T16:15:00.000Z","conditions":[{"bucket":"examplebucket-1250000000"},'
        '["starts-with","$key","u/42/"],["content-length-range",1,10485760],{"q-sign-algorithm":"sha1"},'
        '{"q-ak":"AKIDEXAMPLE"},{"q-sign-time":"1710000000;1710000900"}]}'
    )

    signed = signature.sign_policy("exampleSecretKey", "1710000000;1710000900", policy)

    assert signed == "c99f32cf2b17be19e97e3c5cfc231195c212e073"


def test_period_begins_a_minute_early_when_it_is_made():
    now = datetime(2024, 3, 9, 16, 0, tzinfo=timezone.utc)

    assert signature.key_time(now, 900) == "1709999940;1710000900"
