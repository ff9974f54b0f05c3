"""Whatever happens to a user's credits, in any order: nothing is overdrawn and the ledger sums to the balance."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select

from common.clock import new_id
from common.domain.credits import Balance
from common.domain.orders import OrderNumber
from common.domain.refunds import RefundNumber, RefundRequest
from common.domain.users import WeChatIdentity
from common.errors import Conflict, CreditsExhausted
from common.persistence.books import SqlBooks
from common.persistence.credits import SqlCreditStore
from common.persistence.orders import SqlOrderStore
from common.persistence.refunds import SqlRefundStore
from common.persistence.schema import metadata
from common.persistence.tables.credits import credit_holds, credit_ledger
from common.persistence.users import SqlUserStore
from tests.unit.persistence.builders import NOW, an_order, evidence, open_decryption, open_encryption

KEYS = st.sampled_from([f"s_{number}/r1" for number in range(5)])
NUMBERS = st.sampled_from([f"o{number}" for number in range(3)])


class Credits(RuleBasedStateMachine):
    """The stores beside a model of a few lines: granted occasions, live holds, spent and refunded credits, orders' states."""

    database = None

    @initialize()
    def log_in(self):
        with self.database.transaction() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        users = SqlUserStore(self.database, encrypt=open_encryption, decrypt=open_decryption)
        self.user = users.find_or_create(WeChatIdentity("oAlice", "k"), now=NOW)[0].id
        self.credits, self.orders = SqlCreditStore(self.database), SqlOrderStore(self.database)
        self.refunds = SqlRefundStore(self.database)
        self.granted, self.live, self.known, self.spent = {}, {}, set(), 0
        self.states, self.asked, self.taken = {}, {}, 0

    @property
    def available(self):
        return sum(self.granted.values()) - self.spent - self.taken - sum(self.live.values())

    def _add(self, number):
        if number not in self.states:
            self.orders.add(an_order(self.user, number))
            self.states[number] = "created"

    @rule(amount=st.integers(1, 9))
    def welcome(self, amount):
        assert self.credits.grant_welcome(self.user, amount, now=NOW) is ("welcome" not in self.granted)
        self.granted.setdefault("welcome", amount)

    @rule(number=NUMBERS)
    def pay(self, number):
        self._add(number)
        outcome = self.orders.settle(evidence(number, f"wx-{number}"), source="question", now=NOW, ask_at=None)
        assert outcome == ("granted" if self.states[number] in ("created", "closed") else "repeated")
        if outcome == "granted":
            self.granted[number], self.states[number] = 10, "granted"

    @rule(number=NUMBERS)
    def close(self, number):
        self._add(number)
        closed = self.orders.close(OrderNumber(number), now=NOW, ask_at=None)
        assert closed is (self.states[number] == "created")
        if closed:
            self.states[number] = "closed"

    @rule(number=NUMBERS)
    def learn_that_it_went_back(self, number):
        self._add(number)
        ended = self.orders.settle_refunded(evidence(number, f"wx-{number}"), source="question", now=NOW)
        assert ended is (self.states[number] in ("created", "closed"))
        if ended:
            self.states[number] = "refunded"

    @rule(number=NUMBERS, force=st.booleans())
    def ask_for_a_refund(self, number, force):
        self._add(number)
        request = RefundRequest(RefundNumber(new_id("R")), OrderNumber(number), "x", force=force)
        before, enough = self.available, self.available >= 10 or force
        try:
            refund = self.refunds.open(request, now=NOW)
        except Conflict:
            assert self.states[number] != "granted"
            return
        except CreditsExhausted:
            assert not enough
            return
        if self.asked.get(number) is None and self.states[number] == "granted":
            assert enough
            assert refund.credits == min(10, before)
            self.asked[number] = refund
            self.taken += refund.credits

    @rule(number=NUMBERS, done=st.booleans())
    def end_a_refund(self, number, done):
        refund = self.asked.pop(number, None)
        if refund is None:
            return
        end = self.refunds.done if done else self.refunds.failed
        assert [end(refund, source="question", now=NOW) for _ in range(2)] == [True, False]
        if done:
            self.states[number] = "refunded"
        else:
            self.taken -= refund.credits

    @rule(number=NUMBERS)
    def hear_of_a_refund_in_the_console(self, number):
        self._add(number)
        request = RefundRequest(RefundNumber(new_id("R")), OrderNumber(number), "x")
        before = self.available
        recorded = self.refunds.record_outside(request, source="notification", now=NOW)
        assert recorded is (self.states[number] == "granted" and number not in self.asked)
        if recorded:
            self.states[number] = "refunded"
            self.taken += min(10, before)

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
        assert balance == Balance(sum(self.granted.values()) - self.spent - self.taken, sum(self.live.values()))
        assert balance.ledger == entries
        assert balance.available >= 0

    @invariant()
    def every_order_is_where_it_should_be(self):
        found = {number: self.orders.find(OrderNumber(number)).state for number in self.states}
        assert found == self.states

    @invariant()
    def books_agree(self):
        books = SqlBooks(self.database)
        assert books.discrepancies() == []
        assert books.totals().agree


def test_credits_add_up_when_anything_happens_in_any_order(database):
    class OnThisDatabase(Credits):
        pass

    OnThisDatabase.database = database
    run_state_machine_as_test(
        OnThisDatabase,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
