"""The environment over the secrets: a variable that is set wins, what is absent is looked up in its secret.

A process keeps what it was told for a while. A secret that cannot be read again stays what it was; one that was never read is
the caller's error to raise.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import RLock

from common.errors import MojianError
from common.settings.env import ABSENT
from common.settings.secret_documents import document_of, documents_of

#: After a failed or a forced reading, so long nobody asks again.
PAUSE_S = 30.0
AT_ONCE = 8

Fetch = Callable[[str], Mapping[str, str] | None]


@dataclass(frozen=True)
class _Kept:
    values: Mapping[str, str] = field(repr=False)
    due_s: float


class LayeredEnvironment(Mapping[str, str]):
    """`fetch` reads one secret, None when there is none; `clock_s` counts seconds. Safe for threads.

    A name that belongs to another secret is ignored where it stands: no secret can set what is not its own.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        fetch: Fetch,
        *,
        lifetime_s: float,
        clock_s: Callable[[], float],
        report: Callable[[str, MojianError], None] = lambda _document, _error: None,
    ) -> None:
        self._env, self._fetch, self._report = env, fetch, report
        self._lifetime_s, self._clock_s = lifetime_s, clock_s
        self._kept: dict[str, _Kept] = {}
        self._forced_again_s = float("-inf")
        self._lock = RLock()
        self.generation = 0

    def __getitem__(self, name: str) -> str:
        own = self._env.get(name, "")
        document = document_of(name)
        if document is None or own.strip() not in ABSENT:
            return self._env[name]
        return self._values(document).get(name) or self._env[name]

    def __iter__(self) -> Iterator[str]:
        known = {name for kept in list(self._kept.values()) for name in kept.values}
        return iter({**dict.fromkeys(self._env), **dict.fromkeys(known)})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def load(self, names: Iterable[str]) -> None:
        """Read the secrets that the absent ones of these settings may stand in, all at the same time."""
        absent = [name for name in names if self._env.get(name, "").strip() in ABSENT]
        missing = [document for document in documents_of(absent) if document not in self._kept]
        if len(missing) < 2:
            for document in missing:
                self._values(document)
            return
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for document, values in zip(missing, pool.map(self._fetch, missing), strict=True):
                self._keep(document, values)

    def renew(self, *, force: bool = False) -> bool:
        """Read again what is due, or with `force` all that is kept; True when any value changed.

        Forced at most every half minute, so that a key which stays wrong does not become a storm of calls.
        """
        with self._lock:
            now_s = self._clock_s()
            if force:
                if now_s < self._forced_again_s:
                    return False
                self._forced_again_s = now_s + PAUSE_S
            before = self.generation
            for document, kept in list(self._kept.items()):
                if force or now_s >= kept.due_s:
                    self._read_again(document, kept, now_s)
            return self.generation != before

    def _read_again(self, document: str, kept: _Kept, now_s: float) -> None:
        try:
            self._keep(document, self._fetch(document))
        except MojianError as error:
            self._kept[document] = _Kept(kept.values, now_s + PAUSE_S)
            self._report(document, error)

    def _values(self, document: str) -> Mapping[str, str]:
        with self._lock:
            if document not in self._kept:
                self._keep(document, self._fetch(document))
            return self._kept[document].values

    def _keep(self, document: str, told: Mapping[str, str] | None) -> None:
        values = {name: value for name, value in (told or {}).items() if document_of(name) == document}
        with self._lock:
            before = self._kept.get(document)
            self._kept[document] = _Kept(values, self._clock_s() + self._lifetime_s)
            if before is not None and before.values != values:
                self.generation += 1


class Overlaid(Mapping[str, str]):
    """`env` with some names given; unlike a merged dict it asks `env` for a name only when that name is asked for."""

    def __init__(self, env: Mapping[str, str], given: Mapping[str, str]) -> None:
        self._env, self._given = env, given

    def __getitem__(self, name: str) -> str:
        return self._given[name] if name in self._given else self._env[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(self._env), **dict.fromkeys(self._given)})

    def __len__(self) -> int:
        return sum(1 for _ in self)
