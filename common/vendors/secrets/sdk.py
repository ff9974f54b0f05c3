"""The official SDK's common client with its traps closed; imported on first use, because that takes 0.15 to 0.19 seconds.

The split package for SSM would add generated models that we do not need, and its reading of answers: it overlooks errors when
the content type is not exactly application/json. Closed besides: a timeout of 60 s, proxies out of the environment, debug lines
that hold the secret, and retries that report an earlier failure after a later success (off, and they stay off).
"""

import logging
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from common.vendors.secrets.settings import SecretsSettings

SERVICE, VERSION = "ssm", "2019-09-23"
CONNECT_S = 2.0
READ_S = 3.0


@dataclass(frozen=True)
class SecretsKeys:
    """What signs: the function's temporary keys with their token, or an operator's own pair."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


def call(settings: SecretsSettings, keys: SecretsKeys, action: str, fields: dict[str, Any], left_s: float) -> Any:
    """The answer's JSON. A client per call: the SDK fixes keys and timeout when it makes one.

    Raises the SDK's and requests' own exceptions, and ValueError for what is not JSON.
    """
    from tencentcloud.common.common_client import CommonClient
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile

    logging.getLogger("tencentcloud_sdk_common").setLevel(logging.CRITICAL + 1)
    address = urlsplit(settings.base_url)
    where = HttpProfile(protocol=address.scheme, endpoint=address.netloc)
    where.reqTimeout = (min(CONNECT_S, left_s), min(READ_S, left_s))
    credential = Credential(keys.secret_id, keys.secret_key, keys.token or None)
    client = CommonClient(SERVICE, VERSION, credential, settings.region, ClientProfile(httpProfile=where))
    connection = client.request.conn
    connection.proxy = None
    with connection._session as session:  # it has no other door to the session
        session.trust_env = False
        return client.call_json(action, fields)
