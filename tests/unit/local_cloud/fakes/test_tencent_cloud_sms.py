"""The SMS service of the Tencent Cloud fake: what its account allows, by number, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.local_cloud.fakes.kit_clock import Clock
from scripts.local_cloud.fakes.tencent_cloud.errors import TencentCloudError
from scripts.local_cloud.fakes.tencent_cloud.sms import SmsService
from scripts.local_cloud.fakes.tencent_cloud.sms_account import APP_ID, CODE_TEMPLATE, READY_TEMPLATE, SIGN

NUMBER = "+8613800138000"


@pytest.fixture
def clock() -> Clock:
    """Ten in the morning in Beijing."""
    clock = Clock()
    clock.shift((2 * 3600 - clock.now()) % 86_400)
    return clock


@pytest.fixture
def sms(clock: Clock) -> SmsService:
    return SmsService(clock)


def request(**changed: Any) -> dict[str, Any]:
    fields = {
        "PhoneNumberSet": [NUMBER],
        "SmsSdkAppId": APP_ID,
        "SignName": SIGN,
        "TemplateId": CODE_TEMPLATE,
        "TemplateParamSet": ["042137", "5"],
    }
    return {**fields, **changed}


def codes(sms: SmsService, **changed: Any) -> list[str]:
    return [status["Code"] for status in sms.send(request(**changed))["SendStatusSet"]]


def test_message_is_kept_and_billed_when_all_is_right(sms: SmsService) -> None:
    (status,) = sms.send(request())["SendStatusSet"]

    assert (status["Code"], status["Fee"], status["IsoCode"], bool(status["SerialNo"])) == ("Ok", 1, "CN", True)
    assert [message["phone"] for message in sms.messages] == [NUMBER]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"SmsSdkAppId": "1"}, "UnauthorizedOperation.SmsSdkAppIdVerifyFail"),
        ({"SignName": "别家"}, "FailedOperation.SignatureIncorrectOrUnapproved"),
        ({"SignName": None}, "FailedOperation.SignatureIncorrectOrUnapproved"),
        ({"TemplateId": "1"}, "FailedOperation.TemplateUnapprovedOrNotExist"),
        ({"TemplateParamSet": ["042137"]}, "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"),
        ({"TemplateParamSet": ["04213x", "5"]}, "InvalidParameterValue.TemplateParameterFormatError"),
        ({"TemplateParamSet": ["0421378", "5"]}, "InvalidParameterValue.TemplateParameterFormatError"),
        ({"TemplateParamSet": ["http://x", "5"]}, "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"),
        ({"TemplateId": READY_TEMPLATE}, "InvalidParameterValue.UnsupportedTemplateVariable"),
        ({"PhoneNumberSet": ["+8612345"]}, "InvalidParameterValue.IncorrectPhoneNumber"),
        ({"PhoneNumberSet": ["+14155550100"]}, "InvalidParameterValue.IncorrectPhoneNumber"),
    ],
)
def test_number_gets_nothing_and_its_code_says_why(sms: SmsService, changed: dict[str, Any], expected: str) -> None:
    assert codes(sms, **changed) == [expected]
    assert sms.messages == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"PhoneNumberSet": []}, "MissingParameter.EmptyPhoneNumberSet"),
        ({"TemplateId": ""}, "MissingParameter"),
        ({"PhoneNumberSet": [NUMBER] * 201}, "LimitExceeded.PhoneNumberCountLimit"),
        ({"PhoneNumberSet": [1]}, "InvalidParameter"),
    ],
)
def test_whole_call_is_refused_when_its_fields_are_wrong(
    sms: SmsService, changed: dict[str, Any], expected: str
) -> None:
    with pytest.raises(TencentCloudError) as caught:
        sms.send(request(**changed))

    assert caught.value.code == expected


def test_numbers_have_their_own_outcome_when_there_are_several(sms: SmsService) -> None:
    assert codes(sms, PhoneNumberSet=[NUMBER, "+8613800138001", "x"]) == [
        "Ok",
        "Ok",
        "InvalidParameterValue.IncorrectPhoneNumber",
    ]


def test_number_waits_when_it_had_a_message_thirty_seconds_ago(sms: SmsService, clock: Clock) -> None:
    first = codes(sms)
    second = codes(sms)
    clock.shift(clock.offset_s + 31)

    assert (first, second, codes(sms)) == (["Ok"], ["LimitExceeded.PhoneNumberThirtySecondLimit"], ["Ok"])


def test_number_waits_for_an_hour_then_for_tomorrow_when_it_had_its_share(sms: SmsService, clock: Clock) -> None:
    found = []
    for number in range(20):
        found += codes(sms, TemplateParamSet=[f"{number:06}", "5"])
        clock.shift(clock.offset_s + (31 if number < 5 else 700))
    clock.shift(clock.offset_s + 86_400)

    assert found[:6] == ["Ok"] * 5 + ["LimitExceeded.PhoneNumberOneHourLimit"]
    assert found[-1] == "LimitExceeded.PhoneNumberDailyLimit"
    assert codes(sms) == ["Ok"]


def test_same_content_is_refused_when_it_was_sent_twice_today(sms: SmsService, clock: Clock) -> None:
    for _ in range(2):
        codes(sms)
        clock.shift(clock.offset_s + 31)

    assert codes(sms) == ["LimitExceeded.PhoneNumberSameContentDailyLimit"]


def test_account_is_full_when_its_day_is(sms: SmsService) -> None:
    sms.change({"app_per_day": 1})

    assert codes(sms, PhoneNumberSet=[NUMBER, "+8613800138001"]) == ["Ok", "LimitExceeded.AppDailyLimit"]


def test_package_runs_out_when_it_is_used_up(sms: SmsService) -> None:
    sms.change({"balance": 1})

    found = codes(sms, PhoneNumberSet=[NUMBER, "+8613800138001"])

    assert found == ["Ok", "FailedOperation.InsufficientBalanceInSmsPackage"]


def test_number_gets_nothing_when_it_is_on_the_blacklist_or_its_template_waits_for_review(sms: SmsService) -> None:
    sms.change({"blacklist": [NUMBER]})
    blacklisted = codes(sms)
    sms.change({"templates": {CODE_TEMPLATE: {"kind": "code", "parameters": 2, "state": "in review"}}})

    assert blacklisted == ["FailedOperation.PhoneNumberInBlacklist"]
    assert codes(sms) == ["FailedOperation.TemplateIncorrectOrUnapproved"]


def test_message_went_out_when_the_scripted_outcome_is_that_nobody_knows(sms: SmsService) -> None:
    sms.change({"outcomes": ["InternalError.Timeout", "FailedOperation.OtherError"]})

    found = codes(sms, PhoneNumberSet=[NUMBER, "+8613800138001"])

    assert found == ["InternalError.Timeout", "FailedOperation.OtherError"]
    assert [message["phone"] for message in sms.messages] == [NUMBER]


def test_unknown_limit_is_named_when_it_is_set(sms: SmsService) -> None:
    with pytest.raises(ValueError, match="per_year"):
        sms.change({"per_year": 1})
