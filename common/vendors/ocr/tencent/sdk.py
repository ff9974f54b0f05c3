"""The official SDK with its traps closed; imported on first use, because that takes a quarter of a second.

Closed: a timeout of 60 s, proxies out of the environment, debug lines that hold the key and the whole picture, and errors
that it overlooks when the content type is not exactly application/json (we read the answer's envelope ourselves). Its own
retries are off by default and stay off: they report an earlier failure after a later success.
"""

import logging
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from common.vendors.ocr.settings import OcrSettings

CONNECT_S = 3.0
READ_S = 60.0


@dataclass(frozen=True)
class TencentKeys:
    """A key pair; temporary ones come with a token."""

    secret_id: str
    secret_key: str = field(repr=False)
    token: str = field(default="", repr=False)


def call(settings: OcrSettings, keys: TencentKeys, action: str, fields: dict[str, Any], left_s: float) -> Any:
    """The answer's JSON. A client per call, because the SDK fixes key and timeout when it makes one.

    Raises the SDK's and requests' own exceptions, and ValueError for what is not JSON.
    """
    from tencentcloud.common.credential import Credential
    from tencentcloud.common.profile.client_profile import ClientProfile
    from tencentcloud.common.profile.http_profile import HttpProfile
    from tencentcloud.ocr.v20181119.ocr_client import OcrClient

    logging.getLogger("tencentcloud_sdk_common").setLevel(logging.CRITICAL + 1)
    address = urlsplit(settings.base_url)
    where = HttpProfile(protocol=address.scheme, endpoint=address.netloc)
    where.reqTimeout = (min(CONNECT_S, left_s), min(READ_S, left_s))
    credential = Credential(keys.secret_id, keys.secret_key, keys.token or None)
    client = OcrClient(credential, settings.region, ClientProfile(httpProfile=where))
    connection = client.request.conn
    connection.proxy = None
    with connection._session as session:  # it has no other door to the session
        session.trust_env = False
        return client.call_json(action, fields)
