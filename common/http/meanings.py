"""What a vendor's code means to us: one row of the table in each vendor's errors.py."""

from typing import NamedTuple

from common.errors import MojianError


class Meaning(NamedTuple):
    """`action` is what the operator does, in a few words; whether to try again follows from the error."""

    error: type[MojianError]
    action: str

    @property
    def retryable(self) -> bool:
        return self.error.retryable
