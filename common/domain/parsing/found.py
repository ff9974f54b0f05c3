"""A value with the row it was read from and how sure the rule is: what provenance is made of."""

from dataclasses import dataclass

from common.domain.parsing.rows import Row

LABELLED = 0.95  # the document says what it is
PATTERN = 0.9  # the value has a form of its own, such as an e-mail address
POSITION = 0.7  # it stands where such a thing usually stands


@dataclass(frozen=True)
class Found:
    """`rivals` are other values that were nearly as good; the user is asked which is right."""

    value: str
    row: Row
    confidence: float = PATTERN
    rivals: tuple[str, ...] = ()
