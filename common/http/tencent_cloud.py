"""Tencent Cloud's official SDK with its traps closed; imported on first use, because that takes a quarter of a second.

Closed: a timeout of 60 s, proxies out of the environment, debug lines that hold the key and the whole request, and errors
that it overlooks when the content type is not exactly application/json (callers read the answer's envelope themselves). Its
own retries are off by default and stay off: they report an earlier failure after a later success, and send twice meanwhile.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from common.errors import (
    CredentialRejected,
    MojianError,
    VendorError,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.meanings import Meaning
from common.http.records import OpenCall, Recorder, recorded
from common.http.retry import time_left_s, with_retries

Answer = TypeVar("Answer")

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


def meaning_in(table: Mapping[str, Meaning], code: str) -> Meaning:
    """A code that is not in the table is looked up by what stands before its first dot."""
    return table.get(code) or table.get(code.partition(".")[0]) or Meaning(VendorRejected, "look the code up")


def common_client(service: str, version: str) -> Callable[[], Any]:
    """For `Place`: the SDK's common client; a package of the service's own would add generated models that we do not need."""

    def load() -> Any:
        from tencentcloud.common.common_client import CommonClient

        return partial(CommonClient, service, version)

    return load


class TencentCloud:
    """One service as one vendor of ours. `keys` is asked for every call: those of a role change all the time."""

    def __init__(
        self,
        name: str,
        place: Place,
        keys: Callable[[], TencentKeys],
        record: Recorder,
        remaining_s: Callable[[], float],
        error_of: ErrorOf,
    ) -> None:
        self._name, self._place, self._keys = name, place, keys
        self._record, self._remaining_s, self._error_of = record, remaining_s, error_of

    def call(
        self, operation: str, action: str, fields: dict[str, Any], read: Callable[[Any], Answer], *, attempts: int
    ) -> Answer:
        """What `read` makes of the answer; an attempt whose answer it refuses is one that failed. Raises as `ask` does."""
        with self.recorded(operation) as call:

            def attempt() -> Answer:
                call.attempts += 1
                return read(self.ask(operation, action, fields))

            answer = with_retries(attempt, attempts=attempts, remaining_s=self._remaining_s)
            call.status = 200
            return answer

    @contextmanager
    def recorded(self, operation: str) -> Iterator[OpenCall]:
        """For a call that is made by hand; errors of the vendor say whose they are."""
        with recorded(self._record, self._name, operation) as call:
            try:
                yield call
            except VendorError as error:
                error.facts = {"vendor": self._name, "operation": operation, **error.facts}
                raise

    def ask(self, operation: str, action: str, fields: dict[str, Any]) -> Any:
        """One attempt. Raises DeadlineExceeded, and as the function `ask` does."""
        left_s = time_left_s(self._remaining_s, vendor=self._name, operation=operation)
        return ask(self._place, self._keys(), action, fields, left_s=left_s, error_of=self._error_of)


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
