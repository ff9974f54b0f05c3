"""What the monitor needs: all that can be measured, and the ways to an operator."""

from typing import TYPE_CHECKING

from common.settings import AlertSettings
from common.wiring.desks import Desks

if TYPE_CHECKING:
    from common.domain.monitoring.incidents import Incident
    from common.services import monitoring, ports


class Watching(Desks):
    """What the monitor needs: all that can be measured, and the ways to an operator."""

    @property
    def watch(self) -> "monitoring.Watch":
        from common.services.health import check_health
        from common.services.monitoring import Watch

        return Watch(
            stage=self.stage,
            stores=check_health(self.probes, stage=self.stage, build="").dependencies,
            calls=self.call_windows,
            backlog=self.backlog,
            resumes=self.resumes,
            orders=self.orders,
            outbox=self.outbox,
            incidents=self.incidents,
            limits=self.limits,
            channels=self.alert_channels,
            report=self.alert("vendor"),
            note=self._note_incident,
            now=self.now(),
        )

    def _note_incident(self, incident: "Incident") -> None:
        what = {"incident": incident.name, "subject": incident.subject, "value": incident.value}
        self.note("incident", {"level": "error", "outcome": incident.part, **what})

    @property
    def alert_channels(self) -> "list[ports.AlertChannel]":
        """The ways to an operator that are set up."""
        from common.vendors.feishu_robot.client import FeishuRobot
        from common.vendors.feishu_robot.settings import FeishuRobotSettings
        from common.vendors.wecom_robot.client import WeComRobot
        from common.vendors.wecom_robot.settings import WeComRobotSettings

        wecom = self._shared.read(WeComRobotSettings, "ALERT_WECOM_")
        feishu = self._shared.read(FeishuRobotSettings, "ALERT_FEISHU_")
        found: list[ports.AlertChannel] = []
        if wecom.is_set:
            found.append(WeComRobot(wecom, self._shared.http))
        if feishu.is_set:
            found.append(FeishuRobot(feishu, self._shared.http))
        return [*found, *self._sms_alerts]

    @property
    def _sms_alerts(self) -> "list[ports.AlertChannel]":
        from common.domain.phones import parse_phone
        from common.services.alerting import SmsAlerts

        phones = self._shared.read(AlertSettings, "ALERT_").phones.replace("，", ",").split(",")
        numbers = [parse_phone(phone) for phone in phones if phone.strip()]
        return [SmsAlerts(self.text_messages, numbers)] if numbers and self.text_messages.knows_alert() else []
