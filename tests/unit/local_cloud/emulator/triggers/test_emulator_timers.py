"""Timer triggers: by hand and by the clock."""

import json
import re
import time
from typing import Any

import pytest

from scripts.local_cloud.emulator.switches import Switches
from scripts.local_cloud.emulator.triggers.timers import UnknownTimer


def events_seen(emulator) -> list[dict[str, Any]]:
    returned = (line.partition("RetMsg: ")[2] for line in emulator.logs.lines("sweep") if "RetMsg: " in line)
    return [json.loads(text) for text in returned]


@pytest.mark.parametrize("name", ["every-minute", "sweep"])
def test_tick_fires_the_timer_by_its_name_or_its_function(emulator, name):
    request_ids = emulator.tick(name)

    assert emulator.wait_idle(5)
    (event,) = events_seen(emulator)
    assert len(request_ids) == 1
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", event.pop("Time"))
    assert event == {"Type": "Timer", "TriggerName": "every-minute", "Message": "tidy up"}


def test_tick_names_the_timers_when_there_is_no_such_timer(emulator):
    with pytest.raises(UnknownTimer, match="every-minute"):
        emulator.tick("nightly")


def test_timers_fire_by_the_scaled_clock(start):
    with start(Switches(time_scale=120.0)) as emulator:
        emulator.timers.start()
        time.sleep(1.8)

        assert 1 <= len(events_seen(emulator)) <= 4
