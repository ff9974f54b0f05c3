"""Key rings: what they accept, and that they name problems without naming keys."""

import base64

import pytest

from common.errors import SettingsInvalid
from common.security.keyring import KeyRing

NEW, OLD = bytes(range(32)), bytes(range(32, 64))


def encoded(key):
    return base64.urlsafe_b64encode(key).decode()


def test_first_key_is_current_when_several_are_given():
    ring = KeyRing.parse(f"k1:{encoded(NEW)}, k0:{encoded(OLD).rstrip('=')}", setting="DATA_KEYS")

    assert (ring.current, ring.current_key) == ("k1", NEW)
    assert ring.keys == {"k1": NEW, "k0": OLD}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "k1",
        "k1:",
        encoded(NEW),
        f"K!:{encoded(NEW)}",
        f"{'k' * 17}:{encoded(NEW)}",
        f"k1:{encoded(NEW[:31])}",
        f"k1:{encoded(NEW)[:-2]}",
        f"k1:{encoded(NEW)}#",
        f"k1:{encoded(NEW)},",
        f"k1:{encoded(NEW)},k1:{encoded(OLD)}",
        f"k1:{base64.standard_b64encode(bytes([255] * 32)).decode()}",
    ],
)
def test_ring_is_refused_when_a_key_is_wrong(text):
    with pytest.raises(SettingsInvalid) as problem:
        KeyRing.parse(text, setting="SESSION_KEYS")

    assert "SESSION_KEYS: key" in str(problem.value)
    assert encoded(NEW)[:20] not in str(problem.value)


def test_every_problem_is_named_when_there_are_several():
    with pytest.raises(SettingsInvalid) as problem:
        KeyRing.parse("a,b:c", setting="DATA_KEYS")

    assert len(problem.value.facts["problems"]) == 2


def test_keys_stay_out_of_its_text_when_a_ring_is_printed():
    ring = KeyRing.parse(f"k1:{encoded(NEW)}", setting="DATA_KEYS")

    assert repr(ring) == "KeyRing(current='k1')"
