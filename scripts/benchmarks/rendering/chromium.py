"""Headless Chromium as a peer, over its debugging pipe: a new context for every page, as on a server that keeps users apart."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--remote-debugging-pipe",
)

#: The browser reads from descriptor 3 and writes to 4.
_LAUNCH = """
import fcntl, os, sys
kept = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(kept[0], 3), os.dup2(kept[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Chromium:
    """`with Chromium(path) as browser: browser.print_pdf(page)`; pages are files, so that they may link fonts of this machine."""

    def __init__(self, path: str) -> None:
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        ours_out, theirs_in = os.pipe(), os.pipe()
        command = [path, *_FLAGS, f"--user-data-dir={self._profile.name}"]
        ends = (ours_out[0], theirs_in[1])
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, *map(str, ends), *command],
            pass_fds=ends,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        os.close(ours_out[0])
        os.close(theirs_in[1])
        self._out, self._in = os.fdopen(ours_out[1], "wb", buffering=0), os.fdopen(theirs_in[0], "rb")
        self._calls = 0

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._call("Browser.close")
        self._process.wait(timeout=20)
        self._out.close()
        self._in.close()
        self._profile.cleanup()

    def print_pdf(self, page: Path) -> bytes:
        context = self._call("Target.createBrowserContext")["browserContextId"]
        target = self._call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable", session)
        self._call("Page.navigate", session, url=page.resolve().as_uri())
        self._until("Page.loadEventFired")
        self._call("Runtime.evaluate", session, expression="document.fonts.ready.then(() => 1)", awaitPromise=True)
        printed = self._call("Page.printToPDF", session, printBackground=True, preferCSSPageSize=True)
        self._call("Target.disposeBrowserContext", browserContextId=context)
        return base64.b64decode(printed["data"])

    def processor_seconds(self) -> float:
        """Of all the browser's processes, those that have ended too: what the page costs, however busy the machine is."""
        own = [_stat(path) for path in Path("/proc").glob("[0-9]*/stat")]
        ticks = sum(sum(map(int, fields[11:15])) for fields in own if fields and int(fields[3]) == self._process.pid)
        return ticks / os.sysconf("SC_CLK_TCK")

    def _call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._calls += 1
        request = {"id": self._calls, "method": method, "params": parameters}
        self._out.write(json.dumps(request | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._calls:
                if "error" in answer:
                    raise RuntimeError(f"Chromium refused {method}: {answer['error']}")
                return dict(answer["result"])

    def _until(self, event: str) -> None:
        while self._message().get("method") != event:
            pass

    def _message(self) -> dict[str, Any]:
        received = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("Chromium has gone")
            received += byte
        return dict(json.loads(received))


def _stat(path: Path) -> list[str]:
    """The fields of /proc/<pid>/stat after the name: state, parent, group, session, …; [] when the process has gone."""
    try:
        return path.read_text().rpartition(") ")[2].split()
    except OSError:
        return []
