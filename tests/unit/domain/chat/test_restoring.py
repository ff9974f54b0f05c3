"""Identifiers in a stream: back in place, wherever the pieces are cut."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.domain.chat.restoring import Restorer
from common.domain.optimising.masking import Mask

TEXT = "打 13800138000 或写信到 han@example.com，〔其他〕不动。"


def streamed(mask, pieces):
    restorer = Restorer(mask)
    shown = [restorer.feed(piece) for piece in pieces]
    return [*shown, restorer.rest()]


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), max_size=12))
def test_text_is_whole_again_wherever_it_was_cut(cuts):
    mask = Mask()
    hidden = mask.hide(TEXT)
    edges = sorted({0, len(hidden), *(cut for cut in cuts if cut < len(hidden))})

    shown = streamed(mask, [hidden[start:end] for start, end in pairwise(edges)])

    assert hidden != TEXT
    assert "".join(shown) == TEXT


def test_text_is_shown_at_once_when_it_opens_no_placeholder():
    assert streamed(Mask(), ["你好，", "请说。"]) == ["你好，", "请说。", ""]


def test_text_is_not_held_back_when_a_bracket_is_never_closed():
    shown = streamed(Mask(), ["〔这是一个很长的没有结束的括号", "之后"])

    assert shown == ["〔这是一个很长的没有结束的括号", "之后", ""]


@pytest.mark.parametrize("end", ["〔", "〔电话"])
def test_beginning_is_shown_at_the_end_when_it_was_none(end):
    assert "".join(streamed(Mask(), ["完", end])) == "完" + end


def test_placeholder_becomes_nothing_when_nobody_gave_it_out():
    assert "".join(streamed(Mask(), ["找〔电", "话7〕谈"])) == "找谈"
