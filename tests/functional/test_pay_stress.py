"""The harnesses of `./scripts/bench money`, small: races, crashes at every step, and that they see what is wrong."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import insert, update

from common.persistence.tables.credits import credit_accounts, credit_ledger
from scripts.benchmarks.money import crash, race, throughput
from scripts.benchmarks.money.crash_operations import OPERATIONS, Ending, Operation
from scripts.benchmarks.money.crash_world import World, open_world
from scripts.benchmarks.money.databases import BACKENDS, fresh_database
from scripts.local_cloud.fakes.wechat_pay.account import Account, load_account

ENGINES = [pytest.param(name, marks=[] if name == "sqlite" else pytest.mark.services) for name in BACKENDS]


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Account:
    return load_account(tmp_path_factory.mktemp("wechat_pay"))


@pytest.mark.parametrize("backend", ENGINES)
def test_one_notification_is_granted_once_when_several_processes_take_it_at_once(
    account: Account, backend: str
) -> None:
    with fresh_database(backend) as url:
        outcome = race.race(account, url, processes=2, deliveries=24, threads=3)

    assert outcome.survived
    assert sum(outcome.statuses.values()) == 24


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scripts.benchmarks.money.scene.use_environment", lambda env: _set(patch, env))
        with open_world("sqlite") as world:
            yield world


def _set(patch: pytest.MonkeyPatch, env: dict[str, str]) -> None:
    for name, value in env.items():
        patch.setenv(name, value)


@pytest.mark.parametrize("name", ["settle", "release"])
def test_everything_ends_right_when_the_process_is_killed_after_every_step(world: World, name: str) -> None:
    operation = next(operation for operation in OPERATIONS if operation.name == name)
    tally = crash.Tally()

    crash.crash_everywhere(replace(operation, endings=operation.endings[:1]), world, tally)

    assert tally.points >= 5
    assert tally.problems == []


def _credit_in_two_transactions(world: World) -> None:
    """What nobody may do: the balance moves in one transaction and its entry comes in another."""
    with world.app() as app:
        database, own = app._shared.database, {"user_id": world.buyer.id}
        with database.transaction() as connection:
            connection.execute(update(credit_accounts).values(ledger=credit_accounts.c.ledger + 3))
        entry = {"id": "l_1", "entry_key": "welcome/x", "reason": "welcome", "amount": 3, "created_at": world.now()}
        with database.transaction() as connection:
            connection.execute(insert(credit_ledger).values(**own, **entry))


def test_crash_is_found_out_when_an_operation_is_not_one_transaction(world: World) -> None:
    ending = Ending("nothing", lambda _world: None, lambda world: world.problems())
    tally = crash.Tally()

    crash.crash_everywhere(
        Operation("planted", lambda _world: None, _credit_in_two_transactions, (ending,)), world, tally
    )

    assert tally.problems
    assert all("planted" in problem for problem in tally.problems)
    assert any("balance is not the sum" in problem for problem in tally.problems)


def test_settling_is_five_statements_and_a_begin_when_it_is_recorded() -> None:
    with fresh_database("sqlite") as url:
        recorded = throughput.record(url, 2)

    verbs = [statement.split()[0] for statement, _ in recorded[1]]
    assert verbs == ["BEGIN", "SELECT", "UPDATE", "UPDATE", "INSERT", "INSERT"]
