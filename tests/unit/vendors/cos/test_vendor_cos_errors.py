"""The SDK's exceptions as our errors."""

import pytest
from qcloud_cos import CosClientError, CosServiceError
from requests.structures import CaseInsensitiveDict

from common.errors import CredentialRejected, ObjectAlreadyExists, VendorRejected, VendorUnavailable
from common.vendors.cos.errors import ERRORS, meaning_of

XML = "<Error><Code>{}</Code><Message>m</Message><Resource>r</Resource><RequestId>rid</RequestId></Error>"


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_code_of_the_table_has_its_error_and_an_action_when_cos_sends_it(code):
    error = meaning_of(CosServiceError("GET", XML.format(code), 400))

    assert type(error) is ERRORS[code].error
    assert error.facts["request_id"] == "rid"
    assert ERRORS[code].action


@pytest.mark.parametrize(
    ("answer", "status", "expected"),
    [
        (XML.format("SomethingNew"), 400, VendorRejected),
        (XML.format("SomethingNew"), 409, ObjectAlreadyExists),
        ("<html>gateway</html>", 502, VendorUnavailable),
        (CaseInsensitiveDict({"X-Cos-Request-Id": "rid"}), 403, CredentialRejected),
    ],
)
def test_status_decides_when_the_code_is_unknown(answer, status, expected):
    assert type(meaning_of(CosServiceError("GET", answer, status))) is expected


def test_lost_connection_is_unavailable_and_says_nothing_of_the_url():
    error = meaning_of(CosClientError("HTTPConnectionPool(host='x'): url: /secret"))

    assert isinstance(error, VendorUnavailable)
    assert "secret" not in str(error)
