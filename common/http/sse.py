"""Server-sent events out of a chunked body: comments and keep-alives skipped, a stalled stream noticed.

Source of the line rules: WHATWG HTML, "Server-sent events", section "Interpreting an event stream".
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common import clock
from common.errors import VendorUnavailable

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class ServerEvent:
    """`text` is the data field; several data lines are joined by newlines."""

    text: str
    name: str = "message"
    id: str | None = None


def read_events(chunks: Iterable[bytes], *, idle_s: float, total_s: float) -> Iterator[ServerEvent]:
    """Events as they complete. An unfinished event at the end of the body is dropped, as the standard says.

    Keep-alives reset a socket's read timeout, so they do not count here: VendorUnavailable(reason="idle") after
    `idle_s` without an event, VendorUnavailable(reason="deadline") after `total_s`. A socket that is entirely silent is
    the read timeout's business.
    """
    watch = _Watch(idle_s, total_s)
    fields: dict[str, list[str]] = {}
    for line in _lines(chunks, watch):
        if line:
            _take(line, fields)
            continue
        event = _completed(fields)
        fields = {}
        if event is not None:
            watch.fed()
            yield event
            watch.fed()


class _Watch:
    def __init__(self, idle_s: float, total_s: float) -> None:
        self._idle_s = idle_s
        self._total_s = total_s
        self._began = self._last = clock.now()

    def fed(self) -> None:
        self._last = clock.now()

    def check(self) -> None:
        now = clock.now()
        if (now - self._began).total_seconds() > self._total_s:
            raise VendorUnavailable(reason="deadline", delivered="unknown")
        if (now - self._last).total_seconds() > self._idle_s:
            raise VendorUnavailable(reason="idle", delivered="unknown")


def _lines(chunks: Iterable[bytes], watch: _Watch) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    rest = ""
    for chunk in chunks:
        watch.check()
        rest += decoder.decode(chunk)
        held = "\r" if rest.endswith("\r") else ""  # may be the first half of a line end
        *whole, rest = _LINE_END.split(rest[: len(rest) - len(held)])
        rest += held
        yield from whole
    yield from _LINE_END.split(rest)[:-1]


def _take(line: str, fields: dict[str, list[str]]) -> None:
    name, _, value = line.partition(":")
    if name:  # a line that starts with a colon is a comment
        fields.setdefault(name, []).append(value.removeprefix(" "))


def _completed(fields: dict[str, list[str]]) -> ServerEvent | None:
    if "data" not in fields:
        return None
    return ServerEvent(
        text="\n".join(fields["data"]),
        name=fields.get("event", [""])[-1] or "message",
        id=fields["id"][-1] if "id" in fields else None,
    )
