"""The table of WeChat Pay's codes, in either spelling."""

import httpx
import pytest

from common.errors import VendorUnavailable
from common.vendors.wechat_pay.errors import ERRORS, normalised, raise_refusal


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_code_has_its_error_and_an_action_when_it_is_sent(code):
    with pytest.raises(ERRORS[code].error) as caught:
        raise_refusal(httpx.Response(400, json={"code": code, "message": "…"}))

    assert ERRORS[code].action
    assert ERRORS[code].retryable is caught.value.retryable


def test_codes_are_the_same_when_spelt_with_underscores():
    assert normalised("ORDER_NOT_EXIST") == normalised("ORDERNOTEXIST") == "ORDERNOTEXIST"
    assert all(code == normalised(code) for code in ERRORS)


def test_request_is_to_be_repeated_when_it_was_only_accepted():
    with pytest.raises(VendorUnavailable):
        raise_refusal(httpx.Response(202))
