"""One invocation: its clock, ids, request id and time left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from common import clock
from common.settings import CreditsSettings, LimitsSettings, SmsLimitSettings

if TYPE_CHECKING:
    from common.domain.chat import TurnId
    from common.domain.orders import OrderNumber
    from common.errors import MojianError
    from common.security.encryption import Cipher
    from common.services import ports
    from common.wiring.shared import Shared


class Invocation:
    """One invocation: its clock, ids, request id and time left."""

    def __init__(
        self,
        shared: Shared,
        *,
        remaining_s: Callable[[], float],
        request_id: str,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        self._shared = shared
        self._keys = keys or shared.given
        shared.begin(remaining_s=remaining_s, request_id=request_id, keys=self._keys)
        self.request_id = request_id
        self.remaining_s = remaining_s

    @property
    def origin(self) -> str:
        return self._shared.origin

    def follow(self, origin: str) -> None:
        """From here on the work belongs to the chain that the request `origin` began."""
        self._shared.origin = origin

    def note(self, kind: str, fields: Mapping[str, object]) -> None:
        """One line of the log that bears the invocation's ids."""
        self._shared.note(kind, fields)

    def now(self) -> datetime:
        return clock.now()

    def new_id(self, prefix: str = "") -> str:
        return clock.new_id(prefix)

    def order_number(self, scope: str | None) -> OrderNumber:
        """8 to 32 characters of [0-9A-Za-z], as every provider takes them. The same one for the same idempotent request."""
        from common.domain.orders import OrderNumber

        return OrderNumber(clock.new_id("M") if scope is None else f"M{scope[:30]}")

    def turn_id(self, scope: str | None) -> TurnId:
        """The same one for the same idempotent request, so that a repeated question is the question that was asked."""
        from common.domain.chat import TurnId

        return TurnId(clock.new_id("t_") if scope is None else f"t_{scope[:32]}")

    @property
    def stage(self) -> str:
        return self._shared.app_settings.env

    @property
    def build(self) -> str:
        return self._shared.app_settings.build

    @cached_property
    def prices(self) -> CreditsSettings:
        return self._shared.read(CreditsSettings, "CREDITS_")

    @cached_property
    def limits_settings(self) -> LimitsSettings:
        return self._shared.read(LimitsSettings, "LIMITS_")

    @cached_property
    def sms_limits(self) -> SmsLimitSettings:
        return self._shared.read(SmsLimitSettings, "SMS_LIMIT_")

    @property
    def cipher(self) -> Cipher:
        return self._shared.cipher

    @property
    def sessions(self) -> ports.Sessions:
        return self._shared.sessions

    def alert(self, field: str) -> Callable[[str, MojianError], None]:
        """Writes a line for the operator about one thing, named by `field`."""

        def write(name: str, error: MojianError) -> None:
            named: dict[str, object] = {
                fact: error.facts[fact] for fact in ("mismatch", "contradiction") if fact in error.facts
            }
            self.note("alert", {"level": "error", **named, field: name, "code": error.code})

        return write
