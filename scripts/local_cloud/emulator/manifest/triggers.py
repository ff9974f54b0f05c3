"""One trigger of a manifest, judged by itself: http, cos or timer (scf.md 4, 6.4, 6.5)."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from .cron import Cron, CronEnded, CronInvalid
from .forms import TriggerNode
from .model import Cors, CosTrigger, HttpTrigger, TimerTrigger
from .report import Report
from .values import one_of, settled, switch, text, texts, whole_number
from .yaml_lines import Node

_BUCKET_HOST = re.compile(r"([a-z0-9-]+-[0-9]+)\.cos\.([a-z0-9-]+)\.myqcloud\.com")
_CREATED = ("*", "Put", "Post", "Copy", "CompleteMultipartUpload", "Origin", "Replication")
_COS_EVENTS = (
    *(f"cos:ObjectCreated:{action}" for action in _CREATED),
    *(f"cos:ObjectRemove:{action}" for action in ("*", "Delete", "DeleteMarkerCreated")),
    *(f"cos:ObjectRestore:{action}" for action in ("Post", "Completed")),
)
_LONGEST_TIMER_NAME = 60
_LARGEST_ARGUMENT_BYTES = 4096


def read_http(trigger: TriggerNode, report: Report) -> HttpTrigger:
    parameters = trigger.parameters
    if not switch(parameters.get("netConfig") or Node(0, {}), "enableExtranet", False, report):
        report.refuse(trigger.line, "http trigger without netConfig.enableExtranet: true: nobody could reach it")
    if not switch(parameters, "enable", True, report):
        report.warn(trigger.line, "the http trigger is switched off (enable: false); here it answers all the same")
    if parameters.get("qualifier") is None:
        report.warn(trigger.line, "http trigger without qualifier: the CLI will not find it again on the next deploy")
    return HttpTrigger(
        one_of(parameters, "authType", "NONE", ("NONE", "CAM"), "NONE or CAM", report), _cors(trigger, report)
    )


def read_cos(trigger: TriggerNode, region: str, report: Report) -> CosTrigger:
    """`region` is the function's: a bucket elsewhere cannot start it."""
    parameters = trigger.parameters
    _check_enabled(trigger, report)
    limits = parameters.get("filter") or Node(trigger.line, {})
    prefix, suffix = text(limits, "prefix", "", report), text(limits, "suffix", "", report)
    if prefix.startswith("/"):
        report.refuse(limits.key_line("prefix"), f"prefix {prefix}: keys have no leading slash")
    if suffix and settled(suffix) and not suffix.startswith("."):
        report.refuse(limits.key_line("suffix"), f'suffix {suffix}: must start with "."')
    events = one_of(parameters, "events", "", _COS_EVENTS, f"one of {', '.join(_COS_EVENTS)}", report)
    if not events:
        report.refuse(trigger.line, "cos trigger without events")
    return CosTrigger(_bucket(trigger, region, report), events, prefix, suffix)


def read_timer(trigger: TriggerNode, report: Report) -> TimerTrigger:
    parameters = trigger.parameters
    _check_enabled(trigger, report)
    name = text(parameters, "name", "", report)
    if not 1 <= len(name) <= _LONGEST_TIMER_NAME:
        report.refuse(parameters.key_line("name"), f"a timer's name has 1 to {_LONGEST_TIMER_NAME} characters")
    cron = text(parameters, "cronExpression", "", report)
    if settled(cron):
        _check_cron(cron, parameters.key_line("cronExpression"), report)
    argument = text(parameters, "argument", "", report)
    if len(argument.encode()) > _LARGEST_ARGUMENT_BYTES:
        report.refuse(parameters.key_line("argument"), f"argument is over {_LARGEST_ARGUMENT_BYTES} bytes")
    return TimerTrigger(name, cron, argument)


def _check_cron(cron: str, line: int, report: Report) -> None:
    try:
        Cron.parse(cron).next_after(datetime.now(timezone.utc))
    except CronInvalid as error:
        report.refuse(line, f"cronExpression: {error}")
    except CronEnded:
        report.warn(line, f"cronExpression {cron}: never fires")


def _check_enabled(trigger: TriggerNode, report: Report) -> None:
    if not switch(trigger.parameters, "enable", False, report):
        report.refuse(trigger.line, f"{trigger.kind} trigger without enable: true would be deployed switched off")


def _bucket(trigger: TriggerNode, region: str, report: Report) -> str:
    host = text(trigger.parameters, "bucket", "", report)
    line = trigger.parameters.key_line("bucket")
    match = _BUCKET_HOST.fullmatch(host)
    if match is None:
        if settled(host):
            report.refuse(line, f"bucket {host or 'is missing'}: must be <name>-<appid>.cos.<region>.myqcloud.com")
        return host
    if match[2] != region and settled(region):
        report.refuse(line, f"bucket {host} is not in the function's region {region}")
    return match[1]


def _cors(trigger: TriggerNode, report: Report) -> Cors | None:
    config = trigger.parameters.get("corsConfig")
    if config is None:
        return None
    if not switch(config, "enable", False, report):
        report.warn(config.line, "corsConfig without enable: true does nothing")
        return None
    cors = Cors(
        origins=texts(config, "origins", report),
        methods=tuple(method.upper() for method in texts(config, "methods", report)),
        headers=texts(config, "headers", report),
        expose_headers=texts(config, "exposeHeaders", report),
        max_age_s=whole_number(config, "maxAge", 0, range(86401), "0 to 86400 seconds", report),
        credentials=switch(config, "credentials", False, report),
    )
    if cors.credentials and "*" in cors.origins:
        report.warn(config.line, 'corsConfig: browsers refuse credentials together with origin "*"')
    return cors
