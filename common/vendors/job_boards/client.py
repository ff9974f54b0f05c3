"""One board of a mapping file. There are no published search APIs of Zhaopin or Boss: a contract with the board names the routes.

Nothing is ever scraped: without a contract's key the board is not asked at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from common.domain.jobs import Job, JobListing, JobQuery, JobRef
from common.errors import CredentialRejected, InvalidField, VendorObjectMissing, VendorReplyInvalid
from common.http import HttpClient
from common.http.api_keys import key_in
from common.http.client import Sign
from common.http.tokens import call_with_token
from common.vendors.job_boards.errors import answer_of, check
from common.vendors.job_boards.mapping import ApiKey, Hmac, Mapping, OAuth
from common.vendors.job_boards.paths import value_at
from common.vendors.job_boards.records import job_of, jobs_of
from common.vendors.job_boards.settings import BoardSettings
from common.vendors.job_boards.signature import SignedKey
from common.vendors.job_boards.tokens import BoardTokens, TokenCache

if TYPE_CHECKING:
    import httpx

_FEN_OF = {"fen": 1, "yuan": 100, "thousand_yuan": 100_000}
_CONNECT_S = 2


class JobBoard:
    """Everything here is safe to repeat; a call is made once, because a cached answer is the better second try."""

    def __init__(self, mapping: Mapping, settings: BoardSettings, http: HttpClient, cache: TokenCache) -> None:
        self._mapping = mapping
        self._settings = settings
        self._http = http.for_vendor(
            mapping.name,
            base_url=settings.base_url,
            auth=_signing(mapping, settings),
            connect_timeout_s=min(_CONNECT_S, settings.timeout_s),
            read_timeout_s=settings.timeout_s,
            check=lambda response: check(response, mapping),
        )
        self._tokens = (
            BoardTokens(
                mapping.auth, self._http, cache, board=mapping.name, key_id=settings.key_id, secret=settings.secret
            )
            if isinstance(mapping.auth, OAuth)
            else None
        )

    @property
    def name(self) -> str:
        return self._mapping.name

    @property
    def title(self) -> str:
        return self._mapping.title

    @property
    def is_open(self) -> bool:
        """A contract's key is there."""
        return self._settings.is_set

    @property
    def per_minute(self) -> int:
        return self._settings.per_minute

    @property
    def cache_s(self) -> int:
        return self._settings.cache_s

    def search(self, query: JobQuery, *, now: datetime) -> JobListing:
        """One page. Raises InvalidField for a word the board has no code for, VendorError."""
        search = self._mapping.search
        wanted = {**search.fixed, **self._filters(query)}
        wanted[search.page] = query.page - 1 + search.first_page
        wanted[search.page_size] = search.size
        sent = {"json": wanted} if search.method == "POST" else {"params": wanted}
        answer = self._ask(search.method, search.path, "search", sent)
        records = value_at(answer, search.items)
        if records is None and not self._is_empty(answer):
            raise VendorReplyInvalid(vendor=self.name, operation="search", reason="no list of jobs")
        jobs = tuple(jobs_of(records, self._mapping, fetched_at=now))
        return JobListing(jobs=jobs, has_more=self._has_more(answer, query.page), fetched_at=now)

    def detail(self, ref: JobRef, *, now: datetime) -> Job:
        """Raises VendorObjectMissing for a job that is gone, VendorError."""
        form = self._mapping.detail
        answer = self._ask("GET", form.path.replace("{job_id}", ref.job_id), "detail", {})
        record = value_at(answer, form.record)
        job = job_of(record, self._mapping, form.fields, fetched_at=now, job_id=ref.job_id)
        if record is None or record == {}:
            raise VendorObjectMissing(vendor=self.name, operation="detail")
        if job is None:
            raise VendorReplyInvalid(vendor=self.name, operation="detail", reason="no job")
        return job

    def _filters(self, query: JobQuery) -> dict[str, str | int]:
        """What the query asks for and the board can search by, in its words."""
        asked: dict[str, Any] = query.model_dump(exclude_none=True, exclude={"page", "source"})
        return {
            theirs: self._code(ours, asked[ours])
            for ours, theirs in self._mapping.search.params.items()
            if ours in asked
        }

    def _code(self, name: Any, value: str | int) -> str | int:
        if name == "salary_min":
            return int(value) // _FEN_OF[self._mapping.search.salary_unit]
        codes = self._mapping.codes.get(name)
        if codes is None:
            return value
        if str(value) not in codes:
            raise InvalidField(field=name, source=self.name)
        return codes[str(value)]

    def _is_empty(self, answer: object) -> bool:
        """Boards leave the list out when there is nothing on it; then something else says that this is the end."""
        search = self._mapping.search
        total = value_at(answer, search.total) if search.total else None
        if isinstance(total, int):
            return total == 0
        ended = search.is_end is not None and value_at(answer, search.is_end) is True
        return ended or (search.has_more is not None and value_at(answer, search.has_more) is False)

    def _has_more(self, answer: object, page: int) -> bool:
        search = self._mapping.search
        if search.has_more:
            return value_at(answer, search.has_more) is True
        if search.is_end:
            return value_at(answer, search.is_end) is False
        total = value_at(answer, search.total or "")
        return isinstance(total, int) and total > page * search.size

    def _ask(self, method: str, path: str, operation: str, sent: dict[str, Any]) -> Any:
        if self._tokens is None:
            return answer_of(self._http.request(method, path, operation=operation, **sent))

        def call(token: str) -> httpx.Response:
            return self._http.request(method, path, operation=operation, **self._with_token(token, sent))

        return answer_of(call_with_token(call, self._tokens, is_token_error=_is_token_error))

    def _with_token(self, token: str, sent: dict[str, Any]) -> dict[str, Any]:
        auth = self._mapping.auth
        if isinstance(auth, OAuth) and auth.token_in == "query":  # noqa: S105 -- a place, not a token
            return {**sent, "params": {**sent.get("params", {}), auth.token_param: token}}
        return {**sent, "headers": {"Authorization": f"Bearer {token}"}}


def _is_token_error(error: CredentialRejected) -> bool:
    """403 is about us, not about the token; a new one would change nothing."""
    return error.facts.get("status") != 403 and error.facts.get("operation") != "token"


def _signing(mapping: Mapping, settings: BoardSettings) -> Sign | None:
    if isinstance(mapping.auth, Hmac):
        return SignedKey(mapping.auth, key_id=settings.key_id, secret=settings.secret)
    return key_in(mapping.auth.key_header, settings.secret) if isinstance(mapping.auth, ApiKey) else None
