"""Attack: forged and malformed notifications of every provider, through the deployed function; none may do anything."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from common import clock
from common.domain.orders import Order, Provider
from common.wiring import App
from scripts.benchmarks.figures import Figure
from scripts.benchmarks.money import scene
from scripts.benchmarks.money.attacks_v2 import attacks_v2, genuine_v2
from scripts.benchmarks.money.attacks_v3 import attacks_v3, genuine_v3
from scripts.benchmarks.money.attacks_xpay import (
    attacks_xpay,
    genuine_xpay,
    running,
    running_plain,
    settings_xpay,
)
from scripts.benchmarks.money.databases import empty, fresh_database
from scripts.local_cloud.fakes.wechat_pay import account as v3
from scripts.local_cloud.fakes.wechat_pay_v2 import account as v2

Attack = tuple[str, scene.Notification]


@dataclass(frozen=True)
class Attacker:
    """What is known of one provider: every way to cheat it, and the genuine notification that must still work.

    `load` gives the merchant's account, kept in a folder; the others take what it gave.
    """

    function: str
    provider: Provider
    load: Callable[[Path], Any]
    attacks: Callable[[Any, Order, float], Iterator[Attack]]
    genuine: Callable[[Any, Order, float], scene.Notification]
    #: Where the vendor is asked back: from the account to the running vendor, which attacks and genuine get instead.
    vendor: Callable[[Any], AbstractContextManager[Any]] = nullcontext
    settings: Callable[[Any], Mapping[str, str]] = lambda _vendor: {}


#: A further provider is a further line, and a module with its two functions.
ATTACKERS: dict[str, Attacker] = {
    "v3": Attacker("pay_notify", "v3", v3.load_account, attacks_v3, genuine_v3),
    "v2": Attacker("pay_notify", "v2", v2.load_account, attacks_v2, genuine_v2),
    "xpay encrypted": Attacker("push", "xpay", v3.load_account, attacks_xpay, genuine_xpay, running, settings_xpay),
    "xpay plain": Attacker("push", "xpay", v3.load_account, attacks_xpay, genuine_xpay, running_plain, settings_xpay),
}


@dataclass(frozen=True)
class Result:
    """`answers` maps each attack to the status it got. The lists name attacks; all of them should be empty."""

    answers: Mapping[str, int]
    accepted: list[str]
    crashed: list[str]
    effective: list[str]
    leaking: list[str]
    genuine_status: int
    balance: int


def figures(_backends: list[str]) -> Iterator[Figure]:
    """What is refused is refused before the database matters, so one kind is enough."""
    with TemporaryDirectory(prefix="mojian-money-") as folder, fresh_database("sqlite") as url:
        for provider in ATTACKERS:
            empty(url)
            result = attack(provider, Path(folder), url)
            yield Figure(f"attack, {provider}: tried", len(result.answers), at_least=60, note=_spread(result))
            yield Figure(
                f"attack, {provider}: accepted", len(result.accepted), at_most=0, note=" ".join(result.accepted)
            )
            yield Figure(f"attack, {provider}: crashed", len(result.crashed), at_most=0, note=" ".join(result.crashed))
            yield Figure(f"attack, {provider}: changed anything", len(result.effective), at_most=0)
            yield Figure(f"attack, {provider}: secrets in the log", len(result.leaking), at_most=0)
            yield Figure(
                f"attack, {provider}: the genuine one afterwards", result.balance, "credits", at_least=10, at_most=10
            )


def attack(provider: str, folder: Path, url: str) -> Result:
    """Every attack on one open order, then the genuine notification. The account is kept in `folder`."""
    attacker = ATTACKERS[provider]
    account = attacker.load(folder)
    with attacker.vendor(account) as vendor:
        env = {**scene.settings(account, database_url=url), **attacker.settings(vendor)}
        return _attack(attacker, vendor, env)


def _attack(attacker: Attacker, vendor: Any, env: Mapping[str, str]) -> Result:
    scene.use_environment(env)
    with scene.open_app(env) as app:
        return _attacked(app, attacker, vendor, env)


def _attacked(app: App, attacker: Attacker, vendor: Any, env: Mapping[str, str]) -> Result:
    buyer = scene.add_buyer(app)
    order = scene.add_order(app, buyer, provider=attacker.provider)
    handler, at = scene.load_handler(attacker.function), clock.now().timestamp()
    answers: dict[str, int] = {}
    crashed, effective, leaking = [], [], []
    for name, letter in attacker.attacks(vendor, order, at):
        status, log = _deliver(handler, letter)
        answers[name] = status
        crashed += [name] if status == 0 or '"bug"' in log else []
        found = app.orders.find(order.number)
        unchanged = found is not None and found.state == "created" and app.credits.balance(buyer.id).ledger == 0
        effective += [] if unchanged else [name]
        leaking += [name] if any(secret in log for secret in _secrets(env, letter)) else []
    status, _ = _deliver(handler, attacker.genuine(vendor, order, clock.now().timestamp()))
    accepted = [name for name, answer in answers.items() if 200 <= answer < 400]
    return Result(answers, accepted, crashed, effective, leaking, status, app.credits.balance(buyer.id).ledger)


def _deliver(handler: scene.Handler, letter: scene.Notification) -> tuple[int, str]:
    """The status, 0 for a crash, and what was logged."""
    log = StringIO()
    with redirect_stdout(log):
        try:
            status = int(handler(letter.event(), scene.context())["statusCode"])
        except Exception as error:  # a crash is a finding, not the end of the run
            return 0, f"{log.getvalue()}{error}"
    return status, log.getvalue()


def _secrets(env: Mapping[str, str], letter: scene.Notification) -> list[str]:
    """Keys, who pays, and what came in."""
    keys = [
        value
        for name, value in env.items()
        if value and name.endswith(("_KEY", "_KEYS", "_TOKEN")) and "PUBLIC" not in name
    ]
    sent = [value for value in letter.headers.values() if len(value) >= 32]
    body = letter.body[:200].decode("utf-8", "replace")
    return [*keys, scene.BUYER, *sent, *([body] if len(body) >= 32 else [])]


def _spread(result: Result) -> str:
    counts: dict[int, int] = {}
    for status in result.answers.values():
        counts[status] = counts.get(status, 0) + 1
    return json.dumps(counts)
