"""One process of the race: reads a notification from standard input and delivers it to functions of its own, many at once."""

from __future__ import annotations

import base64
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from threading import Barrier

from common import clock
from scripts.benchmarks.money import scene


def main() -> None:
    job = json.loads(sys.stdin.readline())
    letter = scene.Notification(job["headers"], base64.b64decode(job["body"]))
    threads, each = job["threads"], job["deliveries"] // job["threads"]
    start = Barrier(threads)
    answers, sys.stdout = sys.stdout, sys.stderr  # the log lines of the functions are not the answer

    def deliver(_: int) -> list[int]:
        handler = scene.load_handler("pay_notify")
        start.wait()
        return [int(handler(letter.event(), scene.context())["statusCode"]) for _ in range(each)]

    with redirect_stdout(sys.stderr):
        _warm_up(letter)
    print("ready", file=answers, flush=True)
    sys.stdin.readline()
    with redirect_stdout(sys.stderr), ThreadPoolExecutor(threads) as pool:
        statuses = [status for found in pool.map(deliver, range(threads)) for status in found]
    print(json.dumps(statuses), file=answers, flush=True)


def _warm_up(letter: scene.Notification) -> None:
    """Load what an instance loads at its first request: the race is about rows, not about imports."""
    forged = scene.Notification(letter.headers, letter.body + b" ")
    scene.load_handler("pay_notify")(forged.event(), scene.context())
    with scene.open_app(os.environ) as app:
        app.refunds.due(now=clock.now(), limit=1)


if __name__ == "__main__":
    main()
