"""What signs requests to COS."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CosCredentials:
    """`token` is there for temporary keys (the run role's, inside a function), empty for permanent ones."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)
