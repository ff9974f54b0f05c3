"""The error tree: codes, messages and what is shown of an error."""

import re
from collections import Counter

import pytest

from common import errors
from common.errors import (
    CallerError,
    FileTooLarge,
    InternalError,
    ModelAnswerInvalid,
    MojianError,
    VendorError,
    VendorUnavailable,
    all_errors,
    message_of,
)

SHARED_CODES = {"bad_request", "internal"}  # a parent and the child that adds nothing but its name


def test_tree_is_whole_when_walked():
    assert len(all_errors()) > 30
    assert all(issubclass(kind, MojianError) for kind in all_errors())


@pytest.mark.parametrize("kind", all_errors())
def test_error_has_a_code_a_status_and_a_chinese_message(kind):
    assert re.fullmatch(r"[a-z_]+", kind.code)
    assert 400 <= kind.status < 600
    assert re.search(r"[\u4e00-\u9fff]", kind.message)


def test_codes_name_one_error_each():
    counts = Counter(kind.code for kind in all_errors())

    assert {code for code, count in counts.items() if count > 1} <= SHARED_CODES


def test_every_error_stands_in_the_drawing_on_top():
    missing = [kind.__name__ for kind in all_errors() if kind.__name__ not in (errors.__doc__ or "")]

    assert missing == []


@pytest.mark.parametrize("kind", all_errors())
def test_caller_sees_the_facts_only_when_the_error_is_theirs(kind):
    error = kind(reason="fact")

    assert error.details == ({"reason": "fact"} if issubclass(kind, CallerError) else {})


def test_nothing_is_retried_when_the_caller_has_to_change_something():
    retryable = {kind.__name__ for kind in all_errors() if issubclass(kind, CallerError) and kind.retryable}

    assert retryable == {"StageBusy"}


@pytest.mark.parametrize("kind", [kind for kind in all_errors() if kind.retryable])
def test_status_says_try_later_when_an_error_is_retryable(kind):
    assert kind.status in (409, 502, 503)


def test_sides_are_told_apart_when_errors_are_caught_by_class():
    assert not issubclass(VendorError, (CallerError, InternalError))
    assert not issubclass(FileTooLarge, (VendorError, InternalError))


def test_error_prints_its_code_and_facts_when_turned_into_text():
    assert str(VendorUnavailable(vendor="cos", status=503)) == "vendor_unavailable vendor=cos status=503"


def test_answer_of_the_model_stays_out_of_the_text_when_printed():
    error = ModelAnswerInvalid(answer="what the model wrote", operation="structure")

    assert str(error) == "model_answer_invalid operation=structure"
    assert error.answer == "what the model wrote"


def test_message_is_found_by_code_when_the_code_was_kept():
    assert message_of("file_too_large") == FileTooLarge.message


def test_message_is_the_general_one_when_the_code_is_forgotten():
    assert message_of("no_such_code") == MojianError.message
