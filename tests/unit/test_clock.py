"""Time and identity."""

from datetime import timedelta

from common import clock


def test_now_is_aware_and_in_utc():
    assert clock.now().utcoffset() == timedelta(0)


def test_ids_are_26_plain_characters_after_their_prefix():
    new = clock.new_id("s_")

    assert new.startswith("s_")
    assert len(new) == 28
    assert set(new[2:]) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_ids_differ_when_made_in_one_moment():
    assert len({clock.new_id() for _ in range(1000)}) == 1000


def test_ids_sort_by_their_making_when_time_passes(monkeypatch):
    made = []
    for seconds in (1_000_000_000.0, 1_000_000_000.001, 1_700_000_000.0, 4_000_000_000.0):
        monkeypatch.setattr(clock.time, "time", lambda seconds=seconds: seconds)
        made.append(clock.new_id())

    assert made == sorted(made)


def test_sleep_waits():
    before = clock.now()

    clock.sleep(0.01)

    assert clock.now() - before >= timedelta(seconds=0.009)
