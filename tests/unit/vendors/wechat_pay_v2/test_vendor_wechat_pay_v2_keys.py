"""The merchant certificate: in either form, and refused when it is none."""

import base64
import ssl

import pytest

from common.errors import SettingsInvalid
from common.vendors.wechat_pay_v2.keys import read_client_certificate
from scripts.local_cloud.fakes.wechat_pay_v2.account import new_certificate


@pytest.fixture(scope="module")
def pair():
    return new_certificate()


def test_certificate_can_be_shown_when_it_is_der_on_one_line_or_pem(pair):
    from_der = read_client_certificate(*pair)
    from_pem = read_client_certificate(from_der.certificate, from_der.key)

    from_der.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    assert from_pem == from_der
    assert from_der.key not in repr(from_der)


@pytest.mark.parametrize("text", ["", "!", base64.b64encode(b"x").decode(), "-----BEGIN CERTIFICATE-----\nx"])
@pytest.mark.parametrize("place", [0, 1])
def test_setting_is_named_when_certificate_or_key_is_none(pair, place, text):
    values = [text if index == place else value for index, value in enumerate(pair)]

    with pytest.raises(SettingsInvalid) as caught:
        read_client_certificate(*values)

    (problem,) = caught.value.facts["problems"]
    assert problem.startswith(f"WECHAT_PAY_V2_CLIENT_{('CERTIFICATE', 'KEY')[place]}: neither PEM")


def test_key_is_refused_when_it_belongs_to_another_certificate(pair):
    with pytest.raises(SettingsInvalid) as caught:
        read_client_certificate(pair[0], new_certificate()[1])

    assert caught.value.facts["problems"] == [
        "WECHAT_PAY_V2_CLIENT_KEY: not the key of WECHAT_PAY_V2_CLIENT_CERTIFICATE"
    ]
