"""Payment providers by name: built when asked for, and only the one that is asked for."""

import pytest

from common.errors import NotFound, SettingsInvalid
from common.wiring import App, Shared
from common.wiring.gates import LazyGates
from tests.doubles import FakeGate


def test_new_orders_go_where_the_setting_says_and_old_ones_where_they_were_opened():
    gates = LazyGates({"v3": lambda: FakeGate("v3"), "v2": lambda: FakeGate("v2")}, lambda: "v2")

    assert gates.current().provider == "v2"
    assert gates.of("v3").provider == "v3"


def test_provider_is_unknown_when_its_name_is_none_of_ours():
    with pytest.raises(NotFound):
        LazyGates({}, lambda: "v3").of("v9")


def test_nothing_is_built_when_the_gates_are_only_held():
    def refuse():
        raise SettingsInvalid

    gates = LazyGates({"v3": refuse, "v2": lambda: FakeGate("v2")}, lambda: "v2")

    assert gates.of("v2").provider == "v2"
    with pytest.raises(SettingsInvalid):
        gates.of("v3")


def test_provider_is_v3_when_nothing_is_set_and_refused_when_it_is_a_word_of_no_meaning():
    def app(env):
        return App(Shared(env), remaining_s=lambda: 1.0, request_id="")

    with pytest.raises(SettingsInvalid) as missing:
        app({}).gates.current()
    with pytest.raises(SettingsInvalid) as unknown:
        app({"PAY_PROVIDER": "cash"}).gates.current()

    assert "WECHAT_PAY_MCHID: missing" in missing.value.facts["problems"]
    assert [problem.partition(":")[0] for problem in unknown.value.facts["problems"]] == ["PAY_PROVIDER"]
