"""Vendors' clients that outlive a change of their key: rejected, they are built again from fresh secrets and asked once more.

A rejected credential means that nothing was done, so repeating is safe even for what must not happen twice. Once per call.
"""

from collections.abc import Callable, Generator
from functools import wraps
from typing import Any, TypeVar, cast

from common.errors import CredentialRejected
from common.settings.layered import LayeredEnvironment

Client = TypeVar("Client")


def healing(build: Callable[[], Client], secrets: LayeredEnvironment | None) -> Client:
    """What `build` makes, or something that behaves like it; nothing is added where no secret can change."""
    return build() if secrets is None else cast("Client", _Healing(build, secrets))


class _Healing:
    def __init__(self, build: Callable[[], Any], secrets: LayeredEnvironment) -> None:
        self._build, self._secrets = build, secrets
        self._client = build()
        self._generation = secrets.generation

    def __getattr__(self, name: str) -> Any:
        member = getattr(self._client, name)
        if not callable(member):
            return member

        @wraps(member)
        def call(*args: Any, **kwargs: Any) -> Any:
            def ask() -> Any:
                return getattr(self._client, name)(*args, **kwargs)

            try:
                answer = ask()
            except CredentialRejected:
                if not self._rebuilt():
                    raise
                answer = ask()
            return self._streamed(answer, ask) if isinstance(answer, Generator) else answer

        return call

    def _streamed(self, stream: Any, ask: Callable[[], Any]) -> Generator[Any, None, None]:
        """A stream is rejected when its first piece is asked for."""
        try:
            first = next(stream)
        except StopIteration:
            return
        except CredentialRejected:
            if not self._rebuilt():
                raise
            stream = ask()
            first = next(stream)
        try:
            yield first
            yield from stream
        finally:
            stream.close()

    def _rebuilt(self) -> bool:
        """False when the secrets are still those that were rejected."""
        self._secrets.renew(force=True)
        if self._secrets.generation == self._generation:
            return False
        self._client, self._generation = self._build(), self._secrets.generation
        return True
