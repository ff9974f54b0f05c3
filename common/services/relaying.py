"""An iterator read in a thread of its own, so that whoever waits for its items can do something else meanwhile."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Generic, TypeVar

Item = TypeVar("Item")

#: A source that is silent cannot be closed from outside; it is waited for so long when nobody wants it any more.
STOP_WAIT_S = 5.0


@dataclass(frozen=True)
class _End:
    error: BaseException | None = None


class Relay(Generic[Item]):
    """`start` makes the iterator, in the thread. Leaving the block stops it at its next item and closes it."""

    def __init__(self, start: Callable[[], Iterator[Item]]) -> None:
        self._start = start
        self._queue: SimpleQueue[Item | _End] = SimpleQueue()
        self._unwanted = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Relay[Item]":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._unwanted.set()
        self._thread.join(STOP_WAIT_S)

    def items(self, *, every_s: float) -> Iterator[Item | None]:
        """The items in order, and None whenever there was none for `every_s`. Raises what the iterator raises."""
        while True:
            try:
                item = self._queue.get(timeout=every_s)
            except Empty:
                yield None
                continue
            if not isinstance(item, _End):
                yield item
            elif item.error is None:
                return
            else:
                raise item.error

    def _run(self) -> None:
        try:
            self._read(self._start())
        except BaseException as error:
            self._queue.put(_End(error))
        else:
            self._queue.put(_End())

    def _read(self, items: Iterator[Item]) -> None:
        try:
            for item in items:
                if self._unwanted.is_set():
                    return
                self._queue.put(item)
        finally:
            if isinstance(items, Generator):
                items.close()
