"""What a service of the fake is: a name, a version, actions by name, and a memory. One module per service."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

Action = Callable[[Mapping[str, Any]], dict[str, Any]]


class Service(ABC):
    """`actions` get the request's JSON object and return the fields of `Response`; they raise TencentCloudError."""

    name: ClassVar[str]
    version: ClassVar[str]
    #: Refuses callers that come with a token, as STS does.
    permanent_keys_only: ClassVar[bool] = False
    #: Its actions take seconds: they run beside those of the other services, which go one by one.
    is_slow: ClassVar[bool] = False
    most_body_bytes: ClassVar[int] = 10 * 1024 * 1024

    @property
    @abstractmethod
    def actions(self) -> Mapping[str, Action]:
        """By the name in X-TC-Action."""

    @abstractmethod
    def forget(self) -> None:
        """Back to the first minute."""

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """What it remembers, as JSON."""

    @abstractmethod
    def change(self, limits: Mapping[str, Any]) -> None:
        """Set what its account may do. Raises ValueError naming what is unknown."""
