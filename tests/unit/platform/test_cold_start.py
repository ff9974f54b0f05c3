"""The search for rubbish during and after a cold start."""

import gc

import pytest

from common.platform import cold_start


@pytest.fixture
def thresholds():
    """What the process had goes on afterwards."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("thresholds")
def test_search_is_as_usual_after_the_first_answer():
    gc.set_threshold(*cold_start.RAISED)

    cold_start.is_over()

    assert gc.get_threshold() == cold_start.USUAL != cold_start.RAISED


@pytest.mark.usefixtures("thresholds")
def test_nothing_is_set_again_when_a_process_answers_once_more():
    gc.set_threshold(500, 5, 5)

    cold_start.is_over()

    assert gc.get_threshold() == (500, 5, 5)
