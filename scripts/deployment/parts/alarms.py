"""Alarms on the log topic, from alarms.yml, and the group chat that hears of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from scripts.deployment.session import Session
from scripts.deployment.written import read_own

EVERY_MINUTES = 1
CQL = 1
CHATS = {
    "qyapi.weixin.qq.com": "WeCom",
    "oapi.dingtalk.com": "DingTalk",
    "open.feishu.cn": "Lark",
    "open.larksuite.com": "Lark",
}


def plan_alarms(session: Session) -> None:
    """Needs the topic of plan_logs. Alarms that the file no longer has are deleted; they bear the stage's name."""
    url = session.settings.values.get("ALARM_WEBHOOK_URL", "")
    notice = _Notice(session, url)
    notice.plan()
    known = {one["Name"]: one for one in session.cloud.every(session.cloud.cls, "DescribeAlarms", "Alarms")}
    wanted = {f"{session.wanted.mark}: {one['name']}": one for one in read_own("alarms")["alarms"]}
    for name, written in wanted.items():
        _plan_one(session, name, written, known.get(name), notice)
    for name in sorted(known):
        if name.startswith(f"{session.wanted.mark}: ") and name not in wanted:
            session.plan.add("-", f"alarm {name}", _remover(session, str(known[name]["AlarmId"])))


class _Notice:
    """One group of receivers for all alarms; nobody when there is no address."""

    def __init__(self, session: Session, url: str) -> None:
        self._session, self._url = session, url
        self._name = session.wanted.mark
        self._id = ""

    def plan(self) -> None:
        plan = self._session.plan
        if not self._url:
            plan.note("no ALARM_WEBHOOK_URL: alarms are seen in the console only")
            return
        found = self._find()
        self._id = str(found["AlarmNoticeId"]) if found else ""
        hooks = [{"CallbackType": kind_of(self._url), "Url": self._url}]
        fields = {"Name": self._name, "Type": "All", "WebCallbacks": hooks}
        if found is None:
            plan.add(
                "+", f"receivers {self._name}", lambda: self._create(fields), f"{hooks[0]['CallbackType']} webhook"
            )
        elif not _holds(found.get("WebCallbacks"), hooks):
            plan.add("~", f"receivers {self._name}", lambda: self._modify(fields), "another webhook")

    def ids(self) -> list[str]:
        return [self._id] if self._id else []

    @property
    def is_wanted(self) -> bool:
        return bool(self._url)

    def _find(self) -> dict[str, Any] | None:
        cloud = self._session.cloud
        listed = cloud.every(
            cloud.cls, "DescribeAlarmNotices", "AlarmNotices", Filters=[{"Key": "name", "Values": [self._name]}]
        )
        return next((one for one in listed if one["Name"] == self._name), None)

    def _create(self, fields: dict[str, Any]) -> None:
        self._id = str(self._session.cloud.cls("CreateAlarmNotice", **fields)["AlarmNoticeId"])

    def _modify(self, fields: dict[str, Any]) -> None:
        self._session.cloud.cls("ModifyAlarmNotice", AlarmNoticeId=self._id, **fields)


def kind_of(url: str) -> str:
    return CHATS.get(urlsplit(url).hostname or "", "Http")


def _plan_one(
    session: Session, name: str, written: Mapping[str, Any], found: Mapping[str, Any] | None, notice: _Notice
) -> None:
    fields = _fields(session, name, written)
    if found is None:
        session.plan.add(
            "+",
            f"alarm {name}",
            lambda: _write(session, "CreateAlarm", fields, notice),
            f"{written['tell']} in {written['minutes']} min",
        )
        return
    told = list(found.get("AlarmNoticeIds") or [])
    if not _holds(found, fields) or told != notice.ids() or (notice.is_wanted and not notice.ids()):
        number = str(found["AlarmId"])
        session.plan.add(
            "~", f"alarm {name}", lambda: _write(session, "ModifyAlarm", {**fields, "AlarmId": number}, notice)
        )


def _fields(session: Session, name: str, written: Mapping[str, Any]) -> dict[str, Any]:
    target = {
        "TopicId": session.wanted.log_topic_id,
        "LogsetId": session.wanted.log_set_id,
        "Query": written["query"],
        "Number": 1,
        "StartTimeOffset": -int(written["minutes"]),
        "EndTimeOffset": 0,
        "SyntaxRule": CQL,
    }
    return {
        "Name": name,
        "AlarmTargets": [target],
        "MonitorTime": {"Type": "Period", "Time": EVERY_MINUTES},
        "Condition": written["tell"],
        "TriggerCount": 1,
        "AlarmPeriod": int(written["again_minutes"]),
        "AlarmLevel": int(written["level"]),
        "Status": True,
    }


def _write(session: Session, action: str, fields: Mapping[str, Any], notice: _Notice) -> None:
    session.cloud.cls(action, **fields, AlarmNoticeIds=notice.ids())


def _remover(session: Session, number: str) -> Callable[[], None]:
    def remove() -> None:
        session.cloud.cls("DeleteAlarm", AlarmId=number)

    return remove


def _holds(found: Any, wanted: Any) -> bool:
    """Everything that is wanted is there; the answer may say more."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(_holds(found.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_holds, found, wanted))
    return bool(found == wanted)
