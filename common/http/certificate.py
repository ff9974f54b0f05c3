"""A client certificate: what a vendor that asks who calls (mTLS) is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True)
class ClientCertificate:
    """PEM texts. The key's is not encrypted."""

    certificate: str
    key: str = field(repr=False)

    def load_into(self, context: ssl.SSLContext) -> None:
        """Through a file that only we can read and that is gone afterwards: ssl takes nothing else.

        Raises ssl.SSLError when the key is of another certificate.
        """
        import tempfile

        with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
            file.write(f"{self.certificate}\n{self.key}\n")
            file.flush()
            context.load_cert_chain(file.name)
