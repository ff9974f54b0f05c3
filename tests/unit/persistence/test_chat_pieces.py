"""What an answer has said so far: whole or cut at the end, never with a hole, and not readable in Redis."""

import pytest

from common.errors import InternalError
from common.persistence.chat_pieces import LIFETIME_S, RedisChatPieces
from tests.unit.domain.chat.builders import a_turn
from tests.unit.persistence.test_chat_store import Reversed


@pytest.fixture
def pieces(redis):
    return RedisChatPieces(redis, Reversed())


def test_text_is_all_pieces_in_order(pieces):
    for piece in ("先准备", "例子", "。"):
        pieces.add(a_turn(1), piece)

    assert pieces.text(a_turn(1)) == "先准备例子。"
    assert pieces.text(a_turn(2)) == ""


def test_attempts_have_pieces_of_their_own(pieces):
    pieces.add(a_turn(1, attempt=1), "先")

    pieces.add(a_turn(1, attempt=2), "再")

    assert pieces.text(a_turn(1, attempt=2)) == "再"


def test_pieces_are_sealed_and_end_after_a_while(pieces, redis):
    pieces.add(a_turn(1), "先准备")

    key = redis.key("chat", "t_1", "1")
    with redis.client() as client:
        assert "先准备" not in str(client.lrange(key, 0, -1))
        assert 0 < client.ttl(key) <= LIFETIME_S


def test_nothing_is_kept_or_found_when_redis_is_down(dead_redis):
    pieces = RedisChatPieces(dead_redis, Reversed())

    pieces.add(a_turn(1), "先准备")

    assert pieces.text(a_turn(1)) == ""


def test_no_later_piece_is_kept_when_one_was_lost(redis, monkeypatch):
    pieces = RedisChatPieces(redis, Reversed())
    pieces.add(a_turn(1), "先")
    with monkeypatch.context() as lost:
        lost.setattr(redis, "_client", dead())
        pieces.add(a_turn(1), "准备")

    pieces.add(a_turn(1), "例子")

    assert pieces.text(a_turn(1)) == "先"


def dead():
    from redis import Redis

    return Redis(port=1, socket_connect_timeout=0.1, retry=None)


def test_pieces_of_a_changed_key_do_not_open(redis):
    from common.security.encryption import Cipher
    from common.security.keyring import KeyRing

    rings = [KeyRing.parse(f"k{number}:{'A' * 42}{letter}", setting="X") for number, letter in ((1, "A"), (2, "E"))]
    RedisChatPieces(redis, Cipher(rings[0])).add(a_turn(1), "先")

    with pytest.raises(InternalError):
        RedisChatPieces(redis, Cipher(rings[1])).text(a_turn(1))
