"""What the model remembers: whole turns from the newest back, the rest in a summary."""

from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.chat.history import LONGEST_SUMMARY, folded, history_of, tokens
from tests.unit.domain.chat.builders import a_conversation, a_turn


def test_all_turns_are_recent_when_they_fit():
    turns = [a_turn(1), a_turn(2)]

    history = history_of(a_conversation(), turns)

    assert (history.recent, history.older) == (turns, [])


def test_oldest_turns_are_older_when_not_all_fit():
    turns = [a_turn(number, answer="答" * 1000) for number in (1, 2, 3)]

    history = history_of(a_conversation(), turns, most_tokens=1300)

    assert [turn.number for turn in history.recent] == [2, 3]
    assert [turn.number for turn in history.older] == [1]


def test_turns_are_left_out_when_the_summary_tells_of_them_or_they_have_no_answer():
    turns = [a_turn(1), a_turn(2, answer="", state="failed", error_code="x"), a_turn(3)]

    history = history_of(a_conversation(summary="谈过面试", summarised=1), turns)

    assert [turn.number for turn in history.recent] == [3]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=400), max_size=12), st.integers(0, 600))
def test_turns_are_never_split_lost_or_reordered(answers, most_tokens):
    turns = [a_turn(number, answer=text) for number, text in enumerate(answers, 1)]

    history = history_of(a_conversation(), turns, most_tokens=most_tokens)

    assert history.older + history.recent == turns
    assert sum(tokens(turn.message) + tokens(turn.answer) for turn in history.recent) <= most_tokens


def test_summary_quotes_the_question_and_the_first_sentence_when_the_rule_makes_it():
    history = history_of(a_conversation(summary="谈过面试"), [a_turn(1)], most_tokens=0)

    assert folded(history) == "谈过面试\n问：问题1｜答：回答1。"


def test_summary_keeps_its_newest_part_when_it_is_too_long():
    history = history_of(a_conversation(summary="旧" * LONGEST_SUMMARY), [a_turn(1)], most_tokens=0)

    assert len(folded(history)) == LONGEST_SUMMARY
    assert folded(history).endswith("问：问题1｜答：回答1。")


def test_tokens_are_estimated_by_script():
    assert [tokens(text) for text in ("", "a" * 10, "中" * 10)] == [0, 3, 6]
