"""What belongs to the product itself, outside of its code: templates and their pictures."""

from typing import Protocol


class AssetStore(Protocol):
    def read(self, key: str, *, max_bytes: int) -> bytes:
        """Safe to repeat. Raises VendorObjectMissing, FileTooLarge, VendorError."""

    def url(self, key: str, *, lifetime_s: int) -> str:
        """Opens for anybody until it ends."""


class AssetCache(Protocol):
    """Files by the SHA-256 of their content. May lose anything at any time, and never returns a content of another name."""

    def get(self, sha256: str) -> bytes | None: ...

    def put(self, sha256: str, content: bytes) -> None: ...
