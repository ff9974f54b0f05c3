"""Events of an answer: their form, and where a client that comes back is."""

import json

import pytest

from common.domain.chat.events import ended, position, said, started
from common.errors import InvalidField
from tests.unit.domain.chat.builders import a_turn


def test_events_carry_the_turn_and_the_characters_so_far():
    turn = a_turn(1, answer="你好", finish_reason="stop", credits=1)

    events = [started(turn, 0), said(turn, "你好", 2), ended(turn)]

    assert [event.id for event in events] == ["t_1:0", "t_1:2", "t_1:2"]
    assert [json.loads(event.text) for event in events] == [
        {"conversation_id": "c_1", "turn_id": "t_1"},
        {"text": "你好"},
        {"finish_reason": "stop", "credits": 1},
    ]


def test_end_says_interrupted_when_the_turn_has_no_reason():
    assert json.loads(ended(a_turn(1, state="interrupted")).text)["finish_reason"] == "interrupted"


def test_position_is_read_from_an_event_id():
    assert position(" t_01ab:17 ") == ("t_01ab", 17)


@pytest.mark.parametrize("event_id", ["", "t_1", "1", "t_1:x", "t_1:-2", "u_1:3", "t_1:1:1", "t_1:12345678"])
def test_position_is_refused_when_the_id_is_none_of_ours(event_id):
    with pytest.raises(InvalidField):
        position(event_id)
