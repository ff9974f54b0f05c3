"""Conversations: whole turns in order, one answered at a time, taken over once, ended with their credits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from common.domain.chat import Conversation, ConversationId, Ending, Turn, TurnId, charge_key
from common.domain.pipeline import ResumeId
from common.errors import AnswerInProgress
from common.persistence.chats import SqlChatStore
from tests.unit.persistence.builders import LATER, NOW, a_resume

DONE = Ending("done", "先准备例子。", "capture", finish_reason="stop")


class Reversed:
    """A cipher that a test can read: the context and the text backwards."""

    def encrypt(self, plain, *, context):
        return f"{context}={plain[::-1]}".encode()

    def decrypt(self, sealed, *, context):
        found, _, turned = sealed.decode().partition("=")
        assert found == context
        return turned[::-1]


@pytest.fixture
def chats(database):
    return SqlChatStore(database, Reversed())


@pytest.fixture
def conversation(alice):
    return Conversation(ConversationId("c_1"), alice, None, "招聘后端", NOW)


def a_turn(name="t_1", **changes):
    turn = Turn(TurnId(name), ConversationId("c_1"), "面试怎么准备？", NOW, NOW + timedelta(seconds=15))
    return replace(turn, **changes)


@pytest.fixture
def turn(chats, conversation):
    return chats.begin(conversation, a_turn(), now=NOW)


@pytest.fixture
def paid(credits, alice, turn):
    credits.grant_welcome(alice, 5, now=NOW)
    credits.place_hold(alice, charge_key(turn.id), 1, now=NOW, expires_at=LATER)
    return turn


def test_conversation_and_turn_are_found_as_they_were_begun(chats, conversation, turn):
    assert chats.find(conversation.id) == conversation
    assert chats.find_turn(turn.id) == turn == a_turn(number=1)
    assert chats.turns(conversation.id) == [turn]


def test_nothing_is_found_when_nothing_was_begun(chats):
    assert (chats.find(ConversationId("c_0")), chats.find_turn(TurnId("t_0"))) == (None, None)


def test_texts_are_sealed_when_they_are_stored(chats, conversation, turn, database):
    chats.end(turn, DONE, cost=0, now=NOW)
    chats.keep_summary(conversation.id, "想转行", summarised=1)

    with database.transaction(write=False) as connection:
        (texts,) = connection.execute(text("SELECT message, answer, summary FROM chat_turns, conversations")).all()
    stored = b"|".join(bytes(value) for value in texts)
    assert stored.count(b"=") == 3
    assert all(plain.encode() not in stored for plain in ("面试怎么准备", "先准备例子", "想转行"))


def test_turns_are_numbered_in_order_when_they_follow_each_other(chats, conversation, turn):
    chats.end(turn, DONE, cost=0, now=NOW)

    second = chats.begin(conversation, a_turn("t_2"), now=NOW)

    assert (second.number, [found.id for found in chats.turns(conversation.id, after=1)]) == (2, ["t_2"])


def test_turn_has_to_wait_when_one_is_being_answered(chats, conversation, turn):
    with pytest.raises(AnswerInProgress):
        chats.begin(conversation, a_turn("t_2"), now=NOW)


def test_one_turn_begins_when_many_ask_at_once(at_once, conversation, chats):
    def begin(database):
        return SqlChatStore(database, Reversed()).begin(conversation, a_turn(f"t_{id(database)}"), now=NOW).number

    outcomes = at_once(begin, times=8)

    assert outcomes.count(1) == 1
    assert outcomes.count(AnswerInProgress) == 7


def test_turn_begins_when_the_worker_of_the_last_one_is_dead(chats, conversation, turn):
    after = turn.lease_until

    assert chats.begin(conversation, a_turn("t_2"), now=after).number == 2


def test_conversation_is_about_something_else_when_the_next_turn_says_so(chats, conversation, turn, resumes):
    resumes.add(a_resume(conversation.user_id))
    chats.end(turn, DONE, cost=0, now=NOW)

    chats.begin(replace(conversation, resume_id=ResumeId("s_1"), jd="招聘前端"), a_turn("t_2"), now=NOW)

    found = chats.find(conversation.id)
    assert (found.resume_id, found.jd) == ("s_1", "招聘前端")


def test_turn_is_paid_for_once_when_its_answer_arrived(chats, credits, alice, paid):
    ended = [chats.end(paid, DONE, cost=1, now=NOW) for _ in range(2)]

    assert [(turn.state, turn.answer, turn.credits) for turn in ended] == [("done", "先准备例子。", 1)] * 2
    assert (credits.balance(alice).ledger, credits.balance(alice).held) == (4, 0)


def test_credits_go_back_when_the_turn_failed(chats, credits, alice, paid):
    ended = chats.end(paid, Ending("failed", "", "release", error_code="vendor_busy"), cost=1, now=NOW)

    assert (ended.state, ended.error_code, ended.credits) == ("failed", "vendor_busy", 0)
    assert (credits.balance(alice).ledger, credits.balance(alice).held) == (5, 0)


def test_credits_stay_held_when_the_turn_may_begin_again(chats, credits, alice, paid):
    chats.end(paid, Ending("interrupted", "", "keep"), cost=1, now=NOW)

    assert credits.balance(alice).held == 1


def test_interrupted_turn_is_gone_on_with_once(chats, turn):
    left = chats.end(turn, Ending("interrupted", "先", "keep"), cost=1, now=NOW)

    mine, late = (chats.go_on(left, now=NOW, lease_s=15) for _ in range(2))

    assert (mine.attempt, mine.state, mine.answer) == (2, "running", "先")
    assert late is None
    again = chats.end(mine, Ending("interrupted", "先准备", "keep"), cost=1, now=NOW)
    assert chats.go_on(again, now=NOW, lease_s=15) is None


def test_turn_is_not_taken_over_while_its_worker_lives(chats, turn):
    assert chats.go_on(turn, now=NOW, lease_s=15) is None


def test_dead_workers_turn_is_lost_to_it_when_it_was_taken_over(chats, turn):
    mine = chats.go_on(turn, now=turn.lease_until, lease_s=15)

    renewed = chats.renew(turn, until=LATER)
    ended = chats.end(turn, DONE, cost=0, now=LATER)

    assert mine.attempt == 2
    assert renewed is False
    assert (ended.state, ended.answer) == ("running", "")


def test_turn_stays_with_its_worker_when_it_is_renewed(chats, turn):
    assert chats.renew(turn, until=LATER) is True
    assert chats.go_on(turn, now=NOW + timedelta(seconds=16), lease_s=15) is None


def test_later_summary_stays_when_an_earlier_one_comes_late(chats, conversation, turn):
    chats.keep_summary(conversation.id, "两轮", summarised=2)
    chats.keep_summary(conversation.id, "一轮", summarised=1)

    found = chats.find(conversation.id)
    assert (found.summary, found.summarised) == ("两轮", 2)


def test_conversations_go_when_their_resume_goes(chats, conversation, resumes):
    resumes.add(a_resume(conversation.user_id))
    chats.begin(replace(conversation, resume_id=ResumeId("s_1")), a_turn(), now=NOW)

    resumes.delete(ResumeId("s_1"))

    assert (chats.find(conversation.id), chats.find_turn(TurnId("t_1"))) == (None, None)


def test_end_says_what_it_was_told_when_the_turn_is_gone(chats, conversation, turn, database):
    with database.transaction() as connection:
        connection.execute(text("DELETE FROM conversations"))

    assert chats.end(turn, DONE, cost=0, now=NOW) == turn
