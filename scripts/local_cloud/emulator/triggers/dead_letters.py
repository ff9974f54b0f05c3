"""What the queue gave up on, as files: one JSON document each, with the body the platform puts into a dead letter."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ..manifest import Manifest
from ..outcome import Outcome
from ..switches import Account
from .async_queue import QueuedEvent

CHINA = timezone(timedelta(hours=8))
SOURCES = {"cos": "TRIGGER_COS", "timer": "TRIGGER_TIMER", "invoke": "API"}


class DeadLetters:
    """Writes `<folder>/<number>-<function>.json` (scf.md 2.5)."""

    def __init__(self, folder: Path, manifest: Manifest, account: Account) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._functions = manifest.functions
        self._account = account
        self._lock = threading.Lock()

    def bury(self, queued: QueuedEvent, outcome: Outcome) -> None:
        letter = self._letter(queued, outcome)
        with self._lock:
            number = len(list(self._folder.glob("*.json"))) + 1
            path = self._folder / f"{number:04d}-{queued.function}.json"
            path.write_text(json.dumps(letter, ensure_ascii=False, indent=2), encoding="utf-8")

    def all(self) -> list[dict[str, Any]]:
        """Every letter, oldest first."""
        return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(self._folder.glob("*.json"))]

    def clear(self) -> None:
        for path in self._folder.glob("*.json"):
            path.unlink()

    def _letter(self, queued: QueuedEvent, outcome: Outcome) -> dict[str, Any]:
        failure = outcome.failure
        spec = self._functions.get(queued.function)
        return {
            "RequestId": queued.request_id,
            "ErrorCode": -1,
            "ErrorMessage": (failure.trace or failure.message) if failure else "",
            "Body": {
                "AppId": int(self._account.appid),
                "Uin": self._account.uin,
                "SubAccountUin": self._account.uin,
                "RequestSource": SOURCES.get(queued.trigger, "API"),
                "FunctionName": spec.name if spec else queued.function,
                "Namespace": spec.namespace if spec else "default",
                "Qualifier": "$DEFAULT",
                "InvocationType": "Event",
                "ClientContext": queued.event,
                "LogType": "",
                "TimeStampForInvoker": str(int(queued.pushed_at * 1000)),
                "RequestId": queued.request_id,
                "PushTime": datetime.fromtimestamp(queued.pushed_at, CHINA).isoformat(),
                "RetryNum": queued.retry_num,
                "Ttl": 0,
            },
        }
