"""WeChat's server token: one shared row that a timer renews and every function reads."""

from datetime import datetime, timedelta

from common.services.ports import TokenIssuer, TokenStore

NAME = "wechat"

#: A token with less life than this is renewed by the timer; with less than the margin it is not used any more.
RENEW_BEFORE = timedelta(minutes=15)
MARGIN = timedelta(seconds=60)


def current_token(rejected: str | None, *, store: TokenStore, issuer: TokenIssuer, now: datetime) -> str:
    """A usable token. `rejected` is one that the vendor just refused: another stored one is preferred to asking.

    Never forces a refresh: that would kill the token of every other worker.
    """
    stored = store.read(NAME)
    if stored is not None and stored.expires_at - MARGIN > now and stored.value != rejected:
        return stored.value
    fresh = issuer.issue_token(now=now)
    store.keep(NAME, fresh)
    return fresh.value


def renew_token(*, store: TokenStore, issuer: TokenIssuer, now: datetime) -> bool:
    """For the timer: whether a new token was stored."""
    stored = store.read(NAME)
    if stored is not None and stored.expires_at - now > RENEW_BEFORE:
        return False
    return store.keep(NAME, issuer.issue_token(now=now))
