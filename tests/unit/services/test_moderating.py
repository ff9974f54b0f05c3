"""Content checks: risky texts are refused on both sides, whole answers are covered, and nobody is punished for an outage."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.moderation import POLICIES
from common.errors import (
    ContentRefused,
    ContentUnchecked,
    DeadlineExceeded,
    PersonNotSeen,
    VendorQuotaExhausted,
    VendorUnavailable,
)
from common.services.moderating import LONGEST_WINDOW, OVERLAP, WINDOW, AnswerChecks, Moderator
from tests.doubles import Reports, WordCheck


def moderator(check, report=None):
    return Moderator(check, "oHan", report or Reports(), subject="c_1")


def checked(check, pieces, *, already=""):
    with AnswerChecks(moderator(check), already=already) as checks:
        for piece in pieces:
            checks.add(piece)
        list(checks.finish(every_s=5))


def test_message_is_refused_when_it_is_risky():
    with pytest.raises(ContentRefused):
        moderator(WordCheck("违禁")).require("有违禁词", "message")


@pytest.mark.parametrize("use", ["message", "answer", "rewrite"])
@pytest.mark.parametrize("failure", [VendorUnavailable(), PersonNotSeen(), VendorQuotaExhausted(), DeadlineExceeded()])
def test_private_text_is_shown_and_reported_when_nobody_can_check_it(use, failure):
    check, report = WordCheck("违禁"), Reports()
    check.fail["check_text"] = [failure]

    ruling = moderator(check, report).rule("有违禁词", use)

    assert ruling == "shown"
    assert report.codes == [("c_1", failure.code)]


@pytest.mark.parametrize("use", ["nickname", "shared_page"])
@pytest.mark.parametrize("failure", [VendorUnavailable(), PersonNotSeen(), VendorQuotaExhausted(), DeadlineExceeded()])
def test_public_text_is_held_and_reported_when_nobody_can_check_it(use, failure):
    check, report = WordCheck("违禁"), Reports()
    check.fail["check_text"] = [failure]

    ruling = moderator(check, report).rule("小王", use)

    assert ruling == "held"
    assert report.codes == [("c_1", failure.code)]


def test_public_text_that_must_not_wait_is_unchecked_when_nobody_can_check_it():
    check = WordCheck("违禁")
    check.fail["check_text"] = [VendorUnavailable()]

    with pytest.raises(ContentUnchecked):
        moderator(check).require("小王", "nickname")


@pytest.mark.parametrize("use", list(POLICIES))
def test_doubtful_text_is_shown_only_where_nobody_else_sees_it(use):
    ruling = moderator(WordCheck()).rule("加微信", use)

    assert ruling == ("refused" if use in ("nickname", "shared_page") else "shown")


@pytest.mark.parametrize(
    ("use", "scene"), [("nickname", 1), ("message", 2), ("answer", 2), ("rewrite", 4), ("shared_page", 4)]
)
def test_check_knows_where_a_text_is_shown(use, scene):
    check = WordCheck()

    moderator(check).rule("你好", use)

    assert check.scenes == [scene]


def test_text_is_refused_when_one_window_is_risky_and_another_unchecked():
    check = WordCheck("违禁")
    check.fail["check_text"] = [VendorUnavailable()]

    ruling = moderator(check).rule("字" * 3000 + "违禁", "shared_page")

    assert ruling == "refused"


@given(st.integers(0, 9000), st.data())
def test_word_is_seen_whole_wherever_it_stands_in_a_long_text(length, data):
    at = data.draw(st.integers(0, length))
    text = "字" * at + "违禁" + "字" * (length - at)
    check = WordCheck("违禁")

    ruling = moderator(check).rule(text, "shared_page")

    assert ruling == "refused"
    assert max(map(len, check.seen)) <= 2500


@pytest.mark.parametrize(("length", "count"), [(0, 0), (1, 1), (2500, 1), (2501, 2), (4950, 2), (4951, 3)])
def test_long_text_is_checked_in_no_more_windows_than_it_needs(length, count):
    check = WordCheck()

    moderator(check).rule("字" * length, "message")

    assert len(check.seen) == count


def test_answer_is_refused_when_its_end_is_risky():
    with pytest.raises(ContentRefused):
        checked(WordCheck("违禁"), ["好的，", "有违", "禁词"])


def test_answer_is_refused_while_it_is_made_when_an_early_part_is_risky():
    def make(checks):
        checks.add("违禁" + "字" * WINDOW)
        for _ in range(1000):
            time.sleep(0.001)
            checks.add("字")

    with AnswerChecks(moderator(WordCheck("违禁"))) as checks, pytest.raises(ContentRefused):
        make(checks)


@settings(deadline=None)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=12), st.data())
def test_risky_word_is_found_wherever_it_stands_and_however_the_answer_was_cut(lengths, data):
    text = "字" * sum(lengths)
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + "违禁" + text[at:]
    edges = [sum(lengths[:count]) for count in range(len(lengths))]
    pieces = [text[start:end] for start, end in zip(edges, [*edges[1:], len(text)], strict=True)]

    with pytest.raises(ContentRefused):
        checked(WordCheck("违禁"), pieces)


def test_windows_are_short_enough_for_wechat():
    check = WordCheck("违禁")

    checked(check, ["字" * 6000])

    assert len(check.seen) == 3
    assert max(map(len, check.seen)) <= LONGEST_WINDOW + OVERLAP <= 2500


def test_only_the_rest_is_checked_when_an_answer_goes_on():
    check = WordCheck("违禁")

    checked(check, ["之后"], already="先" * 100)

    assert check.seen == ["先" * OVERLAP + "之后"]


def test_nothing_is_checked_when_nothing_was_said():
    check = WordCheck("违禁")

    checked(check, [])

    assert check.seen == []
