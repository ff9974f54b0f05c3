"""WeChat's table of codes."""

import httpx
import pytest

from common.errors import VendorError, VendorRejected
from common.vendors.wechat.errors import ERRORS, check, error_of


@pytest.mark.parametrize("errcode", sorted(ERRORS))
def test_every_code_has_its_error_and_an_action_when_wechat_sends_it(errcode):
    reply = {"errcode": errcode, "errmsg": "told rid: 623ea70a-74b9b592-3e3d489a"}

    with pytest.raises(ERRORS[errcode].error) as caught:
        check(httpx.Response(200, json=reply))

    assert ERRORS[errcode].action
    assert ERRORS[errcode].retryable is caught.value.retryable
    assert not isinstance(caught.value, VendorError) or caught.value.facts["request_id"].startswith("623ea70a")


def test_unknown_code_is_final_when_it_comes():
    error = error_of(987654, "x" * 1000)

    assert type(error) is VendorRejected
    assert len(error.facts["vendor_message"]) == 200


def test_answer_is_good_when_it_has_no_errcode():
    assert check(httpx.Response(200, json={"openid": "o"})) is None
