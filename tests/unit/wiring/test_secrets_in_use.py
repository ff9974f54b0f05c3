"""Settings out of SSM in a running process: over real HTTP, against the fakes of Tencent Cloud and of the language model."""

import base64
import json

import pytest

from common import clock
from common.errors import CredentialRejected, SettingsInvalid, VendorUnavailable
from common.settings import layered
from common.wiring import App, Shared
from scripts.local_cloud.fakes.deepseek import DeepSeekFake
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.kit_faults import KIT_KINDS, Fault
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake

QUESTION = [{"role": "user", "content": "Answer in json."}]


def ring(*names):
    return ",".join(f"{name}:{base64.urlsafe_b64encode(name.encode().ljust(32, b'.')).decode()}" for name in names)


@pytest.fixture(scope="module")
def cloud():
    fake = TencentCloudFake()
    with serve(fake) as serving:
        yield fake, serving.url


@pytest.fixture(scope="module")
def model():
    fake = DeepSeekFake()
    with serve(fake) as serving:
        yield fake, serving.url


@pytest.fixture
def ssm(cloud, monkeypatch):
    monkeypatch.setattr(clock, "sleep", lambda _seconds: None)
    monkeypatch.setattr(layered, "PAUSE_S", 0.0)
    cloud[0].reset()
    cloud[0].ssm.writes = iter(range(100))
    return cloud[0].ssm


@pytest.fixture
def put(ssm):
    """A new version of a document, newer than all before."""

    def put(document, **values):
        fields = {"SecretName": f"mojian-{document}", "SecretString": json.dumps(values)}
        number = next(ssm.writes)
        if fields["SecretName"] in ssm.secrets:
            ssm.put_value({**fields, "VersionId": f"v{number}"})
        else:
            ssm.create({**fields, "VersionId": f"v{number}"})
        for order, version in enumerate(ssm.secrets[fields["SecretName"]].versions.values()):
            version.created_at += order

    return put


@pytest.fixture
def env(cloud):
    fake, url = cloud
    given = fake.environment(url)
    return {
        "SECRETS_PROVIDER": "ssm",
        "SECRETS_BASE_URL": url,
        "SECRETS_CACHE_S": "0",
        "TENCENTCLOUD_SECRETID": given["OCR_SECRET_ID"],
        "TENCENTCLOUD_SECRETKEY": given["OCR_SECRET_KEY"],
    }


def begin(shared, **keys):
    return App(shared, remaining_s=lambda: 30.0, request_id="r1", keys=keys or None)


def test_nothing_is_read_when_no_secret_is_needed(env, ssm, cloud):
    app = begin(Shared(env))

    assert app.limits_settings.chat_per_minute == 10
    assert cloud[0].log.as_json() == []


def test_session_is_read_when_its_key_stands_in_the_secret(env, put):
    put("sessions", SESSION_KEYS=ring("k1"))
    app = begin(Shared(env))

    token, _ = app.sessions.issue("u_1", now=app.now())

    assert app.sessions.read(token, now=app.now()) == "u_1"


def test_nobody_is_logged_out_when_the_ring_gets_a_new_first_key(env, put):
    put("sessions", SESSION_KEYS=ring("k1"))
    shared = Shared(env)
    token, _ = begin(shared).sessions.issue("u_1", now=clock.now())

    put("sessions", SESSION_KEYS=ring("k2", "k1"))
    later = begin(shared)
    newer, _ = later.sessions.issue("u_1", now=clock.now())

    assert [later.sessions.read(one, now=clock.now()) for one in (token, newer)] == ["u_1", "u_1"]
    assert newer.split(".")[0] != token.split(".")[0]


def test_database_is_opened_anew_when_its_address_has_changed(env, put, tmp_path):
    put("stores", DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}")
    shared = Shared(env)
    begin(shared)
    first = shared.database

    put("stores", DATABASE_URL=f"sqlite:///{tmp_path / 'b.db'}")
    begin(shared)

    assert shared.database is not first
    shared.database.close()


