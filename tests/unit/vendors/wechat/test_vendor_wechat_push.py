"""The message push: published vectors, both modes, both forms, and everything that is not what it claims."""

import base64
from datetime import datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from common.errors import NotificationRefused, SettingsInvalid
from common.vendors.wechat.push import Mailbox
from common.vendors.wechat.settings import PushSettings
from scripts.local_cloud.fakes.wechat.push_letters import as_json, as_xml, encrypt, signature

AT = 1710000000
NOW = datetime.fromtimestamp(AT, timezone.utc)
TOKEN, NONCE, APPID = "token", "nonce", "wxd678efh567hg6787"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SIGNED = {"timestamp": str(AT), "nonce": NONCE, "signature": "80b94323d2cec5b96d07867a5166387fa34e8f84"}
SEALED = (
    "Q3stYC6hdFzMh9T8HCvyDF7ZpSMHLR3Xw2Wa9yCSof1ESA7Gwr9bQSdqxnY4dUp8YSPuQQYEx1rZ8/GMmiS9gIxVKr4jwBEOINJeRSmTuKrfRyRLcmamT0"
    "kFt+uXZ7se1weXMcd2mMujInXtyT+8wsnKkIpnPjgyKgYI3b69m3Y="
)
MSG_SIGNATURE = "98086b79f96acf20116397300c4bed8fa7d58623"
EVENT = {
    "ToUserName": "gh_1",
    "FromUserName": "oAlice",
    "CreateTime": 1,
    "MsgType": "event",
    "Event": "x",
    "In": {"A": 2},
}


@pytest.fixture
def plain():
    return Mailbox(PushSettings(token=TOKEN), appid=APPID)


@pytest.fixture
def secure():
    return Mailbox(PushSettings(token=TOKEN, aes_key=AES_KEY), appid=APPID)


def sealed(message, *, key=AES_KEY, appid=APPID, write=as_json):
    """(query, body) under a signature that fits."""
    text = encrypt(key, message, appid)
    query = {"timestamp": str(AT), "nonce": NONCE, "msg_signature": signature(TOKEN, str(AT), NONCE, text)}
    return query, write({"ToUserName": "gh_1", "Encrypt": text})


def reason(mailbox, query, body, now=NOW):
    with pytest.raises(NotificationRefused) as caught:
        mailbox.open(query, body, now=now)
    return caught.value.facts


def test_address_is_proven_by_the_published_signature(plain, secure):
    for mailbox in (plain, secure):
        assert mailbox.echo({**SIGNED, "echostr": "5375"}, now=NOW) == "5375"


def test_event_is_opened_when_it_is_the_known_ciphertext(secure):
    query = {"timestamp": str(AT), "nonce": NONCE, "msg_signature": MSG_SIGNATURE}

    event = secure.open(query, as_json({"ToUserName": "gh_x", "Encrypt": SEALED}), now=NOW)

    assert event.name == "wxa_media_check"
    assert event.told == {"ToUserName": "gh_x", "MsgType": "event", "Event": "wxa_media_check"}


def test_known_ciphertext_is_what_the_fake_writes():
    message = b'{"ToUserName":"gh_x","MsgType":"event","Event":"wxa_media_check"}'

    text = encrypt(AES_KEY, message, APPID, b"0123456789abcdef")

    assert text == SEALED
    assert signature(TOKEN, str(AT), NONCE, text) == MSG_SIGNATURE


@pytest.mark.parametrize(("write", "is_xml", "inner"), [(as_json, False, {"A": 2}), (as_xml, True, {"A": "2"})])
def test_event_is_the_same_in_json_and_xml(plain, write, is_xml, inner):
    event = plain.open(SIGNED, write(EVENT), now=NOW)

    assert (event.name, event.sender, event.created_at, event.is_xml) == ("x", "oAlice", "1", is_xml)
    assert event.told["In"] == inner
    assert event.key.startswith("push/oAlice/1/x/")


