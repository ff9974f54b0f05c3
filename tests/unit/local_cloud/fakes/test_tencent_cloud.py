"""The Tencent Cloud fake: the documents' own signature, every way to be refused, OCR and its package."""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
from PIL import Image

from scripts.local_cloud.fakes.kit_ocr import EngineMissing, RecognisedLine
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
from scripts.local_cloud.fakes.tencent_cloud.signature import ALGORITHM, canonical_request, signature_of

HOST = "cloud.test"
LINE = RecognisedLine("林小满", ((1.2, 2), (30, 3), (30, 13), (1, 12)), 0.934)


class Engine:
    """Reads the same line in every picture, or says why it cannot."""

    def __init__(self, *known: RecognisedLine, missing: bool = False) -> None:
        self.known, self.missing = list(known), missing

    def lines(self, _content: bytes) -> list[RecognisedLine]:
        if self.missing:
            raise EngineMissing("rapidocr is not installed")
        return self.known


@pytest.fixture
def fake() -> TencentCloudFake:
    fake = TencentCloudFake()
    fake.ocr.recogniser = Engine(LINE)  # type: ignore[assignment]
    return fake


@pytest.fixture
def client(fake: TencentCloudFake) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(app=fake), base_url=f"http://{HOST}") as client:
        yield client


@pytest.fixture
def call(fake: TencentCloudFake, client: httpx.Client) -> Callable[..., dict[str, Any]]:
    """Signs as the documents say; anything may be changed after signing."""

    def send(
        fields: object = None, *, key: tuple[str, str] | None = None, service: str = "ocr", **changed: str
    ) -> dict[str, Any]:
        environment = fake.environment("http://x")
        secret_id, secret_key = key or (environment["OCR_SECRET_ID"], environment["OCR_SECRET_KEY"])
        timestamp = int(fake.clock.now())
        body = json.dumps(fields if fields is not None else {"ImageBase64": picture()}).encode()
        signed = {"content-type": "application/json", "host": HOST}
        canonical = canonical_request("POST", "/", "", signed, ("content-type", "host"), body)
        signature = signature_of(canonical, secret_key=secret_key, timestamp=timestamp, service=service)
        date = datetime.fromtimestamp(timestamp, timezone.utc).strftime("%Y-%m-%d")
        scope = f"{secret_id}/{date}/{service}/tc3_request"
        headers = {
            **signed,
            "Authorization": f"{ALGORITHM} Credential={scope}, SignedHeaders=content-type;host, Signature={signature}",
            "X-TC-Action": "GeneralAccurateOCR",
            "X-TC-Version": "2018-11-19",
            "X-TC-Timestamp": str(timestamp),
            "X-TC-Region": "ap-guangzhou",
        }
        answer = client.post("/", content=body, headers={**headers, **changed})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
        response: dict[str, Any] = answer.json()["Response"]
        assert response["RequestId"]
        return response

    return send


def picture() -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def code(response: dict[str, Any]) -> str:
    return str(response.get("Error", {}).get("Code"))


#: cloud.tencent.com/document/api/382/52072, the example of DescribeInstances in its two editions.
EXAMPLE_BODY = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
EXAMPLE_HEADERS = {
    "content-type": "application/json; charset=utf-8",
    "host": "cvm.tencentcloudapi.com",
    "x-tc-action": "DescribeInstances",
}


@pytest.mark.parametrize(
    ("signed", "digest"),
    [
        (("content-type", "host"), "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"),
        (("content-type", "host", "x-tc-action"), "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"),
    ],
)
def test_canonical_request_is_the_documents_own_when_their_example_is_written(
    signed: tuple[str, ...], digest: str
) -> None:
    canonical = canonical_request("POST", "/", "", EXAMPLE_HEADERS, signed, EXAMPLE_BODY)

    assert hashlib.sha256(canonical.encode()).hexdigest() == digest


def test_signature_is_the_documents_own_when_their_example_is_signed() -> None:
    canonical = canonical_request("POST", "/", "", EXAMPLE_HEADERS, ("content-type", "host"), EXAMPLE_BODY)

    signature = signature_of(
        canonical, secret_key="Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", timestamp=1551113065, service="cvm"
    )

    assert signature == "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"


def test_ocr_gives_polygon_confidence_and_angle_when_text_is_found(call: Callable[..., dict[str, Any]]) -> None:
    response = call()

    (found,) = response["TextDetections"]
    assert (found["DetectedText"], found["Confidence"]) == ("林小满", 93)
    assert found["Polygon"] == [{"X": 1, "Y": 2}, {"X": 30, "Y": 3}, {"X": 30, "Y": 13}, {"X": 1, "Y": 12}]
    assert found["ItemPolygon"] == {"X": 1, "Y": 2, "Width": 29, "Height": 11}
    assert response["Angle"] == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"Authorization": "TC3-HMAC-SHA256 nonsense"}, "AuthFailure.InvalidAuthorization"),
        ({"X-TC-Timestamp": "1551113065"}, "AuthFailure.SignatureExpire"),
        ({"X-TC-Timestamp": ""}, "MissingParameter"),
        ({"content-type": "text/plain"}, "AuthFailure.SignatureFailure"),
        ({"X-TC-Token": "stray"}, "AuthFailure.TokenFailure"),
        ({"X-TC-Action": "GeneralBasicOCR"}, "InvalidAction"),
        ({"X-TC-Version": "2017-01-01"}, "NoSuchVersion"),
        ({"X-TC-Region": ""}, "UnsupportedRegion"),
    ],
)
def test_request_is_refused_by_name_when_its_header_is_wrong(
    call: Callable[..., dict[str, Any]], changed: dict[str, str], expected: str
) -> None:
    assert code(call(**changed)) == expected


