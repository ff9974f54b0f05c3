"""SendSms through the official SDK against the fake: one attempt, failures inside a 200, and never a second message."""

import subprocess
import sys

import pytest

from common.domain.phones import parse_phone
from common.errors import (
    CredentialRejected,
    DeadlineExceeded,
    PhoneRefused,
    TooManyRequests,
    VendorBusy,
    VendorQuotaExhausted,
    VendorRejected,
    VendorReplyInvalid,
    VendorUnavailable,
)
from common.http.tencent_cloud import TencentKeys
from common.vendors.sms.client import TencentSms
from common.vendors.sms.errors import ERRORS, meaning_of
from common.vendors.sms.settings import SmsSettings
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

NUMBER = parse_phone("13800138000")


@pytest.fixture(scope="module")
def running(served):
    return served(TencentCloudFake())


@pytest.fixture
def server(running):
    running.fake.reset()
    return running


@pytest.fixture
def environment(server):
    settings = server.fake.environments(server.url)["tencent_sms"]
    return {name.removeprefix("SMS_").lower(): value for name, value in settings.items()}


@pytest.fixture
def client_of(environment, records, sleeps):
    def build(*, keys=None, remaining_s=30.0, **changed):
        settings = SmsSettings(**{**environment, **changed})
        own = TencentKeys(environment["secret_id"], environment["secret_key"])
        return TencentSms(settings, lambda: keys or own, records.append, lambda: remaining_s)

    return build


@pytest.fixture
def sms(client_of):
    return client_of()


def sent(server):
    return server.control("state")["sms"]["messages"]


def test_code_arrives_under_our_sign_when_it_is_sent(sms, server, environment):
    sms.send_code(NUMBER, "042137", minutes=5)

    (message,) = sent(server)
    assert (message["phone"], message["parameters"], message["sign"]) == ("+8613800138000", ["042137", "5"], "墨简")
    assert message["template_id"] == environment["template_code"]


def test_notice_has_no_variables_when_it_is_sent(sms, server):
    sms.send_notice(NUMBER, "ready")

    assert sent(server)[0]["parameters"] == []


def test_call_is_recorded_without_number_and_code_when_it_succeeds(sms, records):
    sms.send_code(NUMBER, "042137", minutes=5)

    (record,) = records
    assert (record.vendor, record.operation, record.status, record.attempts) == ("tencent_sms", "send_code", 200, 1)
    assert dict(record.usage) == {"messages": 1}
    assert "13800138000" not in str(record)
    assert "042137" not in str(record)


@pytest.mark.parametrize(
    ("code", "error", "delivered"),
    [
        ("FailedOperation.InsufficientBalanceInSmsPackage", VendorQuotaExhausted, "no"),
        ("UnauthorizedOperation.ServiceSuspendDueToArrears", VendorQuotaExhausted, "no"),
        ("LimitExceeded.AppDailyLimit", VendorQuotaExhausted, "no"),
        ("LimitExceeded.SomethingNew", VendorQuotaExhausted, "no"),
        ("FailedOperation.TemplateIncorrectOrUnapproved", VendorRejected, "no"),
        ("FailedOperation.SignatureIncorrectOrUnapproved", VendorRejected, "no"),
        ("FailedOperation.ContainSensitiveWord", VendorRejected, "no"),
        ("UnauthorizedOperation.SmsSdkAppIdVerifyFail", CredentialRejected, "no"),
        ("LimitExceeded.GlobalSmsSendingRateLimit", VendorBusy, "no"),
        ("InternalError.Timeout", VendorUnavailable, "unknown"),
        ("InternalError.SendAndRecvFail", VendorUnavailable, "unknown"),
        ("InternalError.OtherError", VendorUnavailable, "unknown"),
        ("NobodyKnows.ThisOne", VendorRejected, "no"),
    ],
)
@pytest.mark.parametrize("whole_call", [False, True])
def test_refusal_has_its_error_and_is_not_tried_again(sms, server, records, code, error, delivered, whole_call):
    if whole_call:
        server.fault("SendSms", "code", code=code, times=5)
    else:
        server.control("limits/sms", {"outcomes": [code] * 5})

    with pytest.raises(error) as caught:
        sms.send_code(NUMBER, "042137", minutes=5)

    assert type(caught.value) is error
    assert (caught.value.facts["vendor_code"], caught.value.facts["delivered"]) == (code, delivered)
    assert server.operations() == ["SendSms"]
    assert (records[-1].attempts, records[-1].error) == (1, error.code)


@pytest.mark.parametrize(
    ("code", "wait_s"),
    [
        ("LimitExceeded.PhoneNumberThirtySecondLimit", 30),
        ("LimitExceeded.DeliveryFrequencyLimit", 30),
        ("LimitExceeded.PhoneNumberOneHourLimit", 3600),
        ("LimitExceeded.PhoneNumberDailyLimit", 3600),
        ("LimitExceeded.PhoneNumberSameContentDailyLimit", 3600),
    ],
)
def test_user_is_told_to_wait_when_the_number_has_had_its_share(sms, server, code, wait_s):
    server.control("limits/sms", {"outcomes": [code]})

    with pytest.raises(TooManyRequests) as caught:
        sms.send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts == {"retry_after_s": wait_s}


