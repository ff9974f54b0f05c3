"""CLS (2020-10-16): log sets, topics, their indexes, alarms and who hears of them."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.services import Action, Service

_OWN_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]-(\d+)")
_FIELD = re.compile(r"[A-Za-z0-9./@-][\w./@-]*", re.ASCII)
_MINUTES = range(-1440, 1)
MOST_PAGE = 100


class ClsService(Service):
    """Everything by its id, in the wire's own words; ids that a caller chose are kept."""

    name: ClassVar[str] = "cls"
    version: ClassVar[str] = "2020-10-16"

    def __init__(self, appid: str) -> None:
        self._appid = appid
        self.forget()

    def forget(self) -> None:
        self.logsets: dict[str, dict[str, Any]] = {}
        self.topics: dict[str, dict[str, Any]] = {}
        self.indexes: dict[str, dict[str, Any]] = {}
        self.alarms: dict[str, dict[str, Any]] = {}
        self.notices: dict[str, dict[str, Any]] = {}

    @property
    def actions(self) -> Mapping[str, Action]:
        return {
            "CreateLogset": self._create_logset,
            "DescribeLogsets": lambda fields: _found(self.logsets, "Logsets", fields),
            "CreateTopic": self._create_topic,
            "ModifyTopic": self._modify_topic,
            "DescribeTopics": lambda fields: _found(self.topics, "Topics", fields),
            "CreateIndex": self._create_index,
            "ModifyIndex": self._modify_index,
            "DescribeIndex": self._show_index,
            "CreateAlarmNotice": self._create_notice,
            "ModifyAlarmNotice": self._modify_notice,
            "DescribeAlarmNotices": lambda fields: _found(self.notices, "AlarmNotices", fields),
            "CreateAlarm": self._create_alarm,
            "ModifyAlarm": self._modify_alarm,
            "DeleteAlarm": self._delete_alarm,
            "DescribeAlarms": lambda fields: _found(self.alarms, "Alarms", fields),
        }

    def state(self) -> dict[str, Any]:
        by_name = {
            kind: sorted((_without_ids(one) for one in kept.values()), key=lambda one: str(one.get("Name")))
            for kind, kept in (("alarms", self.alarms), ("notices", self.notices))
        }
        return {"logsets": self.logsets, "topics": self.topics, "indexes": self.indexes, **by_name}

    def change(self, limits: Mapping[str, Any]) -> None:
        if limits:
            raise ValueError("CLS has no limits to change")

    def has_topic(self, logset_id: str, topic_id: str) -> bool:
        return topic_id in self.topics and self.topics[topic_id]["LogsetId"] == logset_id

    def _create_logset(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        number = self._own_id(fields, "LogsetId", "logset", self.logsets)
        name = _named(fields, "LogsetName")
        if any(one["LogsetName"] == name for one in self.logsets.values()):
            raise TencentCloudError("InvalidParameter.LogsetConflict", f"The log set {name} exists already.")
        self.logsets[number] = {"LogsetId": number, "LogsetName": name}
        return {"LogsetId": number}

    def _create_topic(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        number, name = self._own_id(fields, "TopicId", "topic", self.topics), _named(fields, "TopicName")
        if fields.get("LogsetId") not in self.logsets:
            raise TencentCloudError("ResourceNotFound.LogsetNotExist", f"There is no log set {fields.get('LogsetId')}.")
        if any(one["TopicName"] == name and one["LogsetId"] == fields["LogsetId"] for one in self.topics.values()):
            raise TencentCloudError("InvalidParameter.TopicConflict", f"The topic {name} exists already.")
        kept = {"LogsetId": fields["LogsetId"], "TopicId": number, "TopicName": name, "Period": _days(fields)}
        self.topics[number] = {**kept, "StorageType": fields.get("StorageType") or "hot", "Status": True}
        return {"TopicId": number}

    def _modify_topic(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        self._topic(fields)["Period"] = _days(fields)
        return {}

    def _create_index(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        number = self._topic(fields)["TopicId"]
        if number in self.indexes:
            raise TencentCloudError("InvalidParameter.IndexConflict", "The topic has an index already.")
        self.indexes[number] = _index(fields)
        return {}

    def _modify_index(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        number = self._topic(fields)["TopicId"]
        if number not in self.indexes:
            raise TencentCloudError("ResourceNotFound.IndexNotExist", "The topic has no index.")
        self.indexes[number] = _index(fields)
        return {}

    def _show_index(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        number = self._topic(fields)["TopicId"]
        if number not in self.indexes:
            raise TencentCloudError("ResourceNotFound.IndexNotExist", "The topic has no index.")
        return {"TopicId": number, **copy.deepcopy(self.indexes[number])}

    def _create_notice(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "AlarmNoticeId": self._add(self.notices, "AlarmNoticeId", "notice", "AlarmNoticeConflict", _notice(fields))
        }

    def _modify_notice(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        kept = _known(self.notices, fields.get("AlarmNoticeId"), "AlarmNoticeNotExist")
        kept.update(_notice({**kept, **fields}))
        return {}

    def _create_alarm(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return {"AlarmId": self._add(self.alarms, "AlarmId", "alarm", "AlarmConflict", self._alarm(fields))}

    def _modify_alarm(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        kept = _known(self.alarms, fields.get("AlarmId"), "AlarmNotExist")
        kept.update(self._alarm({**kept, **fields}))
        return {}

    def _delete_alarm(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        del self.alarms[_known(self.alarms, fields.get("AlarmId"), "AlarmNotExist")["AlarmId"]]
        return {}

    def _alarm(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        targets = fields.get("AlarmTargets") or []
        if not targets or [target.get("Number") for target in targets] != list(range(1, len(targets) + 1)):
            raise TencentCloudError("InvalidParameter", "Queries are numbered from 1.")
        for target in targets:
            self._topic(target)
            start, end = target.get("StartTimeOffset"), target.get("EndTimeOffset")
            if start not in _MINUTES or end not in _MINUTES or start >= end or not target.get("Query"):
                raise TencentCloudError("InvalidParameter", "A query needs a text and a window that ends by now.")
        if not fields.get("Condition") or not fields.get("TriggerCount") or fields.get("AlarmPeriod") is None:
            raise TencentCloudError("MissingParameter", "Condition, TriggerCount and AlarmPeriod are needed.")
        for number in fields.get("AlarmNoticeIds") or []:
            _known(self.notices, number, "AlarmNoticeNotExist")
        names = (
            "AlarmTargets",
            "MonitorTime",
            "Condition",
            "TriggerCount",
            "AlarmPeriod",
            "AlarmNoticeIds",
            "AlarmLevel",
        )
        kept = {name: copy.deepcopy(fields.get(name)) for name in names}
        return {"Name": _named(fields, "Name"), "Status": fields.get("Status", True) is not False, **kept}

    def _add(self, kept: dict[str, Any], key: str, kind: str, conflict: str, one: dict[str, Any]) -> str:
        if any(known["Name"] == one["Name"] for known in kept.values()):
            raise TencentCloudError(f"InvalidParameter.{conflict}", f"{one['Name']} exists already.")
        number = f"{kind}-{len(kept) + 1:08d}-0000-4000-8000-{abs(hash(one['Name'])) % 10**12:012d}"
        kept[number] = {key: number, **one}
        return number

    def _own_id(self, fields: Mapping[str, Any], key: str, kind: str, kept: Mapping[str, Any]) -> str:
        wanted = str(fields.get(key) or f"made-{kind}-{len(kept) + 1}-{self._appid}")
        form = _OWN_ID.fullmatch(wanted)
        if form is None or form[1] != self._appid:
            raise TencentCloudError("InvalidParameterValue", f"{wanted} is not 3 to 40 characters and -{self._appid}.")
        if wanted in kept:
            raise TencentCloudError("InvalidParameterValue", f"{wanted} exists already.")
        return wanted

    def _topic(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return _known(self.topics, fields.get("TopicId"), "TopicNotExist")


def _known(kept: Mapping[str, dict[str, Any]], number: Any, code: str) -> dict[str, Any]:
    if number not in kept:
        raise TencentCloudError(f"ResourceNotFound.{code}", f"There is no {number}.")
    return kept[number]


def _named(fields: Mapping[str, Any], key: str) -> str:
    name = str(fields.get(key) or "")
    if not name or "|" in name or len(name.encode()) > 255:
        raise TencentCloudError("InvalidParameterValue", f"{key} has 1 to 255 bytes and no |.")
    return name


def _days(fields: Mapping[str, Any]) -> int:
    days = int(fields.get("Period") or 30)
    if not 1 <= days <= 3600 and days != 3640:
        raise TencentCloudError("FailedOperation.InvalidPeriod", f"{days} days.")
    return days


def _index(fields: Mapping[str, Any]) -> dict[str, Any]:
    rule = fields.get("Rule") or {}
    for entry in (rule.get("KeyValue") or {}).get("KeyValues") or []:
        value = entry.get("Value") or {}
        if not _FIELD.fullmatch(str(entry.get("Key"))) or value.get("Type") not in ("long", "text", "double"):
            raise TencentCloudError("InvalidParameter", f"{entry.get('Key')!r} has a bad name or type.")
        if value["Type"] != "text" and value.get("Tokenizer"):
            raise TencentCloudError("InvalidParameter", "Only text is split into words.")
    return {"Rule": copy.deepcopy(rule), "Status": fields.get("Status", True) is not False}


def _notice(fields: Mapping[str, Any]) -> dict[str, Any]:
    if fields.get("Type") not in ("Trigger", "Recovery", "All"):
        raise TencentCloudError("InvalidParameter", "Type is Trigger, Recovery or All.")
    for hook in fields.get("WebCallbacks") or []:
        if hook.get("CallbackType") not in ("Http", "WeCom", "DingTalk", "Lark") or not hook.get("Url"):
            raise TencentCloudError("InvalidParameter", "A callback has a known type and a url.")
    kept = {name: copy.deepcopy(fields.get(name) or []) for name in ("WebCallbacks", "NoticeReceivers")}
    return {"Name": _named(fields, "Name"), "Type": fields["Type"], **kept}


_FILTERS = {
    "logsetId": "LogsetId",
    "logsetName": "LogsetName",
    "topicId": "TopicId",
    "topicName": "TopicName",
    "name": "Name",
}


def _found(kept: Mapping[str, dict[str, Any]], key: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Ids are matched whole, names by part, as on the platform."""
    found = list(kept.values())
    for entry in fields.get("Filters") or []:
        name, values = _FILTERS.get(str(entry.get("Key"))), [str(value) for value in entry.get("Values") or []]
        if name is None:
            raise TencentCloudError("InvalidFilter", f"{entry.get('Key')!r} cannot be filtered by.")
        whole = name.endswith("Id")
        found = [
            one for one in found if any(one[name] == value or (not whole and value in one[name]) for value in values)
        ]
    start, size = int(fields.get("Offset") or 0), int(fields.get("Limit") or 20)
    if size > MOST_PAGE:
        raise TencentCloudError("InvalidParameterValue", "Limit is at most 100.")
    return {key: copy.deepcopy(found[start : start + size]), "TotalCount": len(found)}


def _without_ids(one: Mapping[str, Any]) -> dict[str, Any]:
    """Ids are made up by the fake; alarms name those of their notices."""
    return {name: value for name, value in one.items() if not name.endswith(("AlarmId", "NoticeId", "NoticeIds"))}
