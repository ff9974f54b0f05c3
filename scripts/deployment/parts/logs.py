"""The log topic that all functions of a stage write to, with its index. Its ids are those of serverless.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scripts.deployment.errors import DeployError
from scripts.deployment.session import Session, or_none
from scripts.deployment.written import read_own

SPLIT_AT = "@&()='\",;:<>[]{}/ \n\t\r"


def plan_logs(session: Session) -> bool:
    """False when serverless.yml names no topic: the platform makes one by itself then, and there is nothing to ask alarms."""
    wanted = session.wanted
    if not wanted.log_topic_id:
        session.plan.note("no CLS_TOPIC_ID: logs go to the platform's own topic, without our index and alarms")
        return False
    written = read_own("logs")
    _plan_log_set(session)
    topics = _filtered(session, "DescribeTopics", "Topics", "topicId", wanted.log_topic_id)
    if topics:
        _plan_days(session, topics[0], int(written["keep_days"]))
    else:
        _plan_topic(session, int(written["keep_days"]))
    _plan_index(session, written, exists=bool(topics))
    return True


def _plan_log_set(session: Session) -> None:
    wanted = session.wanted
    if not _filtered(session, "DescribeLogsets", "Logsets", "logsetId", wanted.log_set_id):
        name = _own(session, wanted.log_set_id)
        session.plan.add(
            "+",
            f"log set {wanted.log_set_id}",
            lambda: _call(session, "CreateLogset", LogsetId=wanted.log_set_id, LogsetName=name),
        )


def _plan_topic(session: Session, days: int) -> None:
    wanted = session.wanted
    name = _own(session, wanted.log_topic_id)
    session.plan.add(
        "+",
        f"log topic {wanted.log_topic_id}",
        lambda: _call(
            session,
            "CreateTopic",
            LogsetId=wanted.log_set_id,
            TopicId=wanted.log_topic_id,
            TopicName=name,
            Period=days,
            StorageType="hot",
        ),
        f"lines are kept {days} days",
    )


def _plan_days(session: Session, topic: Mapping[str, Any], days: int) -> None:
    number = session.wanted.log_topic_id
    if topic.get("LogsetId") != session.wanted.log_set_id:
        raise DeployError(f"CLS_TOPIC_ID {number} is in log set {topic.get('LogsetId')}, not in CLS_LOGSET_ID")
    if topic.get("Period") != days:
        session.plan.add(
            "~",
            f"log topic {number}",
            lambda: _call(session, "ModifyTopic", TopicId=number, Period=days),
            f"lines are kept {topic.get('Period')} → {days} days",
        )


def _plan_index(session: Session, written: Mapping[str, Any], *, exists: bool) -> None:
    number = session.wanted.log_topic_id
    rule = index_rule(written)
    look = partial(session.cloud.cls, "DescribeIndex", TopicId=number)
    found = or_none(look) if exists else None
    if found is None or not found.get("Rule"):
        session.plan.add(
            "+", "log index", lambda: _call(session, "CreateIndex", TopicId=number, Rule=rule, Status=True)
        )
    elif missing := sorted(_keys(rule) - _keys(found["Rule"])):
        session.plan.add(
            "~",
            "log index",
            lambda: _call(session, "ModifyIndex", TopicId=number, Rule=rule, Status=True),
            f"now also {', '.join(name for name, _ in missing)}",
        )


def index_rule(written: Mapping[str, Any]) -> dict[str, Any]:
    """Every field can be counted; text is split into words."""
    keys = [
        {"Key": name, "Value": {"Type": kind, "SqlFlag": True, **({"Tokenizer": SPLIT_AT} if kind == "text" else {})}}
        for kind in ("text", "long", "double")
        for name in written[kind]
    ]
    return {
        "FullText": {"CaseSensitive": False, "Tokenizer": SPLIT_AT, "ContainZH": True},
        "KeyValue": {"CaseSensitive": False, "KeyValues": keys},
    }


def _keys(rule: Mapping[str, Any]) -> set[tuple[str, str]]:
    listed = (rule.get("KeyValue") or {}).get("KeyValues") or []
    return {(entry["Key"], entry["Value"]["Type"]) for entry in listed}


def _filtered(session: Session, action: str, key: str, by: str, value: str) -> list[dict[str, Any]]:
    found = session.cloud.cls(action, Filters=[{"Key": by, "Values": [value]}], Offset=0, Limit=20).get(key)
    return list(found or [])


def _own(session: Session, number: str) -> str:
    """An id of our own making ends in the appid; any other names something that should exist, and does not."""
    ending = f"-{session.settings.appid}"
    if not number.endswith(ending):
        raise DeployError(
            f"there is no {number} in CLS of this region. To have it made, let CLS_LOGSET_ID and CLS_TOPIC_ID end in {ending}"
        )
    return number.removesuffix(ending)


def _call(session: Session, action: str, **fields: object) -> None:
    session.cloud.cls(action, **fields)
