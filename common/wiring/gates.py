"""The payment providers by name, each built when it is first asked for: an order is served by the one it was opened at."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from common.domain.orders import Provider
from common.errors import NotFound

if TYPE_CHECKING:
    from common.services.ports import PaymentGate


class LazyGates:
    """`builders` are cheap to hold: settings and keys are read by the one that is called."""

    def __init__(
        self, builders: Mapping[Provider, Callable[[], "PaymentGate"]], chosen: Callable[[], Provider]
    ) -> None:
        self._builders = builders
        self._chosen = chosen

    def current(self) -> "PaymentGate":
        """Where new orders are opened. Raises SettingsInvalid."""
        return self.of(self._chosen())

    def of(self, provider: str) -> "PaymentGate":
        """Raises NotFound for a name that is none; SettingsInvalid for a provider without settings."""
        build = next((build for name, build in self._builders.items() if name == provider), None)
        if build is None:
            raise NotFound(what="provider")
        return build()
