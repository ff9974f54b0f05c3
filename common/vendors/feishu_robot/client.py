"""The robot of one group chat. Implements the port AlertChannel."""

from collections.abc import Callable
from datetime import datetime

from common import clock
from common.domain.monitoring.incidents import Alert
from common.http import HttpClient
from common.vendors.feishu_robot.errors import check
from common.vendors.feishu_robot.settings import FeishuRobotSettings
from common.vendors.feishu_robot.signature import sign

READ_S = 5.0
EVERYBODY = '<at user_id="all">所有人</at> '


class FeishuRobot:
    """One attempt an alert: the chat knows no idempotency key."""

    name = "feishu"
    only_urgent = False

    def __init__(
        self, settings: FeishuRobotSettings, http: HttpClient, now: Callable[[], datetime] = clock.now
    ) -> None:
        self._settings = settings
        self._now = now
        self._http = http.for_vendor("feishu_robot", base_url=settings.base_url, read_timeout_s=READ_S, check=check)

    def tell(self, alert: Alert, /) -> None:
        """What is urgent mentions everybody. Raises VendorError."""
        text = EVERYBODY + alert.text if alert.urgent else alert.text
        self._http.request(
            "POST",
            f"/open-apis/bot/v2/hook/{self._settings.token.get_secret_value()}",
            operation="send",
            json={**self._signed(), "msg_type": "text", "content": {"text": text}},
            safe_to_repeat=False,
        )

    def _signed(self) -> dict[str, str]:
        secret, now_s = self._settings.secret.get_secret_value(), int(self._now().timestamp())
        return {"timestamp": str(now_s), "sign": sign(secret, now_s)} if secret else {}
