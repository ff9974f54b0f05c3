"""Rights beyond the bucket: only what is asked with the role's own keys, and only where it is asked."""

from __future__ import annotations

import json

import pytest

from scripts.deployment.policies import policy_document, readable
from scripts.deployment.rights import Right
from scripts.deployment.role_rights import ASKS_OCR, SENDS_SMS, beyond_the_bucket, role_rights, secrets_read_by
from scripts.deployment.settings import Settings
from scripts.docs_reach import functions, wiring_members

SSM = {"SECRETS_PROVIDER": "ssm"}
#: Members of wiring through which the keys of the role go elsewhere than to the bucket.
KEY_MEMBERS = {"App._keys_of", "App._tencent_keys", "Shared._secret_keys"}
KNOWN_USERS = {ASKS_OCR, SENDS_SMS, "App._ocr_by", "App._tencent_keys", "Shared.secret_store"}


def settings(**values: str) -> Settings:
    return Settings("dev", values, "id", "key", "", "ap-guangzhou", "mojian-1250000000", "1250000000")


def operations_of(function: str, **environment: str) -> set[str]:
    return {right.operation for right in beyond_the_bucket(function, environment)}


def holders(operation: str, **environment: str) -> set[str]:
    return {name for name in functions() if operation in operations_of(name, **environment)}


def test_nobody_has_a_right_beyond_the_bucket_when_nothing_is_switched_on() -> None:
    found = {name: operations_of(name) for name in functions()}

    assert len(found) >= 19
    assert {name: operations for name, operations in found.items() if operations} == {}


def test_text_messages_are_sent_with_the_role_by_those_who_send_any() -> None:
    assert holders("send_sms", SMS_APP_ID="1400000000") == {"sms", "notify", "sweep", "monitor"}


def test_own_keys_make_the_right_to_send_needless() -> None:
    assert holders("send_sms", SMS_APP_ID="1400000000", SMS_SECRET_ID="AKID") == set()


@pytest.mark.parametrize("name", ["OCR_PROVIDER", "OCR_FALLBACK_PROVIDER"])
def test_text_is_recognised_with_the_role_by_parse_alone(name: str) -> None:
    assert holders("recognise", **{name: "tencent"}) == {"parse"}


@pytest.mark.parametrize(
    "environment", [{"OCR_PROVIDER": "local"}, {"OCR_PROVIDER": "tencent", "OCR_SECRET_ID": "AKID"}]
)
def test_right_to_recognise_is_not_given_when_the_role_is_not_asked(environment: dict[str, str]) -> None:
    assert holders("recognise", **environment) == set()


def test_what_may_stand_in_a_secret_counts_as_set_until_the_environment_says_otherwise() -> None:
    unknown = operations_of("parse", **SSM) | operations_of("sms", **SSM)
    chosen = {"OCR_PROVIDER": "wechat", "OCR_FALLBACK_PROVIDER": "local", "SMS_SECRET_ID": "AKID"}
    known = operations_of("parse", **SSM, **chosen) | operations_of("sms", **SSM, **chosen)

    assert unknown == {"read_secret", "send_sms", "recognise"}
    assert known == {"read_secret"}


def test_secrets_are_read_by_everybody_when_they_stand_in_ssm_and_by_nobody_else() -> None:
    readers = {name for name in functions() if secrets_read_by(name)}

    assert holders("read_secret", **SSM) == readers == set(functions())
    assert holders("read_secret", SECRETS_PROVIDER="environment") == set()


def test_whoever_reads_files_of_strangers_may_read_neither_sessions_nor_payments() -> None:
    guarded = {"sessions", "data", "wechat-pay", "wechat-pay-v2", "xpay", "sts"}

    readable_by = {name: set(secrets_read_by(name)) for name in ("parse", "render")}

    assert readable_by["parse"] == {"model", "ocr", "stores", "wechat"}
    assert readable_by["render"] & guarded == set()


def test_timer_of_the_token_may_read_its_two_secrets_by_the_names_of_the_settings() -> None:
    rights = role_rights("token_refresh", {**SSM, "SECRETS_PREFIX": "resume"})

    assert rights == [Right("read_secret", "resume-stores"), Right("read_secret", "resume-wechat")]


def test_sts_is_asked_with_keys_of_its_own_only() -> None:
    everything_on = {**SSM, "SMS_APP_ID": "1400000000", "OCR_PROVIDER": "tencent"}
    documents = [policy_document(role_rights(name, everything_on), settings()) for name in ("upload", "upload_url")]

    assert all(document and "sts:" not in document for document in documents)


def test_every_member_of_wiring_that_gives_the_keys_of_the_role_away_is_known() -> None:
    """Another one needs a row in role_rights."""
    users = {name for name, member in wiring_members().items() if member.uses & KEY_MEMBERS}

    assert users - KEY_MEMBERS <= KNOWN_USERS
    assert {SENDS_SMS, "Shared.secret_store"} <= users


def test_policy_names_the_secrets_one_by_one_in_their_region() -> None:
    rights = [Right("read_secret", "mojian-stores"), Right("send_sms", "*"), Right("read", "uploads/*")]

    document = policy_document(rights, settings(SECRETS_REGION="ap-shanghai"))

    assert document is not None
    assert [(one["action"], one["resource"]) for one in json.loads(document)["statement"]] == [
        (["name/cos:GetObject"], ["qcs::cos:ap-guangzhou:uid/1250000000:mojian-1250000000/uploads/*"]),
        (["name/sms:SendSms"], ["*"]),
        (
            ["name/ssm:GetSecretValue", "name/ssm:ListSecretVersionIds"],
            ["qcs::ssm:ap-shanghai::secret/creatorUin/*/mojian-stores"],
        ),
    ]
    assert readable(document) == [
        "cos:GetObject: uploads/*",
        "sms:SendSms: *",
        "ssm:GetSecretValue, ssm:ListSecretVersionIds: mojian-stores",
    ]


def test_function_of_another_project_has_no_rights() -> None:
    assert role_rights("nobody", SSM) == []
