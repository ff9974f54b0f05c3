"""Tencent Cloud's official SDK with its traps closed; imported on first use, because that takes a quarter of a second.

Closed: a timeout of 60 s, proxies out of the environment, debug lines that hold the key and the whole request, and errors
that it overlooks when the content type is not exactly application/json (callers read the answer's envelope themselves). Its
own retries are off by default and stay off: they report an earlier failure after a later success, and send twice meanwhile.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from common.errors import CredentialRejected, MojianError, VendorReplyInvalid, VendorUnavailable

CONNECT_S = 3.0
READ_S = 60.0

#: What requests raises when not a byte of the request left.
_NOT_SENT = ("ConnectTimeout", "NewConnectionError", "ConnectionRefusedError")


@dataclass(frozen=True)
class TencentKeys:
    """A key pair; temporary ones come with a token."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Place:
    """Where a service is asked, and how long one answer may take. `client` loads the SDK's class for it."""

    client: Callable[[], Any]
    base_url: str
    region: str
    read_s: float = READ_S


#: (code, message, request id) → the error it means.
ErrorOf = Callable[[str, str, str | None], MojianError]


def ask(
    place: Place, keys: TencentKeys, action: str, fields: dict[str, Any], *, left_s: float, error_of: ErrorOf
) -> Any:
    """The object in `Response` of a call that succeeded. One attempt.

    Raises what `error_of` makes of a refusal, CredentialRejected without a key, VendorUnavailable, VendorReplyInvalid.
    """
    from requests import RequestException
    from tencentcloud.common.exception import TencentCloudSDKException

    if not keys.secret_id:
        raise CredentialRejected(reason="no_key", delivered="no")
    try:
        document = _call(place, keys, action, fields, left_s)
    except TencentCloudSDKException as error:
        raise _meaning_of(error, error_of) from None  # its text may hold the address and an answer's body
    except RequestException as error:  # a body that broke off
        raise VendorUnavailable(reason=type(error).__name__, delivered="unknown") from None
    except (ValueError, KeyError, TypeError):
        raise VendorReplyInvalid(reason="not an answer in Tencent Cloud's form", delivered="unknown") from None
    return _read(document, error_of)


def _call(place: Place, keys: TencentKeys, action: str, fields: dict[str, Any], left_s: float) -> Any:
    """The answer's JSON. A client per call, because the SDK fixes key and timeout when it makes one."""
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile

    logging.getLogger("tencentcloud_sdk_common").setLevel(logging.CRITICAL + 1)
    address = urlsplit(place.base_url)
    where = HttpProfile(protocol=address.scheme, endpoint=address.netloc)
    where.reqTimeout = (min(CONNECT_S, left_s), min(place.read_s, left_s))
    credential = Credential(keys.secret_id, keys.secret_key, keys.token or None)
    client = place.client()(credential, place.region, ClientProfile(httpProfile=where))
    connection = client.request.conn
    connection.proxy = None
    with connection._session as session:  # it has no other door to the session
        session.trust_env = False
        return client.call_json(action, fields)


def _meaning_of(error: Any, error_of: ErrorOf) -> MojianError:
    """The SDK's own codes say only that no answer came: ClientNetworkError, or ServerNetworkError for any other status."""
    code, message = str(error.get_code()), str(error.get_message())
    if code in ("ClientNetworkError", "ServerNetworkError"):
        not_sent = code == "ClientNetworkError" and any(name in message for name in _NOT_SENT)
        return VendorUnavailable(reason=code, delivered="no" if not_sent else "unknown")
    return error_of(code, message, error.get_request_id())


def _read(document: object, error_of: ErrorOf) -> Any:
    """Raises what an error in the envelope means."""
    response = document.get("Response") if isinstance(document, Mapping) else None
    problem = response.get("Error") if isinstance(response, Mapping) else None
    if isinstance(response, Mapping) and isinstance(problem, Mapping):
        raise error_of(str(problem.get("Code")), str(problem.get("Message")), response.get("RequestId"))
    return response
