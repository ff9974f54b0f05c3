"""The environment over the secrets: who wins, what is read, what is kept, and what happens while SSM is away."""

import pytest

from common.errors import VendorUnavailable
from common.settings.layered import LayeredEnvironment, Overlaid
from common.settings.secret_documents import DOCUMENTS, document_of, documents_of


class Ssm:
    def __init__(self, **documents):
        self.documents, self.asked, self.is_down = documents, [], False

    def __call__(self, document):
        self.asked.append(document)
        if self.is_down:
            raise VendorUnavailable(vendor="secrets")
        return self.documents.get(document)


@pytest.fixture
def ssm():
    return Ssm(data={"DATA_KEYS": "k1"}, wechat={"WECHAT_SECRET": "s1", "WECHAT_APPID": "wx1"})


@pytest.fixture
def clock():
    return [0.0]


@pytest.fixture
def reported():
    return []


@pytest.fixture
def layered(ssm, clock, reported):
    def build(**env):
        def report(document, error):
            reported.append((document, error.code))

        return LayeredEnvironment(env, ssm, lifetime_s=300, clock_s=lambda: clock[0], report=report)

    return build


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("WECHAT_PAY_V2_API_KEY", "wechat-pay-v2"),
        ("WECHAT_PAY_PRIVATE_KEY", "wechat-pay"),
        ("WECHAT_PUSH_TOKEN", "wechat-push"),
        ("WECHAT_SECRET", "wechat"),
        ("DATABASE_URL", "stores"),
        ("DATA_KEYS", "data"),
        ("APP_ENV", None),
        ("SECRETS_PROVIDER", None),
        ("LIMITS_MODEL_CALLS", None),
    ],
)
def test_setting_stands_in_the_secret_of_its_longest_prefix(name, document):
    assert document_of(name) == document


def test_role_needs_only_the_secrets_of_the_variables_it_is_given():
    assert documents_of(["APP_ENV", "DATABASE_URL", "WECHAT_SECRET", "REDIS_URL"]) == ["stores", "wechat"]
    assert len(set(DOCUMENTS.values())) >= 10


def test_environment_wins_when_both_say_something(layered, ssm):
    env = layered(WECHAT_SECRET="mine")

    assert env["WECHAT_SECRET"] == "mine"
    assert ssm.asked == []


@pytest.mark.parametrize("absent", ["", "  ", "undefined"])
def test_secret_answers_when_the_variable_is_absent(layered, absent):
    assert layered(WECHAT_SECRET=absent)["WECHAT_SECRET"] == "s1"


def test_secret_answers_when_the_platform_dropped_the_empty_variable(layered):
    assert layered().get("DATA_KEYS") == "k1"


def test_variable_stays_absent_when_no_secret_says_anything(layered):
    env = layered(XPAY_APP_KEY="")

    assert env["XPAY_APP_KEY"] == ""
    assert env.get("XPAY_OFFER_ID") is None


def test_name_of_another_secret_is_ignored_when_it_stands_in_the_wrong_one(layered, ssm):
    ssm.documents["data"] |= {"WECHAT_SECRET": "forged", "APP_ENV": "development"}
    env = layered(APP_ENV="production")

    assert env["DATA_KEYS"] == "k1"
    assert (env["WECHAT_SECRET"], env["APP_ENV"]) == ("s1", "production")


def test_secret_is_read_once_when_it_is_asked_for_often(layered, ssm):
    env = layered()

    assert [env["DATA_KEYS"] for _ in range(3)] == ["k1"] * 3
    assert ssm.asked == ["data"]


def test_new_version_is_seen_when_the_lifetime_is_over(layered, ssm, clock):
    env = layered()
    env["DATA_KEYS"]
    ssm.documents["data"] = {"DATA_KEYS": "k2"}

    early = (env.renew(), env["DATA_KEYS"])
    clock[0] = 300
    late = (env.renew(), env["DATA_KEYS"])

    assert (early, late) == ((False, "k1"), (True, "k2"))


def test_old_value_stays_and_ssm_is_left_alone_for_a_while_when_it_is_down(layered, ssm, clock, reported):
    env = layered()
    env["DATA_KEYS"]
    ssm.is_down = True

    clock[0] = 300
    env.renew()
    clock[0] = 310
    env.renew()

    assert env["DATA_KEYS"] == "k1"
    assert reported == [("data", "vendor_unavailable")]
    assert ssm.asked == ["data", "data"]


def test_first_reading_fails_clearly_when_ssm_is_down(layered, ssm):
    ssm.is_down = True

    with pytest.raises(VendorUnavailable):
        layered()["DATA_KEYS"]


def test_forced_reading_is_done_at_most_every_half_minute(layered, ssm, clock):
    env = layered()
    env["DATA_KEYS"]
    ssm.documents["data"] = {"DATA_KEYS": "k2"}

    first = env.renew(force=True)
    ssm.documents["data"] = {"DATA_KEYS": "k3"}
    clock[0] = 29
    second = env.renew(force=True)
    clock[0] = 31
    third = env.renew(force=True)

    assert (first, second, third, env["DATA_KEYS"]) == (True, False, True, "k3")


def test_all_secrets_of_a_function_are_read_when_it_starts(layered, ssm):
    env = layered(DATA_KEYS="", WECHAT_SECRET="", REDIS_URL="redis://x", APP_ENV="")

    env.load(["DATA_KEYS", "WECHAT_SECRET", "REDIS_URL", "APP_ENV"])

    assert sorted(ssm.asked) == ["data", "wechat"]
    assert dict(env)["WECHAT_APPID"] == "wx1"
    assert len(env) == len(dict(env))


def test_overlaid_name_is_asked_of_the_environment_only_when_it_is_not_given(layered, ssm):
    env = Overlaid(layered(), {"WECHAT_SECRET": "given"})

    assert (env["WECHAT_SECRET"], env.get("NOTHING"), env["DATA_KEYS"]) == ("given", None, "k1")
    assert ssm.asked == ["data"]
    assert len(env) == len(list(env)) == 2
