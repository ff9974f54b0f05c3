"""What signs requests to COS, and how objects are kept."""

from dataclasses import dataclass, field

#: Everything is encrypted at rest with keys of COS (SSE-COS), whatever the bucket's own setting is.
ENCRYPTION = "AES256"
ENCRYPTION_HEADER = "x-cos-server-side-encryption"


@dataclass(frozen=True)
class CosCredentials:
    """`token` is there for temporary keys (the run role's, inside a function), empty for permanent ones."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)
