"""./scripts/rotate from the first run to the last, on a .env file and on SSM; nobody is logged out and nothing is lost."""

import json
import stat
from datetime import datetime, timedelta, timezone

import pytest

from common import clock
from common.domain.users import OpenId, UserId, WeChatIdentity
from common.persistence.database import Database
from common.persistence.migrate import upgrade
from common.persistence.users import SqlUserStore
from common.security.encryption import Cipher
from common.security.keyring import KeyRing
from common.security.rotation import as_text
from common.security.sessions import SessionTokens
from scripts.local_cloud.fakes.kit import serve
from scripts.local_cloud.fakes.kit_faults import KIT_KINDS, Fault
from scripts.local_cloud.fakes.tencent_cloud import TencentCloudFake
from scripts.local_cloud.stack.settings import read_env_file
from scripts.rotation.__main__ import main
from scripts.rotation.places import EnvFile

FIRST = as_text(KeyRing("k1", {"k1": b"1" * 32}))


@pytest.fixture
def time(monkeypatch):
    """The clock of the command; it begins now, because files are dated by the machine."""
    at = [datetime.now(timezone.utc)]
    monkeypatch.setattr(clock, "now", lambda: at[0])
    monkeypatch.setattr(clock, "sleep", lambda _seconds: None)
    return at


