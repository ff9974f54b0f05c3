"""What an answer has said so far, for clients that come back while it is being made: encrypted, in Redis, for some minutes."""

import logging

from common.domain.chat import TurnId
from common.errors import StoreUnavailable
from common.persistence.chats import Cipher
from common.persistence.redis_connection import RedisConnection

_log = logging.getLogger(__name__)

LIFETIME_S = 1800


class RedisChatPieces:
    def __init__(self, redis: RedisConnection, cipher: Cipher) -> None:
        self._redis, self._cipher = redis, cipher
        self._given_up: TurnId | None = None

    def add(self, turn_id: TurnId, text: str) -> None:
        """The next piece of the answer. A turn whose piece was lost gets no further ones: pieces are whole or end early."""
        if turn_id == self._given_up:
            return
        try:
            with self._redis.client() as client, client.pipeline(transaction=True) as pipe:
                pipe.rpush(self._key(turn_id), self._cipher.encrypt(text, context=_place(turn_id)))
                pipe.expire(self._key(turn_id), LIFETIME_S)
                pipe.execute()
        except StoreUnavailable as error:
            self._given_up = turn_id
            _log.warning("pieces of an answer are not kept: %s", error)

    def text(self, turn_id: TurnId) -> str:
        """Empty when nothing is there, or Redis is down."""
        try:
            with self._redis.client() as client:
                pieces = client.lrange(self._key(turn_id), 0, -1)
        except StoreUnavailable as error:
            _log.warning("pieces of an answer are not read: %s", error)
            return ""
        return "".join(self._cipher.decrypt(str(piece).encode(), context=_place(turn_id)) for piece in pieces)

    def _key(self, turn_id: TurnId) -> str:
        return self._redis.key("chat", turn_id)


def _place(turn_id: TurnId) -> str:
    return f"chat.pieces:{turn_id}"
