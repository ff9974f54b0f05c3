"""Which settings functions get: defaults, the user's own, the fakes', in the right order."""

import base64
import stat

import pytest

from scripts.local_cloud.stack.settings import (
    BOARD_FILES,
    compose,
    key_rings,
    project_defaults,
    read_env_file,
    user_settings,
)

FAKES = {
    "wechat": {"WECHAT_SECRET": "fake", "WECHAT_BASE_URL": "http://127.0.0.1:1"},
    "wechat_pay": {"WECHAT_PAY_PRIVATE_KEY": "fake", "WECHAT_PAY_BASE_URL": "http://127.0.0.1:2"},
    "deepseek": {"DEEPSEEK_API_KEY": "fake", "DEEPSEEK_BASE_URL": "http://127.0.0.1:3"},
    "cos": {"COS_BUCKET": "local-1", "COS_ENDPOINT": "http://127.0.0.1:4"},
}
APP_URL = "http://127.0.0.1:9080"


def test_settings_point_at_the_fakes_when_the_user_has_set_nothing():
    settings = compose({}, FAKES, APP_URL)

    assert settings["DEEPSEEK_BASE_URL"] == "http://127.0.0.1:3"
    assert settings["APP_BASE_URL"] == APP_URL


def test_group_is_the_users_own_when_its_secret_is_set():
    settings = compose({"DEEPSEEK_API_KEY": "sk-mine", "DEEPSEEK_MODEL": "deepseek-v4-pro"}, FAKES, APP_URL)

    assert settings["DEEPSEEK_API_KEY"] == "sk-mine"
    assert settings["DEEPSEEK_BASE_URL"] == "https://api.deepseek.com"
    assert settings["DEEPSEEK_MODEL"] == "deepseek-v4-pro"
    assert settings["WECHAT_SECRET"] == "fake"


def test_fake_wins_when_the_user_has_set_an_address_but_no_secret():
    settings = compose({"DEEPSEEK_BASE_URL": "https://elsewhere.example"}, FAKES, APP_URL)

    assert settings["DEEPSEEK_BASE_URL"] == "http://127.0.0.1:3"


@pytest.mark.parametrize("secret", ["WECHAT_PAY_PRIVATE_KEY", "WECHAT_PAY_V2_API_KEY"])
def test_base_url_is_the_users_only_when_wechat_pay_is_real(secret):
    user = {"APP_BASE_URL": "https://tunnel.example"}

    local = compose(user, FAKES, APP_URL)
    public = compose({**user, secret: "mine"}, FAKES, APP_URL)

    assert local["APP_BASE_URL"] == APP_URL
    assert public["APP_BASE_URL"] == "https://tunnel.example"


def test_user_settings_take_known_names_from_the_environment_over_the_file(tmp_path):
    (tmp_path / ".env").write_text("DEEPSEEK_API_KEY=file\nCREDITS_WELCOME=9\nCOS_BUCKET=real-1\n", encoding="utf-8")
    environ = {"DEEPSEEK_API_KEY": "shell", "REDIS_URL": "redis://x", "EDITOR": "vi", "WECHAT_SECRET": ""}

    user = user_settings(tmp_path, environ)

    assert user == {"DEEPSEEK_API_KEY": "shell", "CREDITS_WELCOME": "9", "REDIS_URL": "redis://x"}


def test_optional_settings_of_the_manifest_are_empty_when_the_example_has_no_value(tmp_path):
    (tmp_path / "serverless.yml").write_text(
        'environments: [{ key: A, value: "${env:LIMITS_A}" }, { key: B, value: "${env:DEEPSEEK_API_KEY}" }]', "utf-8"
    )

    assert project_defaults(tmp_path) == {"LIMITS_A": ""}


def test_defaults_are_those_of_the_example_when_the_project_has_one(tmp_path):
    (tmp_path / "serverless.yml").write_text("- ${env:LIMITS_A}\n- ${env:LIMITS_B}\n", "utf-8")
    (tmp_path / ".env.example").write_text("STAGE=dev\nLIMITS_A=7\nWECHAT_SECRET=\nCOS_BUCKET=real-1\n", "utf-8")

    assert project_defaults(tmp_path) == {"STAGE": "dev", "LIMITS_A": "7", "LIMITS_B": ""}


def test_env_file_is_read_with_comments_quotes_and_exports(tmp_path):
    file = tmp_path / ".env"
    file.write_text(
        "# comment\n\nPLAIN=a b # trailing\nexport EXPORTED=1\nQUOTED='it # stays'\nLINES=\"one\\ntwo\"\nEMPTY=\n",
        encoding="utf-8",
    )

    assert read_env_file(file) == {
        "PLAIN": "a b",
        "EXPORTED": "1",
        "QUOTED": "it # stays",
        "LINES": "one\ntwo",
        "EMPTY": "",
    }


def test_key_rings_are_made_once_and_kept_private(tmp_path):
    file = tmp_path / "keys.json"

    first, second = key_rings(file), key_rings(file)

    assert first == second
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    key_id, _, key = first["SESSION_KEYS"].partition(":")
    assert key_id == "k1"
    assert len(base64.urlsafe_b64decode(key)) == 32


def test_settings_of_a_job_board_are_known_by_its_mapping_file(tmp_path):
    boards = tmp_path / BOARD_FILES
    boards.mkdir(parents=True)
    (boards / "liepin.json").write_text("{}")
    (tmp_path / "serverless.yml").write_text("${env:LIEPIN_SECRET} ${env:LIEPIN_BASE_URL} ${env:OTHER_SECRET}")

    defaults = project_defaults(tmp_path)

    assert defaults == {"LIEPIN_SECRET": "", "LIEPIN_BASE_URL": ""}
    assert user_settings(tmp_path, {"LIEPIN_SECRET": "s", "OTHER_SECRET": "s"}) == {"LIEPIN_SECRET": "s"}
