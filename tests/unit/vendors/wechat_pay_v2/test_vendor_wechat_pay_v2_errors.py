"""The table of v2's codes, and the order in which an answer is judged."""

import pytest

from common.errors import CredentialRejected, VendorRejected, VendorReplyInvalid, VendorUnavailable
from common.vendors.wechat_pay_v2.errors import ERRORS, MESSAGES, is_code, raise_not_done, raise_not_understood


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_code_has_its_error_and_an_action_when_it_is_sent(code):
    with pytest.raises(ERRORS[code].error) as caught:
        raise_not_done({"result_code": "FAIL", "err_code": code})

    assert ERRORS[code].action
    assert is_code(caught.value, "OTHER", code)
    assert ERRORS[code].retryable is caught.value.retryable


def test_refusal_is_final_when_nobody_documented_its_code():
    with pytest.raises(VendorRejected) as caught:
        raise_not_done({"result_code": "FAIL", "err_code": "NEW"})

    assert not caught.value.retryable


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("签名错误，请检查后再试", CredentialRejected),
        ("商户号mch_id与appid不匹配", CredentialRejected),
        ("appid不存在", CredentialRejected),
        ("系统繁忙，请稍后再试", VendorUnavailable),
        ("缺少参数body", VendorRejected),
        ("", VendorRejected),
    ],
)
def test_refusal_without_a_code_is_told_by_its_message(message, error):
    with pytest.raises(error) as caught:
        raise_not_understood({"return_code": "FAIL", "return_msg": message})

    assert type(caught.value) is error
    assert caught.value.facts["reason"] == message
    assert all(meaning.action for meaning in MESSAGES.values())


@pytest.mark.parametrize("check", [raise_not_understood, raise_not_done])
def test_answer_is_no_answer_when_it_says_neither_yes_nor_no(check):
    with pytest.raises(VendorReplyInvalid):
        check({"return_code": "success", "result_code": ""})