def test_repetition_has_the_key_of_the_first_and_another_event_of_the_same_second_has_not(plain):
    first, again, other = (
        plain.open(SIGNED, as_json({**EVENT, **change}), now=NOW)
        for change in ({"RetryTimes": 0}, {"RetryTimes": 1}, {"In": {"A": 3}})
    )

    assert first.key == again.key != other.key


def test_message_is_known_by_its_id(plain):
    event = plain.open(SIGNED, as_json({**EVENT, "MsgId": 23456}), now=NOW)

    assert event.key == "push/23456"


def test_lists_of_xml_are_read_at_any_depth_and_nothing_else_can_become_one(plain):
    told = b"<Told><List><Id>1</Id></List><List><Id>2</Id></List></Told><Twice>1</Twice><Twice>2</Twice>"
    body = b"<xml><Event>x</Event>" + told + b"</xml>"

    event = plain.open(SIGNED, body, now=NOW)

    assert event.told == {"Event": "x", "Told": {"List": [{"Id": "1"}, {"Id": "2"}]}, "Twice": "2"}


LAUGHS = b"".join(b'<!ENTITY l%d "&l%d;&l%d;">' % (number + 1, number, number) for number in range(40))
BOMBS = {
    "billion laughs": b'<!DOCTYPE x [<!ENTITY l0 "ha">' + LAUGHS + b"]><xml><Event>&l40;</Event></xml>",
    "quadratic": b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 9000 + b'">]><xml><Event>' + b"&a;" * 9000 + b"</Event></xml>",
    "outside file": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Event>&f;</Event></xml>',
    "outside host": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><xml><Event>x</Event></xml>',
    "parameter": b'<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><xml><Event>x</Event></xml>',
    "deep": b"<a>" * 9000 + b"</a>" * 9000,
    "other encoding": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY e "e">]><xml>&e;</xml>'.encode(
        "utf-16"
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_does_nothing_although_it_is_signed(plain, secure, name):
    assert reason(plain, SIGNED, BOMBS[name]) in ({"reason": "body"}, {"reason": "size"})
    assert reason(secure, *sealed(BOMBS[name])) in ({"reason": "body"}, {"reason": "size"})