@pytest.mark.parametrize(
    "code", ["FailedOperation.PhoneNumberInBlacklist", "InvalidParameterValue.IncorrectPhoneNumber"]
)
def test_another_number_is_asked_for_when_nothing_is_delivered_to_this_one(sms, server, code):
    server.control("limits/sms", {"outcomes": [code]})

    with pytest.raises(PhoneRefused) as caught:
        sms.send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts == {"field": "phone"}


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        ({"kind": "drop", "when": "before"}, 0),
        ({"kind": "drop", "when": "middle"}, 1),
        ({"kind": "drop", "when": "after"}, 1),
        ({"kind": "status", "status": 502}, 0),
        ({"kind": "status", "status": 500}, 0),
    ],
)
def test_fate_is_unknown_and_nothing_is_repeated_when_the_answer_was_lost(sms, server, fault, arrived):
    server.fault("SendSms", **fault, times=3)

    with pytest.raises(VendorUnavailable) as caught:
        sms.send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts["delivered"] == "unknown"
    assert (server.operations(), len(sent(server))) == (["SendSms"], arrived)


def test_fate_is_unknown_when_the_service_is_slow(client_of, server):
    server.fault("SendSms", "slow", seconds=1)

    with pytest.raises(VendorUnavailable) as caught:
        client_of(remaining_s=0.3).send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts["delivered"] == "unknown"


def test_message_surely_did_not_go_out_when_nobody_listens(client_of):
    with pytest.raises(VendorUnavailable) as caught:
        client_of(base_url="http://127.0.0.1:1").send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts["delivered"] == "no"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"Response": {"RequestId": "r"}}',
        '{"Response": {"SendStatusSet": null, "RequestId": "r"}}',
        '{"Response": {"SendStatusSet": [], "RequestId": "r"}}',
        '{"Response": {"SendStatusSet": [{}], "RequestId": "r"}}',
    ],
)
def test_answer_without_a_status_says_nothing_about_the_message(sms, server, body):
    server.fault("SendSms", "malformed", body=body)

    with pytest.raises(VendorReplyInvalid) as caught:
        sms.send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts["delivered"] == "unknown"


def test_error_is_seen_when_it_comes_with_another_content_type(sms, server):
    """The SDK looks for errors only in what is called application/json exactly."""
    body = '{"Response": {"Error": {"Code": "FailedOperation.MissingSignature", "Message": "m"}, "RequestId": "r"}}'
    server.fault("SendSms", "status", status=200, body=body)

    with pytest.raises(VendorRejected):
        sms.send_code(NUMBER, "042137", minutes=5)


@pytest.mark.parametrize("missing", ["app_id", "sign", "template_code"])
def test_nothing_is_sent_when_the_console_was_not_filled_in(client_of, server, missing):
    with pytest.raises(VendorRejected) as caught:
        client_of(**{missing: ""}).send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts["delivered"] == "no"
    assert server.operations() == []


def test_nothing_is_sent_when_no_time_is_left(client_of, server):
    with pytest.raises(DeadlineExceeded):
        client_of(remaining_s=0.01).send_code(NUMBER, "042137", minutes=5)

    assert server.operations() == []


def test_credential_is_rejected_when_there_is_no_key(client_of, server):
    with pytest.raises(CredentialRejected):
        client_of(keys=TencentKeys("", "")).send_code(NUMBER, "042137", minutes=5)

    assert server.operations() == []


def test_clock_is_blamed_when_it_is_ten_minutes_off(sms, server):
    server.control("clock", {"offset_s": 600})

    with pytest.raises(CredentialRejected) as caught:
        sms.send_code(NUMBER, "042137", minutes=5)

    assert caught.value.facts["vendor_code"] == "AuthFailure.SignatureExpire"


def test_parameters_stand_in_the_templates_order_when_it_has_one_of_its_own(client_of, server):
    server.control("limits/sms", {"templates": {"2400001": {"kind": "code", "parameters": 1}}})

    client_of(code_parameters="code").send_code(NUMBER, "042137", minutes=5)

    assert sent(server)[0]["parameters"] == ["042137"]


def test_notice_is_known_when_it_has_a_template_and_an_application(client_of):
    assert client_of().knows("ready") is True
    assert client_of(template_ready="").knows("ready") is False
    assert client_of(app_id="").knows("ready") is False


@pytest.mark.parametrize(
    "wrong", [{"secret_key": ""}, {"base_url": "sms.tencentcloudapi.com"}, {"code_parameters": "name"}]
)
def test_settings_are_refused_when_they_do_not_fit_together(client_of, wrong):
    with pytest.raises(ValueError, match="SMS_"):
        client_of(**wrong)


def test_every_code_names_what_the_operator_does():
    assert len(ERRORS) >= 40
    assert all(meaning.action for meaning in ERRORS.values())
    assert meaning_of("InternalError.Anything").retryable is True


def test_importing_the_function_loads_no_sdk():
    code = "import sys; import functions.sms.index, common.vendors.sms; print('tencentcloud' in sys.modules)"

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"