def test_request_is_refused_when_the_key_is_unknown(call: Callable[..., dict[str, Any]]) -> None:
    assert code(call(key=("AKIDnobody", "x"))) == "AuthFailure.SecretIdNotFound"


def test_request_is_refused_when_the_secret_is_wrong(
    fake: TencentCloudFake, call: Callable[..., dict[str, Any]]
) -> None:
    secret_id = fake.environment("http://x")["OCR_SECRET_ID"]

    assert code(call(key=(secret_id, "x"))) == "AuthFailure.SignatureFailure"


def test_request_is_refused_when_it_is_signed_for_another_service(call: Callable[..., dict[str, Any]]) -> None:
    assert code(call(service="cvm")) == "InvalidAction"


def test_temporary_key_works_until_it_ends_when_it_comes_with_its_token(
    fake: TencentCloudFake, call: Callable[..., dict[str, Any]]
) -> None:
    fake.admit_temporary_key("AKIDrole", "secret", "token", fake.clock.now() + 60)
    key = ("AKIDrole", "secret")

    answers = [code(call(key=key)), code(call(key=key, **{"X-TC-Token": "token"}))]
    fake.clock.shift(120)
    answers.append(code(call(key=key, **{"X-TC-Token": "token"})))

    assert answers == ["AuthFailure.TokenFailure", "None", "AuthFailure.TokenFailure"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "MissingParameter"),
        ([], "InvalidParameter"),
        ({"ImageUrl": "http://x/y.png"}, "FailedOperation.DownLoadError"),
        ({"ImageBase64": "*"}, "FailedOperation.ImageDecodeFailed"),
        ({"ImageBase64": base64.b64encode(b"no picture").decode()}, "FailedOperation.ImageDecodeFailed"),
        ({"ImageBase64": "A" * (10 * 1024 * 1024 + 4)}, "LimitExceeded.TooLargeFileError"),
    ],
)
def test_ocr_is_refused_by_name_when_the_picture_is_none(
    call: Callable[..., dict[str, Any]], fields: object, expected: str
) -> None:
    assert code(call(fields)) == expected


@pytest.mark.parametrize(
    ("engine", "expected"),
    [(Engine(), "FailedOperation.ImageNoText"), (Engine(missing=True), "FailedOperation.UnOpenError")],
)
def test_ocr_says_why_when_it_reads_nothing(
    fake: TencentCloudFake, call: Callable[..., dict[str, Any]], engine: Engine, expected: str
) -> None:
    fake.ocr.recogniser = engine  # type: ignore[assignment]

    assert code(call()) == expected


def test_package_runs_out_when_its_calls_are_spent(
    fake: TencentCloudFake, client: httpx.Client, call: Callable[..., dict[str, Any]]
) -> None:
    client.post("/__fake__/limits/ocr", json={"calls_left": 1})

    codes = [code(call()), code(call())]

    assert codes == ["None", "ResourceUnavailable.ResourcePackageRunOut"]
    assert client.get("/__fake__/state").json()["ocr"]["calls_left"] == 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("limits/ocr", {"left": 1}),
        ("limits/ocr", {"calls_left": "x"}),
        ("limits/cvm", {}),
        ("limits/sms", {"per_year": 1}),
    ],
)
def test_control_is_refused_when_it_makes_no_sense(client: httpx.Client, path: str, body: dict[str, Any]) -> None:
    assert client.post(f"/__fake__/{path}", json=body).status_code == 400


@pytest.mark.parametrize(("when", "calls"), [("before", 0), ("after", 1)])
def test_fault_answers_with_a_code_before_or_after_the_work(
    fake: TencentCloudFake, client: httpx.Client, call: Callable[..., dict[str, Any]], when: str, calls: int
) -> None:
    fault = {"operation": "GeneralAccurateOCR", "kind": "code", "code": "InternalError", "when": when}
    client.post("/__fake__/faults", json=fault)

    assert code(call()) == "InternalError"
    assert len(fake.ocr.calls) == calls


def test_log_names_the_action_and_no_picture_when_a_request_came(
    client: httpx.Client, call: Callable[..., dict[str, Any]]
) -> None:
    call()

    (entry,) = client.get("/__fake__/requests").json()["requests"]
    assert (entry["operation"], entry["status"], entry["body"]) == ("GeneralAccurateOCR", 200, None)


def test_memory_is_gone_and_the_key_stays_when_the_fake_is_reset(
    fake: TencentCloudFake, call: Callable[..., dict[str, Any]]
) -> None:
    call()

    fake.reset()

    assert fake.state()["ocr"]["calls"] == []
    assert code(call()) == "None"
