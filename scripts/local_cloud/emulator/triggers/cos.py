"""Object changes -> trigger events: which functions a change starts, and the exact Records event they get (scf.md 2.4)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from ..manifest import FunctionSpec, Manifest
from ..switches import Switches

GATHER_S = 0.2
SHORT_REGIONS = {
    "ap-beijing": "bj",
    "ap-chengdu": "cd",
    "ap-chongqing": "cq",
    "ap-guangzhou": "gz",
    "ap-hongkong": "hk",
    "ap-nanjing": "nj",
    "ap-shanghai": "sh",
    "ap-singapore": "sg",
    "ap-tokyo": "jp",
}
KEY_SAFE = "/-_.~"

Record = dict[str, Any]
Deliver = Callable[[str, str, str], object]
"""Takes function, event as JSON text, and "cos"."""


class ObjectChange(Protocol):
    """What the store reports (the COS fake's ObjectEvent). `bucket` excludes the appid; `key` is raw text."""

    @property
    def bucket(self) -> str: ...
    @property
    def appid(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def size_bytes(self) -> int: ...
    @property
    def event_name(self) -> str: ...
    @property
    def content_type(self) -> str: ...
    @property
    def etag(self) -> str: ...
    @property
    def request_id(self) -> str: ...
    @property
    def meta(self) -> Mapping[str, str]: ...


class CosTriggers:
    """Turns every change into events for the functions whose triggers match. Thread-safe."""

    def __init__(self, manifest: Manifest, switches: Switches, deliver: Deliver) -> None:
        self._functions = [spec for spec in manifest.functions.values() if spec.cos]
        self._switches = switches
        self._deliver = deliver
        self._gathered: dict[str, list[Record]] = {}
        self._sending = 0
        self._changed = threading.Condition()

    def on_change(self, change: ObjectChange) -> list[str]:
        """Start whatever the change starts; the functions' keys."""
        bucket = f"{change.bucket}-{change.appid}"
        started = [
            spec
            for spec in self._functions
            if any(trigger.matches(change.event_name, bucket, change.key) for trigger in spec.cos)
        ]
        for spec in started:
            self._add(spec.key, build_record(change, spec, encoded_key=self._switches.encoded_keys))
        return [spec.key for spec in started]

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until no record is being gathered any more."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._gathered and not self._sending, timeout_s)

    def _add(self, function: str, record: Record) -> None:
        if self._switches.records_per_event == 1:
            self._send(function, [record])
            return
        with self._changed:
            records = self._gathered.setdefault(function, [])
            records.append(record)
            count = len(records)
        if count == 1:
            timer = threading.Timer(GATHER_S, self._flush, (function,))
            timer.daemon = True
            timer.start()
        elif count >= self._switches.records_per_event:
            self._flush(function)

    def _flush(self, function: str) -> None:
        with self._changed:
            records = self._gathered.pop(function, [])
            self._sending += 1
        if records:
            self._send(function, records)
        with self._changed:
            self._sending -= 1
            self._changed.notify_all()

    def _send(self, function: str, records: list[Record]) -> None:
        self._deliver(function, json.dumps({"Records": records}, ensure_ascii=False), "cos")


def build_record(change: ObjectChange, spec: FunctionSpec, *, encoded_key: bool = False) -> Record:
    """One entry of Records. The url is always percent-encoded; the key only on the switch (the encoding is unknown)."""
    path = quote(change.key, safe=KEY_SAFE)
    host = f"{change.bucket}-{change.appid}.cos.{change.region}.myqcloud.com"
    return {
        "cos": {
            "cosSchemaVersion": "1.0",
            "cosObject": {
                "url": f"http://{host}/{path}",
                "meta": {
                    "x-cos-request-id": change.request_id,
                    "Content-Type": change.content_type,
                    "ETag": change.etag,
                    **change.meta,
                },
                "vid": "",
                "key": f"/{change.appid}/{change.bucket}/{path if encoded_key else change.key}",
                "size": change.size_bytes,
            },
            "cosBucket": {
                "region": SHORT_REGIONS.get(change.region, change.region),
                "cosRegion": change.region,
                "s3Region": change.region,
                "name": change.bucket,
                "appid": change.appid,
            },
            "cosNotificationId": "unkown",
        },
        "event": {
            "eventName": change.event_name,
            "eventVersion": "1.0",
            "eventTime": int(time.time()),
            "eventSource": "qcs::cos",
            "requestParameters": {
                "requestSourceIP": "127.0.0.1",
                "requestHeaders": {"Authorization": "q-sign-algorithm=sha1"},
            },
            "eventQueue": f"qcs:0:scf:{change.region}:appid/{change.appid}:default.{spec.name}.$DEFAULT",
            "reservedInfo": "",
            "reqid": 0,
        },
    }
