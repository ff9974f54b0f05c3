"""The access token of a board with OAuth 2.0: kept in this process and in the cache that all instances share."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Protocol

from pydantic import Field, SecretStr, ValidationError

from common import clock
from common.errors import VendorReplyInvalid
from common.http.client import VendorHttp
from common.lazy_model import LazyModel
from common.vendors.job_boards.mapping import OAuth

#: A token is given up this long before its end, so that it does not end on the way.
EARLY_S = 60
_LONGEST_S = 30 * 86_400


class TokenCache(Protocol):
    """Loses what it likes and never raises."""

    def get(self, key: str) -> object | None: ...

    def put(self, key: str, value: object, *, lifetime_s: float) -> None: ...


class _Reply(LazyModel):
    access_token: str = Field(min_length=1, max_length=4096, repr=False)
    expires_in: int = Field(ge=1)


class _Kept(LazyModel):
    token: str = Field(repr=False)
    expires_at: datetime


class BoardTokens:
    """Called with the token that was rejected, or None; gives one to use. A token somebody else fetched meanwhile is taken."""

    def __init__(
        self, form: OAuth, http: VendorHttp, cache: TokenCache, *, board: str, key_id: str, secret: SecretStr
    ) -> None:
        self._form = form
        self._http = http
        self._cache = cache
        self._key = f"jobs:{board}:token:{key_id}"
        self._key_id = key_id
        self._secret = secret
        self._kept: _Kept | None = None

    def __call__(self, rejected: str | None = None) -> str:
        """Raises CredentialRejected, VendorUnavailable, VendorBusy, VendorReplyInvalid."""
        for known in self._known():
            if known and known.token != rejected and known.expires_at > clock.now():
                self._kept = known
                return known.token
        self._kept = self._fetch()
        return self._kept.token

    def _known(self) -> Iterator[_Kept | None]:
        """The cache of all instances is asked only when our own token will not do."""
        yield self._kept
        yield self._shared()

    def _shared(self) -> _Kept | None:
        try:
            return _Kept.model_validate(self._cache.get(self._key))
        except ValidationError:
            return None

    def _fetch(self) -> _Kept:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._key_id,
            "client_secret": self._secret.get_secret_value(),
        }
        scope = {"scope": self._form.scope} if self._form.scope else {}
        response = self._http.request("POST", self._form.token_path, operation="token", data={**form, **scope})
        try:
            reply = _Reply.model_validate_json(response.content)
        except ValidationError:
            raise VendorReplyInvalid(status=response.status_code, reason="not a token") from None
        lifetime_s = max(1, min(reply.expires_in, _LONGEST_S) - EARLY_S)
        kept = _Kept(token=reply.access_token, expires_at=clock.now() + timedelta(seconds=lifetime_s))
        self._cache.put(self._key, kept.model_dump(mode="json"), lifetime_s=lifetime_s)
        return kept
