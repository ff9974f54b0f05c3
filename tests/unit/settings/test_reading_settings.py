"""Settings groups: read from names, complained of by name, never by value."""

import pytest
from pydantic import Field, SecretStr, ValidationError

from common.errors import SettingsInvalid
from common.settings import AppSettings, LimitsSettings, environment, names_of, read_all, read_group
from common.settings.groups import SettingsGroup


class ShopSettings(SettingsGroup):
    name: str
    key: SecretStr
    size: int = Field(default=3, ge=1)
    open: bool = False


COMPLETE = {"SHOP_NAME": "简历", "SHOP_KEY": "secret-value"}


def test_group_is_filled_by_name_when_all_is_there():
    settings = read_group(ShopSettings, "SHOP_", {**COMPLETE, "SHOP_SIZE": "7", "SHOP_OPEN": "true", "OTHER": "x"})

    assert (settings.name, settings.key.get_secret_value(), settings.size, settings.open) == (
        "简历",
        "secret-value",
        7,
        True,
    )


@pytest.mark.parametrize("absent", ["", "  ", "undefined"])
def test_default_counts_when_a_variable_is_empty_or_was_never_set(absent):
    assert read_group(ShopSettings, "SHOP_", {**COMPLETE, "SHOP_SIZE": absent}).size == 3


def test_blanks_around_a_value_are_dropped_when_read():
    assert read_group(ShopSettings, "SHOP_", {**COMPLETE, "SHOP_KEY": " secret-value\n"}).key == SecretStr(
        "secret-value"
    )


def test_every_problem_is_named_at_once_when_several_are_wrong():
    with pytest.raises(SettingsInvalid) as refused:
        read_group(ShopSettings, "SHOP_", {"SHOP_KEY": "undefined", "SHOP_SIZE": "0", "SHOP_OPEN": "secret-value"})

    problems = refused.value.facts["problems"]
    assert [problem.partition(":")[0] for problem in problems] == ["SHOP_NAME", "SHOP_KEY", "SHOP_SIZE", "SHOP_OPEN"]
    assert problems[0] == "SHOP_NAME: missing"
    assert "secret-value" not in str(refused.value)


def test_secret_does_not_show_when_settings_are_printed():
    assert "secret-value" not in repr(read_group(ShopSettings, "SHOP_", COMPLETE))


def test_settings_stay_as_they_are_when_somebody_writes_to_them():
    settings = read_group(ShopSettings, "SHOP_", COMPLETE)

    with pytest.raises(ValidationError):
        settings.size = 9


def test_names_are_listed_in_order_when_asked():
    assert names_of(AppSettings, "APP_") == ["APP_ENV", "APP_BASE_URL", "APP_OFFLINE", "APP_BUILD"]


def test_problems_of_all_groups_are_gathered_when_read_together():
    groups = [(ShopSettings, "SHOP_"), (LimitsSettings, "LIMITS_")]

    problems = read_all(groups, {"SHOP_NAME": "x", "LIMITS_UPLOAD_MAX_MB": "51"})

    assert [problem.partition(":")[0] for problem in problems] == ["SHOP_KEY", "LIMITS_UPLOAD_MAX_MB"]


def test_there_are_no_problems_when_all_groups_can_be_read():
    assert read_all([(ShopSettings, "SHOP_")], COMPLETE) == []


def test_environment_is_the_processs_own_when_read(monkeypatch):
    monkeypatch.setenv("SHOP_NAME", "x")

    assert environment()["SHOP_NAME"] == "x"


def test_stage_is_refused_when_it_is_neither_of_the_two():
    with pytest.raises(SettingsInvalid):
        read_group(AppSettings, "APP_", {"APP_ENV": "staging"})