def unpadded(content, pad):
    """A ciphertext under our key whose padding is `pad`, and a signature that fits."""
    key = base64.b64decode(AES_KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    text = base64.b64encode(encryptor.update(content + pad) + encryptor.finalize()).decode()
    query = {"timestamp": str(AT), "nonce": NONCE, "msg_signature": signature(TOKEN, str(AT), NONCE, text)}
    return query, as_json({"Encrypt": text})


@pytest.mark.parametrize(
    "pad", [b"\0" * 32, b"\x21" * 32, b"\x20" * 31 + b"\x1f", b"\x02" * 15 + b"\x03", b"\xff" * 16, b"\1\2\3\4" * 4]
)
def test_ciphertext_is_refused_when_its_padding_is_wrong(secure, pad):
    assert reason(secure, *unpadded(b"r" * 32, pad)) in ({"reason": "ciphertext"}, {"mismatch": "app"})


@pytest.mark.parametrize("length", [0, 1, 2**31, 2**32 - 1])
def test_ciphertext_is_refused_when_its_length_is_a_lie(secure, length):
    content = b"r" * 16 + length.to_bytes(4, "big") + as_json(EVENT) + APPID.encode()
    rest = 32 - len(content) % 32

    assert reason(secure, *unpadded(content, bytes([rest]) * rest)) in ({"reason": "body"}, {"mismatch": "app"})


def test_list_of_xml_holds_every_entry_when_there_are_several(plain):
    entries = [{"TemplateId": "t1"}, {"TemplateId": "t2"}]

    event = plain.open(SIGNED, as_xml({"Event": "x", "Popup": {"List": entries}, "Twice": ["a", "b"]}), now=NOW)

    assert event.told == {"Event": "x", "Popup": {"List": entries}, "Twice": "b"}


@pytest.mark.parametrize("write", [as_json, as_xml])
def test_event_is_opened_when_it_is_encrypted(secure, write):
    event = secure.open(*sealed(write(EVENT), write=write), now=NOW)

    assert (event.name, event.is_xml) == ("x", write is as_xml)


def test_message_without_an_event_is_named_by_its_type(plain):
    event = plain.open(SIGNED, as_json({"MsgType": "text", "Content": "你好"}), now=NOW)

    assert event.name == "text"


def test_plain_push_is_refused_when_there_is_an_aes_key(secure):
    assert reason(secure, SIGNED, as_json(EVENT)) == {"reason": "not encrypted"}


def test_signature_of_plain_mode_opens_nothing_in_secure_mode(secure):
    query, body = sealed(as_json(EVENT))

    assert reason(secure, {**query, "msg_signature": SIGNED["signature"]}, body) == {"reason": "signature"}


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
def test_push_is_refused_when_a_part_of_its_signature_is_missing(plain, name):
    query = {part: value for part, value in SIGNED.items() if part != name}

    assert reason(plain, query, as_json(EVENT)) == {"reason": "signature"}


@pytest.mark.parametrize(("late", "ok"), [(timedelta(hours=23), True), (timedelta(hours=25), False)])
@pytest.mark.parametrize("sign", [1, -1])
def test_signature_lives_for_a_day_either_way(plain, late, ok, sign):
    now = NOW + sign * late

    if ok:
        assert plain.open(SIGNED, as_json(EVENT), now=now).name == "x"
    else:
        assert reason(plain, SIGNED, as_json(EVENT), now) == {"reason": "stale"}


@pytest.mark.parametrize("timestamp", ["", "-1", "1e9", "١", "9" * 400, "1710000000.0"])
def test_push_is_refused_when_its_time_is_none_although_it_is_signed(plain, timestamp):
    query = {"timestamp": timestamp, "nonce": NONCE, "signature": signature(TOKEN, timestamp, NONCE)}

    assert reason(plain, query, as_json(EVENT)) == {"reason": "timestamp"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"1",
        b"{",
        b"\xff",
        b"[" * 30_000,
        b"<xml>",
        b"<a>" * 9_000,
        b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>',
    ],
)
def test_body_is_refused_when_it_is_neither_an_object_nor_xml(plain, body):
    assert reason(plain, SIGNED, body) == {"reason": "body"}


def test_body_is_refused_before_it_is_looked_at_when_it_is_huge(plain):
    assert reason(plain, {}, b"x" * 70_000) == {"reason": "size"}


@pytest.mark.parametrize("appid", ["", "wxffffffffffffffff", f"{APPID}x"])
def test_ciphertext_is_refused_when_it_was_made_for_another_app(secure, appid):
    assert reason(secure, *sealed(as_json(EVENT), appid=appid)) == {"mismatch": "app"}


def test_ciphertext_is_refused_when_it_is_under_another_key(secure):
    facts = reason(secure, *sealed(as_json(EVENT), key="A" * 43))

    assert facts in ({"reason": "ciphertext"}, {"mismatch": "app"})


@pytest.mark.parametrize("text", ["", "A", "AAAA", "密文", "%%%%", "A" * 44])
def test_ciphertext_is_refused_when_it_is_none(secure, text):
    query = {"timestamp": str(AT), "nonce": NONCE, "msg_signature": signature(TOKEN, str(AT), NONCE, text)}

    assert reason(secure, query, as_json({"Encrypt": text}))


def test_settings_are_blamed_when_there_is_no_token():
    with pytest.raises(SettingsInvalid) as caught:
        Mailbox(PushSettings(), appid=APPID).open(SIGNED, b"{}", now=NOW)

    assert caught.value.facts["problems"] == ["WECHAT_PUSH_TOKEN: missing"]


@pytest.mark.parametrize("key", ["short", "A" * 42, "A" * 44, "*" * 43])
def test_settings_are_blamed_when_the_aes_key_is_none(key):
    mailbox = Mailbox(PushSettings(token=TOKEN, aes_key=key), appid=APPID)

    with pytest.raises(SettingsInvalid):
        mailbox.open(*sealed(as_json(EVENT)), now=NOW)
