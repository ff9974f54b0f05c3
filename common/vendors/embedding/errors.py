"""Status of an embeddings host → our error → what the operator does. The forms of their bodies differ, so none is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.errors import (
    CredentialRejected,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorUnavailable,
)
from common.http.meanings import Meaning

if TYPE_CHECKING:
    import httpx

STATUSES: dict[int, Meaning] = {
    400: Meaning(VendorRejected, "check EMBEDDING_MODEL; otherwise a bug in the request"),
    401: Meaning(CredentialRejected, "put a valid key into EMBEDDING_API_KEY"),
    402: Meaning(VendorQuotaExhausted, "top up the account"),
    403: Meaning(CredentialRejected, "the key may not use this model"),
    404: Meaning(VendorRejected, "check EMBEDDING_BASE_URL: there is no such route"),
    429: Meaning(VendorBusy, "ask the host for more"),
}


def check(response: httpx.Response) -> None:
    """Raise what the status means; return for 200."""
    if response.status_code == 200:
        return
    meaning = STATUSES.get(response.status_code)
    error = meaning.error if meaning else VendorUnavailable if response.status_code >= 500 else VendorRejected
    raise error(status=response.status_code)
