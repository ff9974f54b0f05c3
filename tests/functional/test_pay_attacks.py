"""Every forged or malformed notification we could think of, through the function: refused, harmless, and not in the log."""

from collections.abc import Iterator

import pytest

from common.persistence.migrate import upgrade
from scripts.benchmarks.money import attack


@pytest.fixture(scope="module", params=sorted(attack.ATTACKERS))
def result(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[attack.Result]:
    folder = tmp_path_factory.mktemp("attack")
    url = f"sqlite:///{folder / 'mojian.db'}"
    upgrade(url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attack.scene, "use_environment", lambda env: [patch.setenv(*item) for item in env.items()])
        yield attack.attack(request.param, folder, url)


def test_no_notification_is_acknowledged_when_it_is_not_genuine(result: attack.Result) -> None:
    assert len(result.answers) >= 60
    assert result.accepted == []


def test_no_notification_crashes_the_function_whatever_is_in_it(result: attack.Result) -> None:
    assert result.crashed == []


def test_nothing_changes_when_a_notification_is_refused(result: attack.Result) -> None:
    assert result.effective == []


def test_log_holds_no_key_no_payer_and_no_body_when_a_notification_is_refused(result: attack.Result) -> None:
    assert result.leaking == []


def test_genuine_notification_is_granted_when_all_the_others_came_first(result: attack.Result) -> None:
    assert (200 <= result.genuine_status < 300, result.balance) == (True, 10)
