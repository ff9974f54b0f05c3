"""Job boards, and the cache in front of them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from common.domain.jobs import Job, JobListing, JobQuery, JobRef


class JobBoard(Protocol):
    """One board. Everything is safe to repeat. `is_open`: there is a contract, so it may be asked."""

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def is_open(self) -> bool: ...

    @property
    def per_minute(self) -> int: ...

    @property
    def cache_s(self) -> int: ...

    def search(self, query: JobQuery, *, now: datetime) -> JobListing:
        """The page of `query`. Raises InvalidField for a word the board cannot search by, VendorError."""

    def detail(self, ref: JobRef, *, now: datetime) -> Job:
        """Raises VendorObjectMissing for a job that is gone, VendorError."""


class Cache(Protocol):
    """JSON values that may be lost at any time. Never raises."""

    def get(self, key: str) -> object | None: ...

    def put(self, key: str, value: object, *, lifetime_s: float) -> None: ...


class Locks(Protocol):
    def held(self, name: str, *, lease_s: float) -> AbstractContextManager[bool]:
        """True inside the block when the lock is ours. Raises StoreUnavailable, at either end."""
