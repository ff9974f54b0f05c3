"""Tencent Cloud API 3.0 through the official SDK's common client with its traps closed; imported on first use (0.15 to 0.19 s).

The split packages would add generated models that we do not need, and their reading of answers: it overlooks errors when the
content type is not exactly application/json. Closed besides: a timeout of 60 s, proxies out of the environment, debug lines that
hold secrets, and retries that report an earlier failure after a later success (off, and they stay off).
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from common.errors import CredentialRejected, DeadlineExceeded, MojianError, VendorReplyInvalid, VendorUnavailable

CONNECT_S = 2.0
READ_S = 3.0
SHORTEST_ATTEMPT_S = 0.05

#: (code, request id) → what it means to us.
ErrorOf = Callable[[str, str | None], MojianError]


@dataclass(frozen=True)
class TencentKeys:
    """What signs: the function's temporary keys with their token, or a pair of somebody's own."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


class Api(NamedTuple):
    """One service of Tencent Cloud at one address."""

    service: str
    version: str
    base_url: str
    region: str


def call(
    api: Api, keys: TencentKeys, action: str, fields: Mapping[str, Any], *, left_s: float, error_of: ErrorOf
) -> Mapping[str, Any]:
    """`Response` of one call, one attempt. Raises what `error_of` makes of a code, CredentialRejected without a key,
    DeadlineExceeded, VendorUnavailable, VendorReplyInvalid.
    """
    from requests import RequestException
    from tencentcloud.common.exception import TencentCloudSDKException

    if not keys.secret_id:
        raise CredentialRejected(reason="no_key", delivered="no")
    if left_s < SHORTEST_ATTEMPT_S:
        raise DeadlineExceeded(vendor=api.service, operation=action)
    try:
        document = _sent(api, keys, action, dict(fields), left_s)
    except TencentCloudSDKException as error:
        raise _meaning_of(error, error_of) from None  # its text may hold an answer's body
    except RequestException as error:  # a body that broke off
        raise VendorUnavailable(reason=type(error).__name__, delivered="unknown") from None
    except (ValueError, KeyError, TypeError):
        raise VendorReplyInvalid(reason="not an answer in Tencent Cloud's form") from None
    return _response(document, error_of)


def _sent(api: Api, keys: TencentKeys, action: str, fields: dict[str, Any], left_s: float) -> Any:
    """A client per call: the SDK fixes keys and timeout when it makes one."""
    from tencentcloud.common.common_client import CommonClient
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile

    logging.getLogger("tencentcloud_sdk_common").setLevel(logging.CRITICAL + 1)
    address = urlsplit(api.base_url)
    where = HttpProfile(protocol=address.scheme, endpoint=address.netloc)
    where.reqTimeout = (min(CONNECT_S, left_s), min(READ_S, left_s))
    credential = Credential(keys.secret_id, keys.secret_key, keys.token or None)
    client = CommonClient(api.service, api.version, credential, api.region, ClientProfile(httpProfile=where))
    connection = client.request.conn
    connection.proxy = None
    with connection._session as session:  # it has no other door to the session
        session.trust_env = False
        return client.call_json(action, fields)


def _meaning_of(error: Any, error_of: ErrorOf) -> MojianError:
    code = str(error.get_code())
    if code in ("ClientNetworkError", "ServerNetworkError"):  # the SDK's own: no answer, or another status than 200
        return VendorUnavailable(reason=code, delivered="unknown")
    return error_of(code, error.get_request_id())


def _response(document: object, error_of: ErrorOf) -> Mapping[str, Any]:
    response = document.get("Response") if isinstance(document, Mapping) else None
    if not isinstance(response, Mapping):
        raise VendorReplyInvalid(reason="not an answer in Tencent Cloud's form")
    problem = response.get("Error")
    if isinstance(problem, Mapping):
        raise error_of(str(problem.get("Code")), response.get("RequestId"))
    return response
