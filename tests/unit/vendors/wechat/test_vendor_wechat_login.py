"""Login codes: used once, and never asked about again when the answer was lost."""

import logging

import pytest

from common.errors import (
    AccountRefused,
    CredentialRejected,
    LoginCodeInvalid,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.vendors.wechat.client import WeChat


@pytest.fixture
def code(server):
    return server.control("login_code", {"user": "alice"})["code"]


def test_identity_is_known_when_the_code_is_good(wechat, code, records):
    identity = wechat.exchange_code(code)

    assert identity.openid
    assert identity.session_key
    assert (records[0].vendor, records[0].operation, records[0].status) == ("wechat", "exchange_code", 200)


def test_openid_stays_when_the_same_user_logs_in_again(wechat, server, code):
    first = wechat.exchange_code(code)

    second = wechat.exchange_code(server.control("login_code", {"user": "alice"})["code"])

    assert second.openid == first.openid
    assert second.session_key != first.session_key


def test_user_has_to_log_in_again_when_the_code_was_used_or_never_existed(wechat, code):
    wechat.exchange_code(code)

    for bad in (code, "nonsense"):
        with pytest.raises(LoginCodeInvalid) as caught:
            wechat.exchange_code(bad)
        assert caught.value.details == {}


@pytest.mark.parametrize("when", ["before", "after"])
def test_code_is_given_up_when_the_answer_was_lost(wechat, server, code, when):
    server.fault("jscode2session", "drop", when=when)

    with pytest.raises(LoginCodeInvalid):
        wechat.exchange_code(code)

    assert server.operations() == ["jscode2session"]


def test_same_code_is_tried_once_more_when_wechat_is_busy(wechat, server, code):
    server.fault("jscode2session", "errcode", errcode=-1)

    identity = wechat.exchange_code(code)

    assert identity.openid
    assert server.operations() == ["jscode2session", "jscode2session"]


def test_wechat_is_blamed_when_it_answers_with_a_server_error(wechat, server, code):
    server.fault("jscode2session", "status", status=502)

    with pytest.raises(VendorUnavailable):
        wechat.exchange_code(code)

    assert server.operations() == ["jscode2session"]


def test_wechat_is_blamed_when_nobody_listens(settings, http, tokens):
    nowhere = WeChat(settings.model_copy(update={"base_url": "http://127.0.0.1:1"}), http, tokens)

    with pytest.raises(VendorUnavailable):
        nowhere.exchange_code("code")


def test_user_is_refused_when_wechat_blocks_the_account(wechat, server, code):
    server.fault("jscode2session", "errcode", errcode=40226)

    with pytest.raises(AccountRefused):
        wechat.exchange_code(code)


def test_settings_are_blamed_when_the_appid_is_wrong(settings, http, tokens, code):
    other = WeChat(settings.model_copy(update={"appid": "wx0000000000000000"}), http, tokens)

    with pytest.raises(CredentialRejected) as caught:
        other.exchange_code(code)

    assert caught.value.facts["vendor_code"] == 40013
    assert caught.value.facts["request_id"]


@pytest.mark.parametrize("body", ["not json", "[]", '{"session_key": "k"}'])
def test_answer_is_refused_when_it_is_not_a_session(wechat, server, code, body):
    server.fault("jscode2session", "malformed", body=body)

    with pytest.raises(VendorReplyInvalid):
        wechat.exchange_code(code)


def test_log_holds_no_secret_when_everything_is_logged(wechat, settings, code, caplog):
    caplog.set_level(logging.DEBUG)

    identity = wechat.exchange_code(code)

    for secret in (settings.secret.get_secret_value(), code, identity.session_key):
        assert secret not in caplog.text
