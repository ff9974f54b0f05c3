"""Waking operators by SMS: only for what is urgent, and only when it begins, because the text of a template is fixed."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.domain.monitoring.incidents import Alert
from common.domain.phones import PhoneNumber
from common.errors import MojianError
from common.services.ports import TextMessages


@dataclass(frozen=True)
class SmsAlerts:
    """Implements the port AlertChannel; `phones` are the operators', at least one."""

    texts: TextMessages
    phones: Sequence[PhoneNumber]
    name: str = "sms"
    only_urgent: bool = True

    def tell(self, _alert: Alert, /) -> None:
        """Every number is tried; one that is reached is enough. Raises the first error when none is."""
        errors = [error for phone in self.phones if (error := self._failure(phone)) is not None]
        if len(errors) == len(self.phones):
            raise errors[0]

    def _failure(self, phone: PhoneNumber) -> MojianError | None:
        try:
            self.texts.send_alert(phone)
        except MojianError as error:
            return error
        return None
