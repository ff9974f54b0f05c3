"""The model as many share it: a turn for each question, and what the questions cost."""

from contextlib import contextmanager

import pytest

from common.domain.users import UserId
from common.errors import VendorBusy, VendorUnavailable
from common.services.sharing_model import SharedModel
from tests.doubles import ScriptedModel


class Ledger:
    """Turns that remember who came and went; `full` refuses everybody."""

    def __init__(self, *, full=False):
        self.seen, self.full = [], full

    @contextmanager
    def taken(self, user_id, *, wait_s):
        if self.full:
            raise VendorBusy(reason="queue")
        self.seen.append(("in", user_id))
        try:
            yield
        finally:
            self.seen.append(("out", user_id))


def of(model, turns):
    return SharedModel(model, turns, lambda: 60.0).of(UserId("u_han"))


def test_question_takes_one_turn_and_is_counted():
    turns = Ledger()
    model = of(ScriptedModel({"a": 1}), turns)

    answer = model.answer_json([], max_tokens=9)

    assert answer.content == {"a": 1}
    assert turns.seen == [("in", "u_han"), ("out", "u_han")]
    assert (model.usage.calls, model.usage.input_tokens) == (1, 1)


def test_model_is_not_asked_when_no_turn_came():
    scripted = ScriptedModel({"a": 1})

    with pytest.raises(VendorBusy):
        of(scripted, Ledger(full=True)).answer_json([], max_tokens=9)

    assert scripted.asked == []


def test_turn_lasts_as_long_as_the_stream():
    turns = Ledger()
    stream = of(ScriptedModel({"pieces": ["你", "好"]}), turns).stream_text([], max_tokens=9)

    first = next(stream)

    assert (first.text, turns.seen) == ("你", [("in", "u_han")])
    stream.close()
    assert turns.seen == [("in", "u_han"), ("out", "u_han")]


def test_turn_ends_when_the_model_fails():
    turns = Ledger()

    with pytest.raises(VendorUnavailable):
        of(ScriptedModel(VendorUnavailable()), turns).answer_json([], max_tokens=9)

    assert turns.seen[-1] == ("out", "u_han")
