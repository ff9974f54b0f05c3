"""Errors as callers, logs and the platform see them."""

import json

import pytest

from common.errors import (
    BadRequest,
    CallerError,
    InternalError,
    InvalidField,
    MethodNotAllowed,
    MojianError,
    NotificationRefused,
    SettingsInvalid,
    StageBusy,
    TooManyRequests,
    VendorRejected,
    VendorUnavailable,
    all_errors,
)
from common.platform.errors_outside import envelope, facts_for_log, is_worth_repeating


def error_in(response) -> dict:
    return json.loads(response.body)["error"]


@pytest.mark.parametrize("kind", all_errors())
def test_envelope_has_status_code_and_message_of_its_class_when_raised(kind):
    response = envelope(kind(), "req-1")

    error = error_in(response)
    assert response.status == kind.status
    assert (error["code"], error["message"], error["request_id"]) == (kind.code, kind.message, "req-1")


def test_caller_learns_the_details_when_it_is_about_their_request():
    assert error_in(envelope(InvalidField(field="size"), ""))["details"] == {"field": "size"}


@pytest.mark.parametrize(
    "error",
    [
        InternalError(reason="secret-fact"),
        VendorRejected(vendor_message="secret-fact"),
        NotificationRefused(mismatch="secret-fact"),
        SettingsInvalid(problems=["secret-fact"]),
    ],
)
def test_caller_learns_no_facts_when_it_is_about_our_side(error):
    assert "secret-fact" not in envelope(error, "").body


def test_bug_looks_like_an_internal_error_when_it_reaches_the_outside():
    response = envelope(ValueError("secret-fact"), "req-1")

    assert response.status == 500
    assert error_in(response)["code"] == "internal"
    assert "secret-fact" not in response.body


@pytest.mark.parametrize(("wait_s", "header"), [(30, "30"), (0.2, "1"), (12.1, "13")])
def test_client_is_told_in_whole_seconds_when_to_come_back(wait_s, header):
    assert envelope(TooManyRequests(retry_after_s=wait_s), "").headers["Retry-After"] == header


def test_client_is_told_what_the_path_allows_when_the_method_is_wrong():
    response = envelope(MethodNotAllowed(allow=["GET", "PUT"]), "")

    assert (response.status, response.headers["Allow"]) == (405, "GET, PUT")


def test_no_advice_is_given_when_there_is_none():
    assert set(envelope(BadRequest(), "").headers) == {"Content-Type"}


def test_log_names_vendor_and_code_when_a_vendor_failed():
    facts = facts_for_log(VendorUnavailable(vendor="cos", operation="read", vendor_code="X", url="secret-fact"))

    assert facts == {
        "level": "error",
        "code": "vendor_unavailable",
        "vendor": "cos",
        "operation": "read",
        "vendor_code": "X",
    }


def test_log_names_only_the_type_when_it_is_a_bug():
    assert facts_for_log(ValueError("secret-fact")) == {"level": "error", "code": "bug", "error": "ValueError"}


def test_level_is_information_when_the_caller_is_at_fault():
    assert facts_for_log(InvalidField(field="x"))["level"] == "info"
    assert issubclass(InvalidField, CallerError)


@pytest.mark.parametrize(
    ("error", "repeat"),
    [
        (VendorUnavailable(), True),
        (StageBusy(), True),
        (VendorRejected(), False),
        (BadRequest(), False),
        (MojianError(), False),
        (SettingsInvalid(problems=[]), True),
        (ValueError(), True),
    ],
)
def test_event_is_repeated_when_the_failure_may_pass_or_has_to_be_mended(error, repeat):
    assert is_worth_repeating(error) is repeat