def test_web_function_reads_secrets_with_the_keys_of_its_request(env, put):
    put("data", DATA_KEYS=ring("k1"))
    own = {name: env.pop(name) for name in ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY")}
    shared = Shared(env)

    with pytest.raises(CredentialRejected):
        _ = begin(shared).cipher

    assert begin(shared, **own).cipher is not None


def test_production_names_all_that_is_missing_at_once(env, put):
    put("stores", REDIS_URL="redis://redis.example:6379/0")
    declared = ("DATABASE_URL", "REDIS_URL", "SESSION_KEYS", "DATA_KEYS", "WECHAT_SECRET", "PAY_PROVIDER")
    sells = ("WECHAT_PAY_API_V3_KEY", "XPAY_APP_KEY", "WECHAT_PAY_PRIVATE_KEY")
    base_url = env.pop("SECRETS_BASE_URL")
    shared = Shared({**env, "APP_ENV": "production", **dict.fromkeys((*declared, *sells), "")})
    shared.secrets_settings = shared.secrets_settings.model_copy(update={"base_url": base_url})

    with pytest.raises(SettingsInvalid) as refused:
        begin(shared)

    missing = [problem for problem in refused.value.facts["problems"] if problem.endswith(": missing")]
    assert missing == [
        f"{name}: missing"
        for name in (
            "DATABASE_URL",
            "SESSION_KEYS",
            "DATA_KEYS",
            "WECHAT_SECRET",
            "WECHAT_PAY_PRIVATE_KEY",
            "WECHAT_PAY_API_V3_KEY",
        )
    ]


def test_old_secrets_serve_on_when_ssm_goes_away_and_new_processes_say_so(env, put, cloud):
    put("data", DATA_KEYS=ring("k1"))
    shared = Shared(env)
    sealed = begin(shared).cipher.encrypt("13800000000", context="users.phone:u_1")

    for _ in range(8):
        cloud[0].faults.plan(_outage())
    opened = begin(shared).cipher.decrypt(sealed, context="users.phone:u_1")

    assert opened == "13800000000"
    with pytest.raises(VendorUnavailable):
        _ = begin(Shared(env)).cipher


def test_answer_goes_out_when_the_secret_with_the_address_of_redis_is_out_of_reach(env, put, cloud):
    shared = Shared(env)
    begin(shared)
    shared.call_windows.count("wechat", "check_text", 10, None)
    for _ in range(8):
        cloud[0].faults.plan(_outage())

    shared.flush_calls()

    with pytest.raises(VendorUnavailable):
        _ = shared.redis


def test_what_is_made_of_secrets_is_made_anew_when_a_rejected_key_had_all_of_them_read_again(env, put, model):
    fake, url = model
    env |= {"DEEPSEEK_BASE_URL": url, "SECRETS_CACHE_S": "300", "REDIS_URL": "redis://127.0.0.1:1/0"}
    put("model", DEEPSEEK_API_KEY="sk-replaced")
    put("sessions", SESSION_KEYS=ring("k1"))
    shared = Shared(env)
    app = begin(shared)
    before = shared.sessions
    with pytest.raises(CredentialRejected):
        app._providers.answer_json(QUESTION, max_tokens=100)

    put("sessions", SESSION_KEYS=ring("k2", "k1"))
    put("model", DEEPSEEK_API_KEY=fake.environment(url)["DEEPSEEK_API_KEY"])
    app._providers.answer_json(QUESTION, max_tokens=100)
    begin(shared)

    assert shared.sessions is not before


def _outage():
    return Fault.from_json({"operation": "ListSecretVersionIds", "kind": "status", "status": 503}, KIT_KINDS)


def test_vendors_key_heals_within_the_call_when_it_was_replaced(env, put, model):
    fake, url = model
    env |= {"DEEPSEEK_BASE_URL": url, "SECRETS_CACHE_S": "300", "REDIS_URL": "redis://127.0.0.1:1/0"}
    put("model", DEEPSEEK_API_KEY="sk-replaced")
    app = begin(Shared(env))
    with pytest.raises(CredentialRejected):
        app._providers.answer_json(QUESTION, max_tokens=100)

    put("model", DEEPSEEK_API_KEY=fake.environment(url)["DEEPSEEK_API_KEY"])
    answer = app._providers.answer_json(QUESTION, max_tokens=100)
    pieces = list(app._providers.stream_text(QUESTION, max_tokens=100))

    assert isinstance(answer.content, dict)
    assert pieces


def test_stream_heals_before_its_first_piece_when_the_key_was_replaced(env, put, model):
    fake, url = model
    env |= {"DEEPSEEK_BASE_URL": url, "SECRETS_CACHE_S": "300"}
    put("model", DEEPSEEK_API_KEY="sk-replaced")
    app = begin(Shared(env))
    providers = app._providers

    put("model", DEEPSEEK_API_KEY=fake.environment(url)["DEEPSEEK_API_KEY"])

    assert list(providers.stream_text(QUESTION, max_tokens=100))


def test_wrong_key_is_not_asked_again_when_the_secret_is_the_same(env, put, model):
    fake, url = model
    fake.reset()
    env |= {"DEEPSEEK_BASE_URL": url}
    put("model", DEEPSEEK_API_KEY="sk-wrong")
    app = begin(Shared(env))

    with pytest.raises(CredentialRejected):
        app._providers.answer_json(QUESTION, max_tokens=100)

    assert len(fake.log.as_json()) == 1
