"""What an answer has said so far, for clients that come back while it is being made: encrypted, in Redis, for some minutes."""

import logging

from common.domain.chat import Turn
from common.errors import StoreUnavailable
from common.persistence.chats import Cipher
from common.persistence.redis_connection import RedisConnection

_log = logging.getLogger(__name__)

LIFETIME_S = 1800


class RedisChatPieces:
    """Each attempt at a turn has pieces of its own: a worker that woke up too late cannot spoil those of its successor."""

    def __init__(self, redis: RedisConnection, cipher: Cipher) -> None:
        self._redis, self._cipher = redis, cipher
        self._given_up = ""

    def add(self, turn: Turn, text: str) -> None:
        """The next piece. After one that was lost none is taken any more: what is kept is whole, or ends early."""
        key = self._key(turn)
        if key == self._given_up:
            return
        try:
            with self._redis.client() as client, client.pipeline(transaction=True) as pipe:
                pipe.rpush(key, self._cipher.encrypt(text, context=_place(turn)))
                pipe.expire(key, LIFETIME_S)
                pipe.execute()
        except StoreUnavailable as error:
            self._given_up = key
            _log.warning("pieces of an answer are not kept: %s", error)

    def text(self, turn: Turn) -> str:
        """Empty when nothing is there, or Redis is down."""
        try:
            with self._redis.client() as client:
                pieces = client.lrange(self._key(turn), 0, -1)
        except StoreUnavailable as error:
            _log.warning("pieces of an answer are not read: %s", error)
            return ""
        return "".join(self._cipher.decrypt(str(piece).encode(), context=_place(turn)) for piece in pieces)

    def _key(self, turn: Turn) -> str:
        return self._redis.key("chat", turn.id, str(turn.attempt))


def _place(turn: Turn) -> str:
    return f"chat.pieces:{turn.id}"
