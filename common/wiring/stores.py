"""The stores: SQL for the truth, Redis for what may be lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from common.errors import NotLoggedIn
from common.wiring.invocation import Invocation

if TYPE_CHECKING:
    from common.domain.users import UserId
    from common.persistence.contacts import SqlContacts
    from common.services import ports


class Stores(Invocation):
    """The stores: SQL for the truth, Redis for what may be lost."""

    def read_session(self, token: str) -> UserId:
        """Raises NotLoggedIn, also with a token that verifies when its account was erased: then it is worth nothing at once.

        The row is asked for once in an invocation.
        """
        user_id = self.sessions.read(token, now=self.now())
        if user_id not in self._seen_users:
            if not self.users.is_there(user_id):
                raise NotLoggedIn
            self._seen_users.add(user_id)
        return user_id

    @cached_property
    def _seen_users(self) -> set[UserId]:
        return set()

    def _encrypt(self, text: str, *, context: str) -> bytes:
        """For stores that seal a column: no cipher is made before something is sealed or opened."""
        return self.cipher.encrypt(text, context=context)

    def _decrypt(self, sealed: bytes, *, context: str) -> str:
        return self.cipher.decrypt(sealed, context=context)

    @cached_property
    def users(self) -> ports.UserStore:
        from common.persistence.users import SqlUserStore

        return SqlUserStore(
            self._shared.database,
            encrypt=self._encrypt,
            decrypt=self._decrypt,
        )

    @cached_property
    def credits(self) -> ports.CreditStore:
        from common.persistence.credits import SqlCreditStore

        return SqlCreditStore(self._shared.database)

    @cached_property
    def orders(self) -> ports.OrderStore:
        from common.persistence.orders import SqlOrderStore

        return SqlOrderStore(self._shared.database)

    @cached_property
    def books(self) -> ports.Books:
        from common.persistence.books import SqlBooks

        return SqlBooks(self._shared.database)

    @cached_property
    def refunds(self) -> ports.RefundStore:
        from common.persistence.refunds import SqlRefundStore

        return SqlRefundStore(self._shared.database)

    @cached_property
    def resumes(self) -> ports.ResumeStore:
        from common.persistence.resumes import SqlResumeStore

        return SqlResumeStore(self._shared.database)

    @cached_property
    def chats(self) -> ports.ChatStore:
        from common.persistence.chats import SqlChatStore

        return SqlChatStore(self._shared.database, self.cipher)

    @cached_property
    def chat_pieces(self) -> ports.ChatPieces:
        from common.persistence.chat_pieces import RedisChatPieces

        return RedisChatPieces(self._shared.redis, self.cipher)

    @cached_property
    def erasures(self) -> ports.Erasures:
        from common.persistence.erasures import SqlErasures

        return SqlErasures(self._shared.database)

    @cached_property
    def belongings(self) -> ports.Belongings:
        from common.persistence.belongings import SqlBelongings

        return SqlBelongings(self._shared.database, self.cipher)

    @cached_property
    def traces(self) -> ports.Traces:
        from common.persistence.traces import RedisTraces

        return RedisTraces(self._shared.redis)

    @cached_property
    def shares(self) -> ports.ShareStore:
        from common.persistence.shares import SqlShareStore

        return SqlShareStore(
            self._shared.database,
            encrypt=self._encrypt,
            decrypt=self._decrypt,
        )

    @cached_property
    def media_checks(self) -> ports.MediaChecks:
        from common.persistence.media_checks import SqlMediaChecks

        return SqlMediaChecks(self._shared.database)

    @cached_property
    def visits(self) -> ports.Visits:
        from common.persistence.visits import RedisVisits

        return RedisVisits(self._shared.redis)

    @cached_property
    def outbox(self) -> ports.Outbox:
        from common.persistence.outbox import SqlOutbox

        return SqlOutbox(self._shared.database)

    @cached_property
    def news(self) -> ports.News:
        from common.persistence.untold import SqlNews

        return SqlNews(self._shared.database)

    @cached_property
    def acceptances(self) -> ports.Acceptances:
        from common.persistence.acceptances import SqlAcceptances

        return SqlAcceptances(self._shared.database)

    @property
    def phones(self) -> ports.Phones:
        return self._contacts

    @property
    def sms_consents(self) -> ports.SmsConsents:
        return self._contacts

    @cached_property
    def _contacts(self) -> SqlContacts:
        from common.persistence.contacts import SqlContacts

        return SqlContacts(
            self._shared.database,
            encrypt=self._encrypt,
            decrypt=self._decrypt,
        )

    @cached_property
    def sms_codes(self) -> ports.SmsCodes:
        from common.persistence.sms_codes import RedisSmsCodes

        return RedisSmsCodes(self._shared.redis)

    @property
    def sms_digests(self) -> ports.Digests:
        return self._shared.digests_for("sms_code")

    @cached_property
    def idempotency(self) -> ports.IdempotencyStore:
        from common.persistence.idempotency import SqlIdempotencyStore

        return SqlIdempotencyStore(self._shared.database)

    @cached_property
    def tokens(self) -> ports.TokenStore:
        from common.persistence.tokens import SqlTokenStore

        return SqlTokenStore(self._shared.database)

    @cached_property
    def model_turns(self) -> ports.Turns:
        from common.persistence.turns import RedisTurns

        limits = self.limits_settings
        return RedisTurns(
            self._shared.redis,
            "model",
            limit=limits.model_calls,
            per_user=limits.model_calls_per_user,
            lease_s=limits.stage_lease_s,
        )

    @property
    def call_windows(self) -> ports.CallWindows:
        return self._shared.call_windows

    @cached_property
    def backlog(self) -> ports.Backlog:
        from common.persistence.backlog import SqlBacklog

        return SqlBacklog(self._shared.database)

    @cached_property
    def incidents(self) -> ports.Incidents:
        from common.persistence.incidents import SqlIncidents

        return SqlIncidents(self._shared.database, lambda: self.new_id("i_"))

    @cached_property
    def cache(self) -> ports.Cache:
        from common.persistence.redis_cache import RedisCache

        return RedisCache(self._shared.redis)

    @cached_property
    def locks(self) -> ports.Locks:
        from common.persistence.locks import RedisLocks

        return RedisLocks(self._shared.redis)

    @cached_property
    def limits(self) -> ports.RateLimits:
        from common.persistence.rate_limits import RedisRateLimits

        return RedisRateLimits(self._shared.redis)