@pytest.fixture
def env_file(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    upgrade(url)
    file = tmp_path / ".env"
    file.write_text(
        f"# ours\nAPP_ENV=development\nDATABASE_URL={url}\nexport SESSION_KEYS={FIRST}\nDATA_KEYS={FIRST}\nLAST=1\n"
    )
    file.chmod(0o600)
    return file


@pytest.fixture
def run(env_file, capsys):
    def run(*arguments, environ=None, code=0):
        assert main(arguments, environ or {}, env_file) == code
        return capsys.readouterr()

    return run


def ring_in(env_file, name):
    return KeyRing.parse(read_env_file(env_file)[name], setting=name)


def test_session_lives_through_a_whole_rotation_in_the_env_file(run, env_file, time):
    tokens, rings = [], []

    def note():
        rings.append(ring_in(env_file, "SESSION_KEYS"))
        tokens.append(SessionTokens(rings[-1]).issue(UserId("u_1"), now=time[0])[0])

    note()
    run("sessions")
    note()
    run("sessions", "--deployed")
    note()

    assert [len(ring.keys) for ring in rings] == [1, 2, 2]
    assert rings[1].current == "k1" != rings[2].current
    for ring in rings[1:]:
        assert [SessionTokens(ring).read(token, now=time[0]) for token in tokens] == ["u_1"] * 3
    assert "kept until" in run("sessions", "--deployed").out
    time[0] += timedelta(days=7, minutes=1)
    assert run("sessions", "--deployed").out == "retired k1\n"
    assert list(ring_in(env_file, "SESSION_KEYS").keys) == [rings[2].current]


def test_other_lines_and_the_mode_of_the_file_stay_when_a_key_is_announced(run, env_file, time):
    before = env_file.read_text().splitlines()

    run("sessions")

    after = env_file.read_text().splitlines()
    assert [line for line in after if "SESSION_KEYS" not in line] == [
        line for line in before if "SESSION_KEYS" not in line
    ]
    assert stat.S_IMODE(env_file.stat().st_mode) == 0o600
    assert [path.name for path in env_file.parent.glob(".env*")] == [".env"]


def test_nothing_is_promoted_when_it_was_not_deployed(run, env_file, time):
    run("sessions")
    before = env_file.read_text()

    said = run("sessions").out

    assert "not everywhere yet" in said
    assert env_file.read_text() == before


def test_nothing_is_written_when_it_is_a_dry_run(run, env_file, time):
    before = env_file.read_text()

    said = run("sessions", "--dry-run").out + run("data", "--dry-run").out

    assert said.count("(dry run) announced") == 2
    assert env_file.read_text() == before


def test_no_key_is_ever_printed(run, time):
    said = [run(ring, *more) for ring in ("sessions", "data") for more in ((), ("--deployed",), ("--deployed",))]

    text = "".join(one.out + one.err for one in said)
    assert "MTEx" not in text
    assert "promoted" in text


def test_data_is_written_again_and_the_old_key_goes_when_its_time_is_over(run, env_file, time):
    settings = read_env_file(env_file)
    database = Database(settings["DATABASE_URL"])

    def users():
        cipher = Cipher(ring_in(env_file, "DATA_KEYS"))
        return SqlUserStore(database, encrypt=cipher.encrypt, decrypt=cipher.decrypt)

    user = users().find_or_create(WeChatIdentity(OpenId("o1"), "session-key"), now=time[0])[0]
    run("data")
    run("data", "--deployed")

    said = run("data", "--deployed").out
    time[0] += timedelta(hours=2)
    last = run("data", "--deployed").out

    current = ring_in(env_file, "DATA_KEYS").current
    assert f"1 values written again under {current}" in said
    assert last.splitlines()[-1] == "retired k1"
    assert list(ring_in(env_file, "DATA_KEYS").keys) == [current]
    assert users().session_key(user.id) == "session-key"
    database.close()


def test_old_key_stays_when_some_data_cannot_be_read(run, env_file, time):
    database = Database(read_env_file(env_file)["DATABASE_URL"])
    lost = Cipher(KeyRing("lost", {"lost": b"0" * 32}))
    SqlUserStore(database, encrypt=lost.encrypt, decrypt=lost.decrypt).find_or_create(
        WeChatIdentity(OpenId("o1"), "x"), now=time[0]
    )
    database.close()
    run("data", code=1)

    assert list(ring_in(env_file, "DATA_KEYS").keys) == ["k1"]


@pytest.mark.parametrize(
    ("arguments", "environ"),
    [(("sessions",), {"SESSION_KEYS": FIRST}), (("data",), {"DATA_KEYS": FIRST})],
)
def test_ring_of_the_shell_is_refused_because_it_cannot_be_changed(run, arguments, environ, time):
    assert "in the shell" in run(*arguments, environ=environ, code=2).err


def test_ring_that_is_nowhere_is_refused_with_both_places_named(run, env_file, time):
    env_file.write_text("APP_ENV=development\n")

    assert "nor in SSM" in run("sessions", code=2).err


def test_file_is_whole_when_writing_it_breaks_off(env_file, monkeypatch):
    before = env_file.read_text()
    place = EnvFile(env_file, "DATA_KEYS")
    ring = place.read().ring
    monkeypatch.setattr("os.fsync", _breaks)

    with pytest.raises(OSError, match="disk"):
        place.write(ring)

    assert env_file.read_text() == before


def _breaks(_handle):
    raise OSError("disk is full")


@pytest.fixture
def ssm(env_file, time):
    fake = TencentCloudFake()
    with serve(fake) as serving:
        keys = fake.environment(serving.url)
        kept = [line for line in env_file.read_text().splitlines() if "_KEYS" not in line]
        kept += ["SECRETS_PROVIDER=ssm", f"SECRETS_BASE_URL={serving.url}"]
        kept += [
            f"TENCENTCLOUD_SECRETID={keys['OCR_SECRET_ID']}",
            f"TENCENTCLOUD_SECRETKEY={keys['OCR_SECRET_KEY']}",
        ]
        env_file.write_text("\n".join(kept) + "\n")
        values = json.dumps({"SESSION_KEYS": FIRST, "SESSION_DAYS": "2"})
        fake.ssm._now = lambda: time[0].timestamp()  # requests are signed with the machine's clock, and checked with it
        fake.ssm.create({"SecretName": "mojian-sessions", "SecretString": values})
        yield fake


def later(time, **how):
    time[0] += timedelta(**how)


def values_in(fake):
    newest = max(fake.ssm.secrets["mojian-sessions"].versions.values(), key=lambda version: version.created_at)
    return json.loads(newest.content["SecretString"])


def test_ring_in_ssm_goes_through_all_steps_by_time_alone(run, ssm, time):
    later(time, minutes=1)
    assert "announced" in run("sessions").out
    later(time, minutes=10)
    assert "not everywhere yet" in run("sessions").out
    later(time, minutes=2)
    assert "promoted" in run("sessions").out
    later(time, days=1)
    assert "kept until" in run("sessions").out
    later(time, days=1, hours=1)
    assert "retired k1" in run("sessions").out

    values = values_in(ssm)
    assert values["SESSION_DAYS"] == "2"
    assert len(KeyRing.parse(values["SESSION_KEYS"], setting="X").keys) == 1


def test_first_ring_is_asked_for_when_the_secret_has_none(run, ssm, time):
    assert "put the first ring into the secret mojian-data yourself" in run("data", code=2).err


def test_nothing_is_written_when_ssm_is_away(run, ssm, time):
    for _ in range(2):
        ssm.faults.plan(_outage())

    run("sessions", code=1)

    assert list(ssm.ssm.secrets["mojian-sessions"].versions) == ["SSM_Current"]


def _outage():
    return Fault.from_json({"operation": "ListSecretVersionIds", "kind": "status", "status": 503}, KIT_KINDS)
