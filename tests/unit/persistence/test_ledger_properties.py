"""Whatever happens to a user's credits, in any order: nothing is overdrawn and the ledger sums to the balance."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select

from common.domain.credits import Balance
from common.domain.orders import OrderNumber
from common.domain.users import WeChatIdentity
from common.errors import CreditsExhausted
from common.persistence.credits import SqlCreditStore
from common.persistence.orders import SqlOrderStore
from common.persistence.tables import credit_holds, credit_ledger, metadata
from common.persistence.users import SqlUserStore
from tests.unit.persistence.builders import NOW, an_order, evidence, open_encryption

KEYS = st.sampled_from([f"s_{number}/r1" for number in range(5)])
NUMBERS = st.sampled_from([f"o{number}" for number in range(3)])


class Credits(RuleBasedStateMachine):
    """The store beside a model of three lines: granted occasions, live holds, spent credits."""

    database = None

    @initialize()
    def log_in(self):
        with self.database.transaction() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        users = SqlUserStore(self.database, encrypt=open_encryption)
        self.user = users.find_or_create(WeChatIdentity("oAlice", "k"), now=NOW)[0].id
        self.credits, self.orders = SqlCreditStore(self.database), SqlOrderStore(self.database)
        self.granted, self.live, self.known, self.spent = {}, {}, set(), 0

    @property
    def available(self):
        return sum(self.granted.values()) - self.spent - sum(self.live.values())

    @rule(amount=st.integers(1, 9))
    def welcome(self, amount):
        assert self.credits.grant_welcome(self.user, amount, now=NOW) is ("welcome" not in self.granted)
        self.granted.setdefault("welcome", amount)

    @rule(number=NUMBERS)
    def pay(self, number):
        if self.orders.find(OrderNumber(number)) is None:
            self.orders.add(an_order(self.user, number))
        outcome = self.orders.settle(evidence(number, f"wx-{number}"), source="question", now=NOW, ask_at=None)
        assert outcome == ("repeated" if number in self.granted else "granted")
        self.granted[number] = 10

    @rule(key=KEYS, amount=st.integers(1, 12), minutes=st.integers(0, 9))
    def hold(self, key, amount, minutes):
        try:
            self.credits.place_hold(self.user, key, amount, now=NOW, expires_at=NOW + timedelta(minutes=minutes))
        except CreditsExhausted:
            assert key not in self.known
            assert amount > self.available
            return
        if key not in self.known:
            assert amount <= self.available
            self.known.add(key)
            self.live[key] = amount

    @rule(key=KEYS)
    def capture(self, key):
        assert self.credits.capture_hold(key, now=NOW) is (key in self.live)
        self.spent += self.live.pop(key, 0)

    @rule(key=KEYS)
    def release(self, key):
        assert self.credits.release_hold(key, now=NOW) is (key in self.live)
        self.live.pop(key, 0)

    @rule()
    def release_expired(self):
        self.credits.release_expired(now=NOW + timedelta(minutes=4))
        with self.database.transaction(write=False) as connection:
            still = set(connection.scalars(select(credit_holds.c.key).where(credit_holds.c.state == "held")))
        assert still <= set(self.live)
        self.live = {key: amount for key, amount in self.live.items() if key in still}

    @invariant()
    def nothing_is_overdrawn_and_everything_adds_up(self):
        balance = self.credits.balance(self.user)
        with self.database.transaction(write=False) as connection:
            entries = connection.scalar(select(func.coalesce(func.sum(credit_ledger.c.amount), 0)))
        assert balance == Balance(sum(self.granted.values()) - self.spent, sum(self.live.values()))
        assert balance.ledger == entries
        assert balance.available >= 0


def test_credits_add_up_when_anything_happens_in_any_order(database):
    class OnThisDatabase(Credits):
        pass

    OnThisDatabase.database = database
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
