"""Open data: WeChat's own vectors, and everything that is refused before a word of it is believed."""

import base64
import json
from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from common.errors import OpenDataRefused
from common.vendors.wechat.open_data import check_watermark, read_sealed, read_signed, session_signature

# The examples of WeChat's "signature verification and decryption of open data" and "user session signature".
RAW = (
    '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN",'
    '"avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtp'
    'ujxyzYsrztuuICqIM5ibXQ/0"}'
)
RAW_KEY, RAW_SIGNATURE = "HyVFkGl5F5OQWJZZaNzBBg==", "75e81ceda165f4ffa64f4068af58c64b8f54b88c"
SEALED = (
    "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOET"
    "KUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXw"
    "u0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UI"
    "eorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYV"
    "oKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew=="
)
APPID, SEAL_KEY, SEAL_IV = "wx4f4bc4dec97d474b", "tiihtNczf5v6AKRyjwEUhQ==", "r7BXXKkLb8qrSNn05n0qiA=="
SEALED_AT = datetime.fromtimestamp(1477314187, timezone.utc)


def test_signed_data_is_read_when_it_is_the_official_example():
    content = read_signed(RAW, RAW_SIGNATURE, session_key=RAW_KEY)

    assert content["nickName"] == "Band"


@pytest.mark.parametrize(
    ("raw", "signature", "key"),
    [
        (RAW.replace("Band", "Bane"), RAW_SIGNATURE, RAW_KEY),
        (RAW + " ", RAW_SIGNATURE, RAW_KEY),
        (RAW, RAW_SIGNATURE[:-1] + "d", RAW_KEY),
        (RAW, "", RAW_KEY),
        (RAW, "签名", RAW_KEY),
        (RAW, RAW_SIGNATURE, SEAL_KEY),
        ("not json", "x", RAW_KEY),
    ],
)
def test_signed_data_is_refused_when_a_byte_of_it_is_another(raw, signature, key):
    with pytest.raises(OpenDataRefused) as caught:
        read_signed(raw, signature, session_key=key)

    assert caught.value.facts == {"reason": "signature"}


def test_sealed_data_is_read_when_it_is_the_official_example():
    content = read_sealed(SEALED, SEAL_IV, session_key=SEAL_KEY)

    assert content["openId"] == "oGZUI0egBJY1zhBYw2KhdUfwVJJE"
    assert content["unionId"] == "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"
    check_watermark(content, appid=APPID, now=SEALED_AT + timedelta(minutes=10))


@pytest.mark.parametrize(
    ("sealed", "iv", "key"),
    [
        (SEALED, SEAL_IV, RAW_KEY),
        (SEALED[:-24], SEAL_IV, SEAL_KEY),
        (SEALED, "AAAA", SEAL_KEY),
        (SEALED, "!", SEAL_KEY),
        ("", SEAL_IV, SEAL_KEY),
        ("not base64", SEAL_IV, SEAL_KEY),
        (SEALED, SEAL_IV, "c2hvcnQ="),
    ],
)
def test_sealed_data_is_refused_when_it_does_not_open(sealed, iv, key):
    with pytest.raises(OpenDataRefused) as caught:
        read_sealed(sealed, iv, session_key=key)

    assert caught.value.facts == {"reason": "ciphertext"}


def _sealed(plain: bytes) -> str:
    """Padded by hand, so that anything can stand inside."""
    padded = plain + bytes([16 - len(plain) % 16]) * (16 - len(plain) % 16)
    encryptor = Cipher(algorithms.AES(base64.b64decode(SEAL_KEY)), modes.CBC(base64.b64decode(SEAL_IV))).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


@pytest.mark.parametrize("plain", [b"[1]", b"\xff\xfe", b"[" * 50_000, b""])
def test_sealed_data_is_refused_when_what_opens_is_no_object(plain):
    with pytest.raises(OpenDataRefused):
        read_sealed(_sealed(plain), SEAL_IV, session_key=SEAL_KEY)


@pytest.mark.parametrize(
    "watermark",
    [
        {"appid": "wx0000000000000000", "timestamp": 1477314187},
        {"appid": APPID, "timestamp": 1477314187 - 601},
        {"appid": APPID, "timestamp": 1477314187 + 61},
        {"appid": APPID, "timestamp": "1477314187"},
        {"appid": APPID},
        {},
        "x",
        None,
    ],
)
def test_watermark_is_refused_when_it_is_of_another_app_or_another_time(watermark):
    content = read_sealed(_sealed(json.dumps({"watermark": watermark}).encode()), SEAL_IV, session_key=SEAL_KEY)

    with pytest.raises(OpenDataRefused) as caught:
        check_watermark(content, appid=APPID, now=SEALED_AT)

    assert caught.value.facts == {"reason": "watermark"}


@pytest.mark.parametrize(
    ("message", "signature"),
    [
        ('{"foo":"bar"}', "654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b"),
        ("", "46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128"),
    ],
)
def test_session_signature_is_the_official_one_when_the_message_is(message, signature):
    assert session_signature("o0q0otL8aEzpcZL/FT9WsQ==", message) == signature
