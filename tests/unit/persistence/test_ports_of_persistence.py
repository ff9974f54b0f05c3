"""The stores have the shape the use cases ask for: mypy checks the assignments, the test that nothing is missing."""

import inspect

import pytest

from common.persistence.acceptances import SqlAcceptances
from common.persistence.chat_pieces import RedisChatPieces
from common.persistence.chats import SqlChatStore
from common.persistence.contacts import SqlContacts
from common.persistence.credits import SqlCreditStore
from common.persistence.idempotency import SqlIdempotencyStore
from common.persistence.locks import RedisLocks
from common.persistence.media_checks import SqlMediaChecks
from common.persistence.orders import SqlOrderStore
from common.persistence.outbox import SqlOutbox
from common.persistence.rate_limits import RedisRateLimits
from common.persistence.redis_cache import RedisCache
from common.persistence.resumes import SqlResumeStore
from common.persistence.shares import SqlShareStore
from common.persistence.sms_codes import RedisSmsCodes
from common.persistence.tokens import SqlTokenStore
from common.persistence.untold import SqlNews
from common.persistence.users import SqlUserStore
from common.persistence.visits import RedisVisits
from common.security.digests import KeyedDigests
from common.security.encryption import Cipher
from common.security.sessions import SessionTokens
from common.services import ports


def every_assignment_is_checked_by_mypy(
    users: SqlUserStore,
    credits: SqlCreditStore,
    orders: SqlOrderStore,
    resumes: SqlResumeStore,
    outbox: SqlOutbox,
    tokens: SqlTokenStore,
    idempotency: SqlIdempotencyStore,
    limits: RedisRateLimits,
    sessions: SessionTokens,
    cipher: Cipher,
    chats: SqlChatStore,
    pieces: RedisChatPieces,
    shares: SqlShareStore,
    media_checks: SqlMediaChecks,
    visits: RedisVisits,
    cache: RedisCache,
    locks: RedisLocks,
) -> None:
    users_port: ports.UserStore = users
    credits_port: ports.CreditStore = credits
    orders_port: ports.OrderStore = orders
    resumes_port: ports.ResumeStore = resumes
    outbox_port: ports.Outbox = outbox
    tokens_port: ports.TokenStore = tokens
    idempotency_port: ports.IdempotencyStore = idempotency
    limits_port: ports.RateLimits = limits
    sessions_port: ports.Sessions = sessions
    chats_port: ports.ChatStore = chats
    pieces_port: ports.ChatPieces = pieces
    shares_port: ports.ShareStore = shares
    media_checks_port: ports.MediaChecks = media_checks
    visits_port: ports.Visits = visits
    cache_port: ports.Cache = cache
    locks_port: ports.Locks = locks
    del shares_port, media_checks_port, visits_port, cache_port, locks_port
    del chats_port, pieces_port
    del users_port, credits_port, orders_port, resumes_port, outbox_port, tokens_port, idempotency_port
    del limits_port, sessions_port


def assignments_about_messages(
    acceptances: SqlAcceptances, news: SqlNews, contacts: SqlContacts, codes: RedisSmsCodes, digests: KeyedDigests
) -> tuple[ports.Acceptances, ports.News, ports.Phones, ports.SmsConsents, ports.SmsCodes, ports.Digests]:
    """For the type checker."""
    return acceptances, news, contacts, contacts, codes, digests


@pytest.mark.parametrize(
    ("port", "store"),
    [
        (ports.UserStore, SqlUserStore),
        (ports.CreditStore, SqlCreditStore),
        (ports.OrderStore, SqlOrderStore),
        (ports.ResumeStore, SqlResumeStore),
        (ports.Outbox, SqlOutbox),
        (ports.TokenStore, SqlTokenStore),
        (ports.IdempotencyStore, SqlIdempotencyStore),
        (ports.RateLimits, RedisRateLimits),
        (ports.Cache, RedisCache),
        (ports.Locks, RedisLocks),
        (ports.Sessions, SessionTokens),
        (ports.ChatStore, SqlChatStore),
        (ports.ChatPieces, RedisChatPieces),
        (ports.ShareStore, SqlShareStore),
        (ports.MediaChecks, SqlMediaChecks),
        (ports.Visits, RedisVisits),
        (ports.Acceptances, SqlAcceptances),
        (ports.News, SqlNews),
        (ports.Phones, SqlContacts),
        (ports.SmsConsents, SqlContacts),
        (ports.SmsCodes, RedisSmsCodes),
        (ports.Digests, KeyedDigests),
    ],
)
def test_store_has_every_method_of_its_port(port, store):
    asked = {name for name, member in inspect.getmembers(port, inspect.isfunction) if not name.startswith("_")}

    assert asked
    assert asked <= {name for name, _ in inspect.getmembers(store, inspect.isfunction)}
