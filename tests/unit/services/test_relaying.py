"""An iterator in a thread of its own: items in order, silence noticed, errors passed on, closed when nobody wants it."""

from threading import Event

import pytest

from common.errors import VendorUnavailable
from common.services.relaying import Relay


class Source:
    """Gives what it is told to, waits while `hold` is set, and knows whether it was closed."""

    def __init__(self, *items):
        self.items, self.go, self.closed = items, Event(), Event()
        self.go.set()

    def __call__(self):
        try:
            for item in self.items:
                self.go.wait(5)
                if isinstance(item, Exception):
                    raise item
                yield item
        finally:
            self.closed.set()


def test_items_come_in_order():
    source = Source(1, 2, 3)

    with Relay(source) as relay:
        assert list(relay.items(every_s=5)) == [1, 2, 3]


def test_silence_is_noticed_while_the_source_waits():
    source = Source(1)
    source.go.clear()

    with Relay(source) as relay:
        items = relay.items(every_s=0.01)
        silent = next(items)
        source.go.set()

        assert silent is None
        assert next(item for item in items if item is not None) == 1


def test_error_is_raised_where_the_items_are_read():
    with Relay(Source(1, VendorUnavailable())) as relay:
        items = relay.items(every_s=5)

        assert next(items) == 1
        with pytest.raises(VendorUnavailable):
            next(items)


def test_error_is_raised_when_the_source_cannot_even_start():
    def start():
        raise VendorUnavailable

    with Relay(start) as relay, pytest.raises(VendorUnavailable):
        next(relay.items(every_s=5))


def test_source_is_closed_at_its_next_item_when_nobody_wants_it():
    source = Source(*range(1000))

    with Relay(source) as relay:
        next(relay.items(every_s=5))
        source.go.clear()
        source.go.set()

    assert source.closed.wait(5)
