"""./scripts/orders on a database file and the WeChat Pay fake: what the operator sees and what it does."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from common.domain.orders import OpenOrder, OrderNumber
from common.domain.users import OpenId, WeChatIdentity
from common.persistence.migrate import upgrade
from common.services import payments
from common.wiring import App, Shared
from scripts import order_desk
from scripts.local_cloud.fakes.kit import Fault, serve
from scripts.local_cloud.fakes.wechat_pay import WeChatPayFake

NUMBER = OrderNumber("M0000000001")


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Any:
    fake = WeChatPayFake(tmp_path_factory.mktemp("wechat_pay"))
    with serve(fake) as serving:
        fake.url = serving.url  # type: ignore[attr-defined]
        yield fake


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("orders") / "empty.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def env(fake: Any, migrated: Path, tmp_path: Path) -> dict[str, str]:
    fake.reset()
    shutil.copy(migrated, tmp_path / "mojian.db")
    own = {"DATABASE_URL": f"sqlite:///{tmp_path / 'mojian.db'}", "DATA_KEYS": f"k1:{'A' * 43}"}
    return {**fake.environment(fake.url), "WECHAT_APPID": fake.appid, **own}


@pytest.fixture
def app(env: dict[str, str]) -> App:
    return App(Shared(env), remaining_s=lambda: 30.0, request_id="test")


@pytest.fixture
def bought(app: App, fake: Any) -> OrderNumber:
    """Somebody with five credits has bought ten more."""
    user, _ = app.users.find_or_create(WeChatIdentity(OpenId("oHan"), "key"), now=app.now())
    app.credits.grant_welcome(user.id, 5, now=app.now())
    command = OpenOrder(product_id="credits_10")
    payments.open_order(command, user_id=user.id, users=app.users, till=app.till, number=NUMBER, payer_ip="")
    order = fake.orders.find(NUMBER)
    fake.orders.pay(order, fake.clock.now())
    payments.show_order(NUMBER, user_id=user.id, till=app.till)
    return NUMBER


@pytest.fixture
def run(env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = order_desk.main(arguments, env)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_orders_are_listed_when_there_are_some(run: Any, bought: str) -> None:
    code, out, _ = run("list", "--state", "granted")

    assert (code, out.count("\n")) == (0, 1)
    assert bought in out
    assert "¥9.90" in out
    assert run("list", "--state", "closed")[1] == "no orders\n"


def test_order_is_explained_with_the_word_of_the_provider_when_it_is_asked(run: Any, bought: str) -> None:
    code, out, err = run("explain", bought, "--ask")

    assert code == 0
    for told in (
        f"order {bought}: granted",
        "question: granted",
        f"+10 purchase (order/{bought})",
        "  paid, ¥9.90 CNY",
    ):
        assert told in out
    assert "oHan" not in out + err


def test_provider_is_not_asked_when_the_order_is_only_to_be_explained(run: Any, bought: str, fake: Any) -> None:
    before = len(fake.log.as_json())

    _, out, _ = run("explain", bought)

    assert "at the provider" not in out
    assert len(fake.log.as_json()) == before


def test_order_is_refunded_when_its_credits_are_there(run: Any, bought: str, app: App, fake: Any) -> None:
    code, out, _ = run("refund", bought, "--reason", "操作失误")
    fake.clock.shift(2)
    run("refund", bought, "--reason", "操作失误")

    assert code == 0
    assert "10 credits taken" in out
    story = run("explain", bought)[1]
    assert f"order {bought}: refunded" in story
    assert "done, ¥9.90, 10 credits, 操作失误" in story
    assert run("check")[0] == 0


def test_refund_needs_force_when_credits_were_spent(run: Any, bought: str, app: App) -> None:
    order = app.orders.find(OrderNumber(bought))
    assert order is not None
    app.credits.place_hold(order.user_id, "s_1/r1", 8, now=app.now(), expires_at=app.now())
    app.credits.capture_hold("s_1/r1", now=app.now())

    refused, _, why = run("refund", bought, "--reason", "x")
    forced, out, _ = run("refund", bought, "--reason", "x", "--force")

    assert (refused, forced) == (2, 0)
    assert "only 7 of 10 credits are left" in why
    assert "7 credits taken" in out


def test_credits_are_back_when_the_provider_refuses_the_refund(run: Any, bought: str, app: App, fake: Any) -> None:
    fake.faults.plan(Fault("refund", "error", status=403, options={"code": "NOT_ENOUGH"}))

    code, out, _ = run("refund", bought, "--reason", "x")

    assert code == 1
    assert "the credits are back" in out
    assert "balances 15" in run("check")[1]


def test_books_agree_when_nothing_is_wrong(run: Any, bought: str) -> None:
    code, out, _ = run("check")

    assert code == 0
    expected = "balances 15, ledger 15, 5 welcome + 10 bought - 0 spent - 0 refunded"
    assert out == f"the books agree: {expected}\n"


def test_books_name_the_row_when_it_is_broken(run: Any, bought: str, app: App, env: dict[str, str]) -> None:
    import sqlite3

    with sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///")) as database:
        database.execute("UPDATE credit_ledger SET amount = 11 WHERE reason = 'purchase'")

    code, out, _ = run("check")

    assert code == 1
    assert f"order has no purchase in the ledger: {bought}" in out
    assert "do NOT agree" in out


def test_call_is_refused_when_the_order_is_unknown_or_the_verb(run: Any) -> None:
    code, _, err = run("explain", "M404")

    assert (code, err) == (2, "orders: not_found what=order\n")
    with pytest.raises(SystemExit) as wrong:
        run("sell")
    assert wrong.value.code == 2
