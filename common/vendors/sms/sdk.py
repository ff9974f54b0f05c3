"""Where Tencent Cloud's SMS is asked; the SDK is loaded with the first message."""

from typing import Any

from common.http.tencent_cloud import Place
from common.vendors.sms.settings import SmsSettings

#: Somebody waits for the code with the phone in the hand.
READ_S = 5.0


def place_of(settings: SmsSettings) -> Place:
    return Place(_client, settings.base_url, settings.region, READ_S)


def _client() -> Any:
    from tencentcloud.sms.v20210111.sms_client import SmsClient

    return SmsClient
