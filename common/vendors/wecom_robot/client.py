"""The robot of one group chat. Implements the port AlertChannel."""

from common.domain.monitoring.incidents import Alert
from common.http import HttpClient
from common.vendors.wecom_robot.errors import check
from common.vendors.wecom_robot.settings import WeComRobotSettings

#: Of the text, in UTF-8.
MOST_BYTES = 2048
READ_S = 5.0


class WeComRobot:
    """One attempt an alert: the chat knows no idempotency key."""

    name = "wecom"
    only_urgent = False

    def __init__(self, settings: WeComRobotSettings, http: HttpClient) -> None:
        self._settings = settings
        self._http = http.for_vendor("wecom_robot", base_url=settings.base_url, read_timeout_s=READ_S, check=check)

    def tell(self, alert: Alert, /) -> None:
        """What is urgent mentions everybody. Raises VendorError."""
        text = alert.text.encode()[:MOST_BYTES].decode("utf-8", "ignore")
        content = {"content": text, **({"mentioned_list": ["@all"]} if alert.urgent else {})}
        self._http.request(
            "POST",
            "/cgi-bin/webhook/send",
            operation="send",
            params={"key": self._settings.key.get_secret_value()},
            json={"msgtype": "text", "text": content},
            safe_to_repeat=False,
        )
